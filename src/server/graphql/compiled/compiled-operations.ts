/**
 * Runs queries that come again as compiled code: graphql-jit is some five times as fast as graphql-js, and eight times
 * for a large answer (docs/decisions/0010-compiled-operations.md). Only requests that are right in themselves are
 * answered here. Yoga answers all others, and every mutation and subscription.
 */
import { setFlagsFromString } from 'node:v8';
import type { ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql';
import { createGraphQLError } from 'graphql-yoga';
import { createDocumentCache } from '../document-cache.ts';
import { orderErrors } from '../execution/order-errors.ts';
import type { GraphqlBody } from '../graphql-request.ts';
import type { OperationLimits } from '../limits/operation-limits.ts';
import { type CompiledOperation, compileOperation } from './compile-operation.ts';
import type { Variables } from './plain-variables.ts';

export interface CompiledOperationsOptions {
  readonly schema: GraphQLSchema;
  readonly limits: OperationLimits;
  /** Makes of an error what a client may see of it. */
  readonly format: (error: unknown) => GraphQLError;
}

interface RequestHooks {
  readonly createContext: () => unknown;
}

export interface CompiledOperations {
  /** The answer as JSON text; null where Yoga has to answer. */
  answer(body: GraphqlBody, hooks: RequestHooks): Promise<string | null>;
}

/** What is known of a text that is not compiled: compiling takes milliseconds, which pay off only if it comes again. */
type Note = { readonly isForGraphqlJs: boolean };
const CAME_ONCE: Note = { isForGraphqlJs: false };
const FOR_GRAPHQL_JS: Note = { isForGraphqlJs: true };

/** Texts that came once and never again: they take some two bytes a character. */
const NOTED_CHARACTERS = 1_000_000;
/** A part takes 3 to 7 KB once it has run: code, and the text of the code. Some 35 MB in all. */
const COMPILED_PARTS = 5000;
/** What an operation takes besides, however small it is. */
const PARTS_OF_ANY = 5;

export function createCompiledOperations(options: CompiledOperationsOptions): CompiledOperations {
  // V8 would keep the code of every operation by its text, long after it is let go here.
  setFlagsFromString('--no-compilation-cache');
  const find = createFinder(options);
  return {
    async answer(body, { createContext }) {
      const request = readRequest(body);
      const operation = request && find(request.query, request.operationName);
      if (!operation?.accepts(request!.variables)) return null;
      let context: unknown;
      try {
        context = await createContext();
      } catch {
        // Yoga calls the hook again, and formats the error.
        return null;
      }
      const result = await operation.run(context, request!.variables);
      if (result.errors === undefined) return JSON.stringify(result);
      // No data means that the variables were wrong and nothing has run.
      if (result.data === undefined) return null;
      const whole = isWhole(result) ? result : await operation.runPlainly(context, request!.variables);
      const errors = orderErrors(whole.errors ?? []).map((error) => options.format(locate(error)));
      return JSON.stringify({ errors, data: whole.data });
    },
  };
}

/**
 * Whether each error has its null in its own place. Where one has taken its parents with it, graphql-js stops at the
 * first, and graphql-jit tells of all.
 */
function isWhole({ errors = [], data }: ExecutionResult): boolean {
  return errors.every(({ path = [] }) => {
    let parent: unknown = data;
    for (const step of path.slice(0, -1)) parent = (parent as Record<string | number, unknown> | null)?.[step];
    return parent != null;
  });
}

/** Makes the function that finds the compiled form of a text that has come before; null where it is not compiled. */
function createFinder({ schema, limits }: CompiledOperationsOptions) {
  const compiled = createDocumentCache<CompiledOperation>({
    most: COMPILED_PARTS,
    weigh: ({ parts }) => parts + PARTS_OF_ANY,
  });
  // A cache of their own: texts that never come again do not push out what is compiled.
  const notes = createDocumentCache<Note>({ most: NOTED_CHARACTERS });
  return (query: string, operationName: string | undefined): CompiledOperation | null => {
    const key = operationName === undefined ? query : `${operationName}\n${query}`;
    const known = compiled.get(key);
    if (known) return known;
    const note = notes.get(key);
    if (note?.isForGraphqlJs) return null;
    const operation = note ? compileOperation({ query, operationName }, schema, limits) : null;
    if (operation) compiled.set(key, operation);
    else notes.set(key, note ? FOR_GRAPHQL_JS : CAME_ONCE);
    return operation;
  };
}

/** graphql-jit has a class of errors of its own, which has lines and columns in place of nodes. */
function locate({ message, locations, path, originalError }: GraphQLError): GraphQLError {
  const error = createGraphQLError(message, { path, originalError });
  Object.defineProperty(error, 'locations', { value: locations, enumerable: true });
  return error;
}

interface QueryRequest {
  readonly query: string;
  readonly variables: Variables;
  readonly operationName: string | undefined;
}

/** Null for a body with a mistake, which Yoga tells the client. */
function readRequest({ query, variables, operationName }: GraphqlBody): QueryRequest | null {
  if (operationName != null && typeof operationName !== 'string') return null;
  if (variables != null && (typeof variables !== 'object' || Array.isArray(variables))) return null;
  return { query, variables: (variables ?? {}) as Variables, operationName: operationName ?? undefined };
}
