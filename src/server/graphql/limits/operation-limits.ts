/**
 * Refuses an operation whose text is too large: too many tokens, levels, aliases, fields or repeated fields.
 *
 * Limits are checked right after parsing and before validation, so that an operation beyond one gets a single clear
 * error, and never reaches the rules that compare every field with every other. Yoga keeps parsed documents, so that a
 * known operation is not checked again. docs/decisions/0006-operation-limits.md says why this is not graphql-armor.
 */
import { type DocumentNode, type ParseOptions, parse, type Source } from 'graphql';
import type { LimitsConfig } from '../../../config/shape/limits-config.ts';
import { CallerError } from '../../../domain/errors.ts';
import { isGraphQLError } from '../error-format.ts';
import { measureOperations } from './operation-size.ts';
import { assertFewRepeats } from './repeated-fields.ts';
import { assertSoundNames } from './sound-names.ts';

export interface OperationLimits extends Pick<LimitsConfig, 'depth' | 'aliases' | 'fields' | 'tokens'> {
  /** Whether `__schema` and `__type` may be asked for. */
  readonly introspection: boolean;
}

/**
 * Parses a document and checks every operation in it.
 *
 * @throws CallerError INVALID_INPUT beyond a limit, FORBIDDEN for introspection that is switched off.
 * @throws GraphQLError for a syntax error.
 */
export function parseWithinLimits(
  source: string | Source,
  options: ParseOptions | undefined,
  limits: OperationLimits,
): DocumentNode {
  const document = parseTokens(source, { ...options, maxTokens: limits.tokens });
  assertSoundNames(document);
  const size = measureOperations(document);
  if (size.introspects && !limits.introspection) {
    throw new CallerError('FORBIDDEN', 'Introspection is switched off here (server.introspection).');
  }
  if (size.aliases > limits.aliases) {
    throw tooLarge(
      `The operation has ${size.aliases} aliases; at most ${limits.aliases} are allowed (limits.aliases).`,
    );
  }
  if (size.widest > limits.fields) {
    const count = `${size.widest} fields, with fragments written out`;
    throw tooLarge(
      `A selection set of the operation has ${count}; at most ${limits.fields} are allowed (limits.fields).`,
    );
  }
  if (size.written > limits.tokens) {
    const count = `${size.written} fields, with fragments written out`;
    throw tooLarge(`The operation has ${count}; at most ${limits.tokens} are allowed (limits.tokens).`);
  }
  if (size.depth > limits.depth) {
    throw tooLarge(`The operation is ${size.depth} levels deep; at most ${limits.depth} are allowed (limits.depth).`);
  }
  assertFewRepeats(document);
  return document;
}

function parseTokens(source: string | Source, options: ParseOptions): DocumentNode {
  try {
    return parse(source, options);
  } catch (error) {
    // graphql-js calls this a "Syntax Error" and gives it no code; the reader would look for a mistake in the text.
    if (isGraphQLError(error) && /^Syntax Error: Document contains more/.test(error.message)) {
      throw tooLarge(`The operation has more than ${options.maxTokens} words and signs (limits.tokens).`);
    }
    throw error;
  }
}

const tooLarge = (message: string) => new CallerError('INVALID_INPUT', message);
