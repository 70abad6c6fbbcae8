/** Bounds how many errors an answer tells: thousands of them are made and written for much longer than items. */
import type { GraphQLError } from 'graphql';
import { createGraphQLError } from 'graphql-yoga';
import { CallerError } from '../../../domain/errors.ts';

/** As many as the ids of one list, by default. */
const MOST_ERRORS = 1_000;

/** The first errors, and one that tells how many more there are. The items of those are null all the same. */
export function fewErrors(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  if (errors.length <= MOST_ERRORS) return errors;
  const message = `${errors.length - MOST_ERRORS} more items have failed; only the first ${MOST_ERRORS} errors are told. Ask for fewer items.`;
  const rest = createGraphQLError(message, {
    originalError: new CallerError('INVALID_INPUT', message),
    path: errors[MOST_ERRORS]?.path,
  });
  return [...errors.slice(0, MOST_ERRORS), rest];
}
