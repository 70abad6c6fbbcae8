/**
 * Tells whether graphql-jit reads the variables of a request as graphql-js does. It does where no value has to be
 * converted: each is of its type already, as from any client that knows the schema. A value of a custom scalar is read
 * by the scalar's own function, whichever executor calls it.
 */
import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';
import type { Variables } from '../execution/sound-variables.ts';

export type VariablesCheck = (variables: Variables) => boolean;

type Check = (value: unknown) => boolean;

/** Makes the check of an operation. The variables in `required` must be given even where they may be null. */
export function createVariablesCheck(
  { variableDefinitions = [] }: OperationDefinitionNode,
  schema: GraphQLSchema,
  required: ReadonlySet<string>,
): VariablesCheck {
  const known = new Map<GraphQLInputType, Check>();
  const checks = variableDefinitions.map(({ variable: { name }, type: node }) => {
    const type = typeFromAST(schema, node as never) as unknown as GraphQLInputType;
    const mayBeAbsent = !isNonNullType(type) && !required.has(name.value);
    return { name: name.value, mayBeAbsent, check: createCheck(type, known) };
  });
  return (variables) =>
    checks.every(({ name, mayBeAbsent, check }) =>
      Object.hasOwn(variables, name) ? check(variables[name]) : mayBeAbsent,
    );
}

function createCheck(type: GraphQLInputType, known: Map<GraphQLInputType, Check>): Check {
  if (isNonNullType(type)) {
    const inner = createPresentCheck(type.ofType, known);
    return (value) => value !== null && inner(value);
  }
  const inner = createPresentCheck(type, known);
  return (value) => value === null || inner(value);
}

/** The check of a value that is not null. */
function createPresentCheck(type: GraphQLInputType, known: Map<GraphQLInputType, Check>): Check {
  const made = known.get(type);
  if (made) return made;
  if (isListType(type)) {
    const item = createCheck(type.ofType, known);
    return (value) => Array.isArray(value) && value.every(item);
  }
  if (isInputObjectType(type)) return createObjectCheck(type, known);
  if (isEnumType(type)) {
    const names = new Set(type.getValues().flatMap(({ name, value }) => (name === value ? [name] : [])));
    return (value) => typeof value === 'string' && names.has(value);
  }
  return SCALARS.get(type.name) ?? isPrimitive;
}

/** An object has only members of its type, and all of them that must be given or have a default. */
function createObjectCheck(type: GraphQLInputObjectType, known: Map<GraphQLInputType, Check>): Check {
  const fields = new Map<string, Check>();
  const needed: string[] = [];
  const check: Check = (value) => {
    if (typeof value !== 'object' || Array.isArray(value)) return false;
    const members = Object.entries(value as object);
    if (type.isOneOf && (members.length !== 1 || members[0]![1] === null)) return false;
    return (
      members.every(([name, member]) => fields.get(name)?.(member) === true) &&
      needed.every((name) => Object.hasOwn(value as object, name))
    );
  };
  // A type may hold itself.
  known.set(type, check);
  for (const { name, type: fieldType, defaultValue } of Object.values(type.getFields())) {
    fields.set(name, createCheck(fieldType, known));
    if (isNonNullType(fieldType) || defaultValue !== undefined) needed.push(name);
  }
  return check;
}

/** For custom scalars, which read such values themselves. */
const isPrimitive: Check = (value) => typeof value !== 'object';

const SCALARS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['ID', (value) => typeof value === 'string'],
  ['String', (value) => typeof value === 'string'],
  ['Boolean', (value) => typeof value === 'boolean'],
  ['Int', (value) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31],
  ['Float', (value) => Number.isFinite(value)],
]);
