/** Bounds the number of errors in an answer: making and writing an error takes much longer than an item. */
import type { GraphQLError } from 'graphql';
import { createGraphQLError } from 'graphql-yoga';
import { CallerError } from '../../../domain/errors.ts';

/** As many as one list of ids may have by default. */
const MOST_ERRORS = 1_000;
/** For each error graphql-js counts the lines of the operation several times: this bounds lines times errors. */
const MOST_LINES = 200_000;

/** The first errors, and one that says how many are left out. The items of those are null all the same. */
export function fewErrors(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  const most = errors.length > MOST_LINES / MOST_ERRORS ? mostFor(errors[0]?.source?.body ?? '') : MOST_ERRORS;
  if (errors.length <= most) return errors;
  const message = `${errors.length - most} more items have failed; only the first ${most} errors are listed. Ask for fewer items.`;
  const rest = createGraphQLError(message, {
    originalError: new CallerError('INVALID_INPUT', message),
    path: errors[most]?.path,
  });
  return [...errors.slice(0, most), rest];
}

const mostFor = (text: string): number => Math.min(MOST_ERRORS, Math.ceil(MOST_LINES / text.split('\n').length));
