/**
 * Operations that come again are compiled: graphql-jit runs one some five times as fast as graphql-js, and a large
 * answer eight times (docs/decisions/0010-compiled-operations.md). Only what runs without errors of the request itself is
 * answered here; everything else, and every subscription, is Yoga's.
 */
import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  getVariableValues,
  isInputObjectType,
  type OperationDefinitionNode,
  OperationTypeNode,
  typeFromAST,
  validate,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { createGraphQLError } from 'graphql-yoga';
import { createDocumentCache } from '../document-cache.ts';
import type { GraphqlBody } from '../graphql-request.ts';
import { type OperationLimits, parseWithinLimits } from '../limits/operation-limits.ts';
import { findRequiredVariables, isCompilable } from './compilable.ts';

export interface CompiledOperationsOptions {
  readonly schema: GraphQLSchema;
  readonly limits: OperationLimits;
  /** What a client may see of an error. */
  readonly format: (error: unknown) => GraphQLError;
}

export interface RequestHooks {
  readonly createContext: () => unknown;
  /** Called before a mutation runs; where it throws, nothing has run. */
  readonly onMutation: () => void;
}

export interface CompiledOperations {
  /**
   * The answer as JSON text; null where the request has to be answered in the usual way. Nothing has run then.
   * @throws only what nobody foresaw; a mutation may have run
   */
  answer(body: GraphqlBody, hooks: RequestHooks): Promise<string | null>;
}

interface CompiledOperation {
  readonly isMutation: boolean;
  readonly run: (context: unknown, variables: Variables) => MaybePromise<ExecutionResult>;
  /** Whether the variables are what the operation takes, where it is not left to graphql-jit. */
  readonly accepts: (variables: Variables) => boolean;
}

type Variables = Readonly<Record<string, unknown>>;
type MaybePromise<T> = T | Promise<T>;

/** What is known of one text with one operation name. */
type Entry =
  | { readonly kind: 'seen' }
  | { readonly kind: 'compiled'; readonly operation: CompiledOperation }
  | { readonly kind: 'not-compiled' };

/** It came once, which is not worth the milliseconds of compiling it. */
const SEEN: Entry = { kind: 'seen' };
const NOT_COMPILED: Entry = { kind: 'not-compiled' };

export function createCompiledOperations(options: CompiledOperationsOptions): CompiledOperations {
  const entries = createDocumentCache<Entry>();

  function find(query: string, operationName: string | undefined): CompiledOperation | null {
    const key = operationName === undefined ? query : `${operationName}\n${query}`;
    let entry = entries.get(key);
    if (!entry || entry.kind === 'seen') {
      entry = entry ? compile(query, operationName, options) : SEEN;
      entries.set(key, entry);
    }
    return entry.kind === 'compiled' ? entry.operation : null;
  }

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
        // Yoga asks once more, and words the failure.
        return null;
      }
      const result = await operation.run(context, request!.variables);
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
  readonly variables: Variables;
  readonly operationName: string | undefined;
}

/** Null for what Yoga has to look at. */
function readRequest({ query, variables, operationName }: GraphqlBody): QueryRequest | null {
  if (operationName != null && typeof operationName !== 'string') return null;
  if (variables != null && (typeof variables !== 'object' || Array.isArray(variables))) return null;
  return {
    query,
    variables: (variables ?? {}) as Variables,
    operationName: operationName ?? undefined,
  };
}

function compile(query: string, operationName: string | undefined, options: CompiledOperationsOptions): Entry {
  const { schema, limits } = options;
  let document: DocumentNode;
  try {
    document = parseWithinLimits(query, undefined, limits);
  } catch {
    return NOT_COMPILED;
  }
  const operation = getOperationAST(document, operationName);
  if (!operation || operation.operation === OperationTypeNode.SUBSCRIPTION) return NOT_COMPILED;
  if (validate(schema, document).length > 0 || !isCompilable(document)) return NOT_COMPILED;
  const required = findRequiredVariables(document);
  if (required === null) return NOT_COMPILED;
  // Our scalars and enums print what resolvers give, and JSON writes a Date as DateTime does: no call for each value.
  const compiled = compileQuery(schema, document, operationName, { disableLeafSerialization: true });
  if (!isCompiledQuery(compiled)) return NOT_COMPILED;
  const isMutation = operation.operation === OperationTypeNode.MUTATION;
  const isChecked = isMutation || takesOneOf(operation, schema);
  const isValid = createVariableCheck(operation, schema);
  return {
    kind: 'compiled',
    operation: {
      isMutation,
      run: (context, variables) => compiled.query(undefined, context, variables),
      accepts: (variables) => holdsAll(variables, required) && (!isChecked || isValid(variables)),
    },
  };
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

/** By graphql-js: where money may be spent its reading of the input counts, and it words what is wrong. */
function createVariableCheck({ variableDefinitions = [] }: OperationDefinitionNode, schema: GraphQLSchema) {
  return (variables: Variables): boolean =>
    getVariableValues(schema, variableDefinitions, variables).errors === undefined;
}

function holdsAll(variables: Variables, names: ReadonlySet<string>): boolean {
  for (const name of names) if (variables[name] === undefined) return false;
  return true;
}
