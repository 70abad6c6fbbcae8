/** Compiles one query with graphql-jit. */
import type { ExecutionResult } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { executePlainly } from '../execution/graphql-js.ts';
import type { Variables } from '../execution/sound-variables.ts';
import { parseWithinLimits } from '../limits/operation-limits.ts';
import type { OperationScale } from '../weight/operation-scale.ts';
import type { Weight } from '../weight/weigh-operation.ts';
import { findRequiredVariables, isCompilable } from './compilable.ts';
import { countParts } from './count-parts.ts';
import { createVariablesCheck, type VariablesCheck } from './plain-variables.ts';
import type { ReadOptions, ValidOperation } from './valid-operation.ts';

/** Compiling takes up to 40 microseconds for each part: a larger operation would hold up the gateway. */
const MOST_PARTS = 360;

/** An operation that is answered without Yoga: a compiled query, or a mutation. */
export interface KnownOperation {
  readonly isMutation: boolean;
  /** How large it is, by `countParts`. */
  readonly parts: number;
  readonly run: (context: unknown, variables: Variables) => ExecutionResult | Promise<ExecutionResult>;
  /** Runs it with graphql-js. The context may have been used already. */
  readonly runPlainly: KnownOperation['run'];
  /** As `OperationScale.check`. */
  readonly weigh: (variables: Variables) => Weight;
  /** Whether the operation may be run with these variables. It does not find every mistake in them; `run` does. */
  readonly accepts: VariablesCheck;
}

export interface CompileOptions extends ReadOptions {
  readonly scale: OperationScale;
}

/** Null for an operation that graphql-js has to run. */
export function compileOperation(
  { query, operationName, document, operation }: ValidOperation,
  { schema, limits, scale }: CompileOptions,
): KnownOperation | null {
  if (!isCompilable(document, schema)) return null;
  const parts = countParts({ document, operation, schema, most: MOST_PARTS });
  if (parts > MOST_PARTS) return null;
  // Scalars and enums here print what resolvers give, and JSON writes a Date as DateTime does: no value needs a call.
  const compiled = compileQuery(schema, document, operationName, { disableLeafSerialization: true });
  if (!isCompiledQuery(compiled)) return null;
  return {
    isMutation: false,
    parts,
    run: (context, variables) => compiled.query(undefined, context, variables),
    runPlainly: (contextValue, variableValues) =>
      // Parsed anew, which is rare: a document takes far more memory than its text.
      executePlainly({ schema, document: parseWithinLimits(query, undefined, limits), contextValue, variableValues }),
    weigh: scale.createCheck(document, operationName),
    accepts: createVariablesCheck(operation, schema, findRequiredVariables(document)),
  };
}
