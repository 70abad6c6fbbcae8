/** Parsing and validation recurse into an operation level by level, and fail where the stack ends. */
import type { GraphQLError } from 'graphql';
import { createGraphQLError } from 'graphql-yoga';

/** As `format`, for which the end of the stack would be an unexpected error. */
export const formatWithNesting =
  (format: (error: unknown) => GraphQLError) =>
  (error: unknown): GraphQLError =>
    isTooNested(error) ? TOO_NESTED : format(error);

const isTooNested = (error: unknown): boolean =>
  error instanceof RangeError && error.message === 'Maximum call stack size exceeded';

const TOO_NESTED = createGraphQLError('The operation is nested too deeply.', {
  extensions: { code: 'INVALID_INPUT', http: { spec: true, status: 400 } },
});
