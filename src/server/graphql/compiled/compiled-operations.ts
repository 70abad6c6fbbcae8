/**
 * Runs operations that come again as compiled code: graphql-jit is some five times as fast as graphql-js, and eight
 * times for a large answer (docs/decisions/0010-compiled-operations.md). Only requests that are right in themselves are
 * answered here. Yoga answers all others, and serves every subscription.
 */
import type { GraphQLError, GraphQLSchema } from 'graphql';
import { createGraphQLError } from 'graphql-yoga';
import { createDocumentCache } from '../document-cache.ts';
import type { GraphqlBody } from '../graphql-request.ts';
import type { OperationLimits } from '../limits/operation-limits.ts';
import { type CompiledOperation, compileOperation, type Variables } from './compile-operation.ts';

export interface CompiledOperationsOptions {
  readonly schema: GraphQLSchema;
  readonly limits: OperationLimits;
  /** Makes of an error what a client may see of it. */
  readonly format: (error: unknown) => GraphQLError;
}

interface RequestHooks {
  readonly createContext: () => unknown;
  /** Called before a mutation runs. If it throws, nothing has run. */
  readonly onMutation: () => void;
}

export interface CompiledOperations {
  /**
   * The answer as JSON text; null where Yoga has to answer, and then nothing has run.
   *
   * @throws whatever nobody foresaw; a mutation may have run by then
   */
  answer(body: GraphqlBody, hooks: RequestHooks): Promise<string | null>;
}

/** What is known of one text with one operation name. */
type Entry =
  | { readonly kind: 'seen' }
  | { readonly kind: 'compiled'; readonly operation: CompiledOperation }
  | { readonly kind: 'not-compiled' };

/** The text came once: compiling takes milliseconds, which pay off only if it comes again. */
const SEEN: Entry = { kind: 'seen' };
const NOT_COMPILED: Entry = { kind: 'not-compiled' };

export function createCompiledOperations(options: CompiledOperationsOptions): CompiledOperations {
  const find = createFinder(options);
  return {
    async answer(body, { createContext, onMutation }) {
      const request = readRequest(body);
      const operation = request && find(request.query, request.operationName);
      if (!operation?.accepts(request!.variables)) return null;
      let context: unknown;
      try {
        context = await createContext();
        if (operation.isMutation) onMutation();
      } catch {
        // Yoga calls the hook again, and formats the error.
        return null;
      }
      const result = await operation.run(context, request!.variables);
      if (result.errors === undefined) return JSON.stringify(result);
      // No data means that the variables were wrong and nothing has run.
      if (result.data === undefined) return null;
      const errors = result.errors.map((error) => options.format(locate(error)));
      return JSON.stringify({ errors, data: result.data });
    },
  };
}

/** Makes the function that finds the compiled form of a text that has come before; null where it is not compiled. */
function createFinder({ schema, limits }: CompiledOperationsOptions) {
  const entries = createDocumentCache<Entry>();
  return (query: string, operationName: string | undefined): CompiledOperation | null => {
    const key = operationName === undefined ? query : `${operationName}\n${query}`;
    let entry = entries.get(key);
    if (!entry || entry.kind === 'seen') {
      entry = entry ? toEntry(compileOperation({ query, operationName }, schema, limits)) : SEEN;
      entries.set(key, entry);
    }
    return entry.kind === 'compiled' ? entry.operation : null;
  };
}

const toEntry = (operation: CompiledOperation | null): Entry =>
  operation ? { kind: 'compiled', operation } : NOT_COMPILED;

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
