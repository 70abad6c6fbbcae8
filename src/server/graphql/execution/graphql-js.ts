/**
 * Runs operations with graphql-js itself. Yoga's own executor is another one: it takes any object with a member `then`
 * for a promise, so that the answer to `{ then: __typename }` is an internal error.
 */
import { type ExecutionArgs, type ExecutionResult, execute, type SubscriptionArgs, subscribe } from 'graphql';
import { createGraphQLError, type Plugin } from 'graphql-yoga';
import { orderErrors } from './order-errors.ts';
import { assertSoundVariables } from './sound-variables.ts';

/** Each error repeats the value that it is about, which may be a megabyte long. */
const MOST_VARIABLE_ERRORS = 5;

/** Makes Yoga run operations with graphql-js. */
export function useGraphqlJs(): Plugin {
  return {
    onExecute: ({ setExecuteFn }) => setExecuteFn(executePlainly),
    onSubscribe: ({ setSubscribeFn }) => setSubscribeFn(subscribePlainly),
  };
}

/** Runs a query or a mutation. Errors come in the order of their fields. */
export function executePlainly(args: ExecutionArgs): ExecutionResult | Promise<ExecutionResult> {
  const refusal = refuseVariables(args);
  if (refusal) return refusal;
  const result = execute({ ...args, ...BOUNDS });
  return result instanceof Promise ? result.then(withErrorsInOrder) : withErrorsInOrder(result);
}

const subscribePlainly = (args: SubscriptionArgs) => refuseVariables(args) ?? subscribe({ ...args, ...BOUNDS });

function refuseVariables({ variableValues }: ExecutionArgs): ExecutionResult | null {
  try {
    assertSoundVariables(variableValues ?? {});
    return null;
  } catch (error) {
    const { message } = error as Error;
    return { errors: [createGraphQLError(message, { originalError: error as Error })] };
  }
}

/** For a suggestion graphql-js would compare what was given, however long it is, with every name. */
const BOUNDS = { hideSuggestions: true, options: { maxCoercionErrors: MOST_VARIABLE_ERRORS } };

const withErrorsInOrder = (result: ExecutionResult): ExecutionResult =>
  // Without data the errors are about variables: they have an order, and the last may say that there were too many.
  result.errors && result.data !== undefined ? { ...result, errors: orderErrors(result.errors) } : result;
