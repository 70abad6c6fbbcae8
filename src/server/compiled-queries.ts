/**
 * Queries that come again are compiled: graphql-jit runs one some five times as fast as graphql-js, and a large answer
 * eight times (docs/decisions/0010-compiled-queries.md). Only what runs without errors of the request itself is
 * answered here; everything else, and every mutation and subscription, is Yoga's.
 */
import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isInputObjectType,
  type OperationDefinitionNode,
  typeFromAST,
  validate,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { createGraphQLError } from 'graphql-yoga';
import { createDocumentCache } from './document-cache.ts';
import { type OperationLimits, parseWithinLimits } from './operation-limits.ts';

export interface CompiledQueriesOptions {
  readonly schema: GraphQLSchema;
  readonly limits: OperationLimits;
  /** What a client may see of an error. */
  readonly format: (error: unknown) => GraphQLError;
  /** How often a query comes before it is compiled: one that comes once is not worth the milliseconds. */
  readonly compileAfter?: number;
}

export interface CompiledQueries {
  /** The answer as JSON text; null where the request has to be answered in the usual way. Nothing has run then. */
  answer(body: object, createContext: () => unknown): Promise<string | null>;
}

/** What is known of one text with one operation name. */
type Entry =
  | { readonly kind: 'seen'; readonly times: number }
  | { readonly kind: 'compiled'; readonly query: CompiledQuery }
  | { readonly kind: 'not-compiled' };

const NOT_COMPILED: Entry = { kind: 'not-compiled' };
const MEMBERS: ReadonlySet<string> = new Set(['query', 'variables', 'operationName', 'extensions']);

export function createCompiledQueries(options: CompiledQueriesOptions): CompiledQueries {
  const { compileAfter = 2 } = options;
  const entries = createDocumentCache<Entry>();

  function find(query: string, operationName: string | undefined): CompiledQuery | null {
    const key = operationName === undefined ? query : `${operationName}\n${query}`;
    const entry = entries.get(key) ?? { kind: 'seen', times: 0 };
    if (entry.kind !== 'seen') return entry.kind === 'compiled' ? entry.query : null;
    const times = entry.times + 1;
    const next: Entry = times < compileAfter ? { kind: 'seen', times } : compile(query, operationName, options);
    entries.set(key, next);
    return next.kind === 'compiled' ? next.query : null;
  }

  return {
    async answer(body, createContext) {
      const request = readRequest(body);
      const compiled = request && find(request.query, request.operationName);
      if (!compiled) return null;
      let context: unknown;
      try {
        context = await createContext();
      } catch {
        // Yoga asks for it once more, and words the failure.
        return null;
      }
      const result = await compiled.query(undefined, context, request.variables);
      if (result.errors === undefined) return JSON.stringify(result);
      // Without data it is the request that is wrong: its variables.
      if (result.data === undefined) return null;
      return JSON.stringify({
        errors: result.errors.map((error) => options.format(located(error))),
        data: result.data,
      });
    },
  };
}

/** graphql-jit's errors are of a class of its own, which knows lines and columns but no nodes. */
function located({ message, locations, path, originalError }: GraphQLError): GraphQLError {
  const error = createGraphQLError(message, { path, originalError });
  Object.defineProperty(error, 'locations', { value: locations, enumerable: true });
  return error;
}

interface QueryRequest {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly operationName: string | undefined;
}

/** Null for what Yoga has to look at. */
function readRequest(body: object): QueryRequest | null {
  const { query, variables, operationName } = body as Record<string, unknown>;
  for (const name in body) if (!MEMBERS.has(name)) return null;
  if (typeof query !== 'string') return null;
  if (operationName != null && typeof operationName !== 'string') return null;
  if (variables != null && (typeof variables !== 'object' || Array.isArray(variables))) return null;
  return {
    query,
    variables: (variables ?? {}) as Record<string, unknown>,
    operationName: operationName ?? undefined,
  };
}

function compile(query: string, operationName: string | undefined, options: CompiledQueriesOptions): Entry {
  const { schema, limits } = options;
  let document: DocumentNode;
  try {
    document = parseWithinLimits(query, undefined, limits);
  } catch {
    return NOT_COMPILED;
  }
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== 'query' || takesOneOf(operation, schema)) return NOT_COMPILED;
  if (validate(schema, document).length > 0) return NOT_COMPILED;
  // Our scalars and enums print what resolvers give, and JSON writes a Date as DateTime does: no call for each value.
  const compiled = compileQuery(schema, document, operationName, { disableLeafSerialization: true });
  return isCompiledQuery(compiled) ? { kind: 'compiled', query: compiled } : NOT_COMPILED;
}

/** graphql-jit reads variables by itself and does not know @oneOf. */
function takesOneOf({ variableDefinitions = [] }: OperationDefinitionNode, schema: GraphQLSchema): boolean {
  const names = variableDefinitions.map(({ type }) => getNamedType(typeFromAST(schema, type as never)));
  return names.some((type) => holdsOneOf(type));
}

function holdsOneOf(type: unknown, seen = new Set<unknown>()): boolean {
  if (!isInputObjectType(type) || seen.has(type)) return false;
  seen.add(type);
  return type.isOneOf || Object.values(type.getFields()).some((field) => holdsOneOf(getNamedType(field.type), seen));
}
