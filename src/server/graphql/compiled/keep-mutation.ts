/** Keeps a mutation, which is not compiled: graphql-js itself runs its document. */
import type { ExecutionResult } from 'graphql';
import { executePlainly } from '../execution/graphql-js.ts';
import type { Variables } from '../execution/sound-variables.ts';
import type { CompileOptions, KnownOperation } from './compile-operation.ts';
import type { ValidOperation } from './valid-operation.ts';

/** A document takes up to 100 bytes a character, a part some 5 KB. */
const CHARACTERS_OF_A_PART = 50;

export function keepMutation(
  { query, operationName, document }: ValidOperation,
  { schema, scale }: CompileOptions,
): KnownOperation {
  const run = (contextValue: unknown, variableValues: Variables): ExecutionResult | Promise<ExecutionResult> =>
    executePlainly({ schema, document, operationName, contextValue, variableValues });
  return {
    isMutation: true,
    parts: Math.ceil(query.length / CHARACTERS_OF_A_PART),
    run,
    runPlainly: run,
    weigh: scale.createCheck(document, operationName),
    // graphql-js reads them, and tells every mistake before anything runs.
    accepts: () => true,
  };
}
