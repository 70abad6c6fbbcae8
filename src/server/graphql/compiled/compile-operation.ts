/** Compiles one operation with graphql-jit. */
import {
  type DocumentNode,
  type ExecutionResult,
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
import { type OperationLimits, parseWithinLimits } from '../limits/operation-limits.ts';
import { findRequiredVariables, isCompilable } from './compilable.ts';

export type Variables = Readonly<Record<string, unknown>>;

export interface CompiledOperation {
  readonly isMutation: boolean;
  readonly run: (context: unknown, variables: Variables) => ExecutionResult | Promise<ExecutionResult>;
  /** Whether the operation may be run with these variables. It does not find every mistake in them; `run` does. */
  readonly accepts: (variables: Variables) => boolean;
}

/** Null for an operation that is not valid, and for one that graphql-js has to run. */
export function compileOperation(
  { query, operationName }: { query: string; operationName: string | undefined },
  schema: GraphQLSchema,
  limits: OperationLimits,
): CompiledOperation | null {
  const document = parseOrNull(query, limits);
  const operation = document && getOperationAST(document, operationName);
  if (!operation || operation.operation === OperationTypeNode.SUBSCRIPTION) return null;
  if (validate(schema, document).length > 0 || !isCompilable(document)) return null;
  const required = findRequiredVariables(document);
  if (required === null) return null;
  // Scalars and enums here print what resolvers give, and JSON writes a Date as DateTime does: no value needs a call.
  const compiled = compileQuery(schema, document, operationName, { disableLeafSerialization: true });
  if (!isCompiledQuery(compiled)) return null;
  const isMutation = operation.operation === OperationTypeNode.MUTATION;
  const isChecked = isMutation || takesOneOf(operation, schema);
  return {
    isMutation,
    run: (context, variables) => compiled.query(undefined, context, variables),
    accepts: (variables) => holdsAll(variables, required) && (!isChecked || isValid(variables, operation, schema)),
  };
}

function parseOrNull(query: string, limits: OperationLimits): DocumentNode | null {
  try {
    return parseWithinLimits(query, undefined, limits);
  } catch {
    return null;
  }
}

/** Whether a variable holds a `@oneOf` input, which graphql-jit does not check. */
function takesOneOf({ variableDefinitions = [] }: OperationDefinitionNode, schema: GraphQLSchema): boolean {
  const types = variableDefinitions.map(({ type }) => getNamedType(typeFromAST(schema, type as never)));
  return types.some((type) => holdsOneOf(type));
}

function holdsOneOf(type: unknown, seen = new Set<unknown>()): boolean {
  if (!isInputObjectType(type) || seen.has(type)) return false;
  seen.add(type);
  return type.isOneOf || Object.values(type.getFields()).some((field) => holdsOneOf(getNamedType(field.type), seen));
}

/** As graphql-js reads them: where money may be spent, its reading of the input decides, not that of graphql-jit. */
function isValid(
  variables: Variables,
  { variableDefinitions = [] }: OperationDefinitionNode,
  schema: GraphQLSchema,
): boolean {
  return getVariableValues(schema, variableDefinitions, variables).errors === undefined;
}

function holdsAll(variables: Variables, names: ReadonlySet<string>): boolean {
  for (const name of names) if (variables[name] === undefined) return false;
  return true;
}
