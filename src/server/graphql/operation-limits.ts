/**
 * What one operation may cost before it is looked at any further: words and signs, depth, aliases.
 *
 * Checked right after parsing and before validation, so that what is too large gets one clear error and never reaches
 * the rules that compare every field with every other; the parser's cache then spares it for known documents.
 * Not graphql-armor: it calls these errors "Syntax Error", exempts `__schema` but not `__type`, takes `__typename`
 * under 300 aliases for free, counts a fragment as a level, and reports beside the errors of validation.
 */
import { type DocumentNode, Kind, type ParseOptions, parse, type SelectionSetNode, type Source } from 'graphql';
import type { LimitsConfig } from '../../config/shape/limits-config.ts';
import { CallerError } from '../../domain/errors.ts';
import { isGraphQLError } from './error-format.ts';
import { createFragmentMemo } from './fragment-memo.ts';

export interface OperationLimits extends Pick<LimitsConfig, 'depth' | 'aliases' | 'tokens'> {
  /** Whether `__schema` and `__type` may be asked for. */
  readonly introspection: boolean;
}

/**
 * Parses a document and checks every operation in it.
 *
 * Aliases are counted with fragments written out; without them the root fields are no more than the schema has.
 * Introspection counts for nothing: graphql-js bounds its nesting itself.
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
  const cost = measure(document);
  if (cost.introspects && !limits.introspection) {
    throw new CallerError('FORBIDDEN', 'Introspection is switched off here (server.introspection).');
  }
  if (cost.aliases > limits.aliases) {
    throw tooLarge(
      `The operation has ${cost.aliases} aliases; at most ${limits.aliases} are allowed (limits.aliases).`,
    );
  }
  if (cost.depth > limits.depth) {
    throw tooLarge(`The operation is ${cost.depth} levels deep; at most ${limits.depth} are allowed (limits.depth).`);
  }
  return document;
}

function parseTokens(source: string | Source, options: ParseOptions): DocumentNode {
  try {
    return parse(source, options);
  } catch (error) {
    // graphql-js gives this error no code, and "Syntax Error" would send the reader looking for one.
    if (isGraphQLError(error) && /^Syntax Error: Document contains more/.test(error.message)) {
      throw tooLarge(`The operation has more than ${options.maxTokens} words and signs (limits.tokens).`);
    }
    throw error;
  }
}

const tooLarge = (message: string) => new CallerError('INVALID_INPUT', message);

interface Cost {
  readonly depth: number;
  readonly aliases: number;
  readonly introspects: boolean;
}

const NOTHING: Cost = { depth: 0, aliases: 0, introspects: false };

/** The largest of each over the operations of a document. */
function measure(document: DocumentNode): Cost {
  const ofSelections = (selectionSet: SelectionSetNode | undefined): Cost => {
    let { depth, aliases, introspects }: Cost = NOTHING;
    for (const selection of selectionSet?.selections ?? []) {
      if (selection.kind === Kind.FIELD && isIntrospection(selection.name.value)) {
        introspects = true;
        aliases += selection.alias ? 1 : 0;
        continue;
      }
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(selection.name.value)
          : ofSelections(selection.selectionSet);
      const isField = selection.kind === Kind.FIELD;
      depth = Math.max(depth, inner.depth + (isField ? 1 : 0));
      aliases += inner.aliases + (isField && selection.alias ? 1 : 0);
      introspects ||= inner.introspects;
    }
    return { depth, aliases, introspects };
  };
  const ofFragment = createFragmentMemo(document, NOTHING, ofSelections);

  return document.definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => ofSelections(operation.selectionSet))
    .reduce(
      (largest, cost) => ({
        depth: Math.max(largest.depth, cost.depth),
        aliases: Math.max(largest.aliases, cost.aliases),
        introspects: largest.introspects || cost.introspects,
      }),
      NOTHING,
    );
}

const isIntrospection = (field: string): boolean => field === '__schema' || field === '__type';
