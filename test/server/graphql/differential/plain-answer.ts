/** The answer to a request as graphql-js and the format of errors give it, without a server. */
import { execute, type GraphQLError, type GraphQLSchema, validate } from 'graphql';
import { createErrorFormat } from '../../../../src/server/graphql/error-format.ts';
import { orderErrors } from '../../../../src/server/graphql/execution/order-errors.ts';
import { type OperationLimits, parseWithinLimits } from '../../../../src/server/graphql/limits/operation-limits.ts';
import { mergeErrors } from '../../../../src/server/graphql/merge-errors.ts';
import type { RandomOperation } from './random-operation.ts';

export async function answerPlainly(
  { query, variables }: RandomOperation,
  { schema, limits, contextValue }: { schema: GraphQLSchema; limits: OperationLimits; contextValue: unknown },
): Promise<string> {
  const format = createErrorFormat(() => {});
  const tell = (errors: readonly GraphQLError[], data?: unknown): string =>
    JSON.stringify({ errors: errors.map(format).map(withoutStatus), data });
  let document: ReturnType<typeof parseWithinLimits>;
  try {
    document = parseWithinLimits(query, undefined, limits);
  } catch (error) {
    return tell([error as GraphQLError]);
  }
  const mistakes = validate(schema, document);
  if (mistakes.length > 0) return tell(mergeErrors(mistakes));
  const { errors, data } = await execute({
    schema,
    document,
    contextValue,
    variableValues: variables ?? null,
    hideSuggestions: true,
    options: { maxCoercionErrors: 5 },
  });
  if (!errors) return JSON.stringify({ data });
  return tell(data === undefined ? errors : orderErrors(errors), data);
}

/** The status is for the server alone. */
function withoutStatus(error: GraphQLError): object {
  const { extensions, ...shown } = error.toJSON();
  const { http: _, ...others } = extensions ?? {};
  return { ...shown, extensions: others };
}
