/**
 * The grammar of the operations that are compiled. graphql-jit answers these as graphql-js does; whatever is not
 * written here is left to graphql-js. docs/decisions/0010-compiled-operations.md gives the reason of each line, and
 * test/server/graphql/differential/ compares the two executors on random operations.
 *
 * - The document has one operation: a query, with or without a name, with any fragments, and without a directive.
 * - Names of operations, fragments and variables, and aliases are plain: letters, digits and underscores, a letter
 *   first, and no name that means something to JavaScript. A field is one of the schema's own, or `__typename`.
 * - A variable has no default. One that may be null stands only where null may stand, and not as a member of a
 *   `@oneOf` object.
 * - A literal is a number, a text, a Boolean, a value of an enum, or a list or an input object of these and of
 *   variables. It is not null, not `-0`, not a text with two underscores in a row.
 */
import {
  type ASTVisitor,
  BREAK,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isLeafType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  TypeInfo,
  type VariableNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { isObjectMember } from '../limits/sound-names.ts';

/** What JavaScript finds in functions and in promises, and what JSON calls. */
const UNSOUND_NAMES: ReadonlySet<string> = new Set(['prototype', 'then', 'toJSON']);

/** Whether a valid document belongs to the grammar. */
export function isCompilable(document: DocumentNode, schema: GraphQLSchema): boolean {
  const operation = findOnlyQuery(document);
  return operation !== null && holdsOnlySound(document, operation, schema);
}

/**
 * The variables that must be given, even as null, for an operation to be compiled: those within an object or a list
 * that is written out, where graphql-jit would put null for an absent one.
 */
export function findRequiredVariables(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  const collect = ({ name }: VariableNode): void => void names.add(name.value);
  visit(document, {
    ListValue: (list) => void visit(list, { Variable: collect }),
    ObjectValue: (object) => void visit(object, { Variable: collect }),
  });
  return names;
}

function findOnlyQuery({ definitions }: DocumentNode): OperationDefinitionNode | null {
  const [operation, ...others] = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return operation?.operation === OperationTypeNode.QUERY && others.length === 0 ? operation : null;
}

function holdsOnlySound(document: DocumentNode, operation: OperationDefinitionNode, schema: GraphQLSchema): boolean {
  const types = new TypeInfo(schema);
  let isSound = true;
  const require = (holds: boolean): typeof BREAK | undefined => {
    isSound &&= holds;
    return holds ? undefined : BREAK;
  };
  const mayBeNull = new Set(
    operation.variableDefinitions
      ?.filter(({ type }) => type.kind !== Kind.NON_NULL_TYPE)
      .map(({ variable }) => variable.name.value),
  );
  const rules: ASTVisitor = {
    OperationDefinition: ({ name }) => require(!name || isPlain(name.value)),
    FragmentDefinition: ({ name }) => require(isPlain(name.value)),
    Directive: () => require(false),
    VariableDefinition: ({ defaultValue, variable }) => require(!defaultValue && isPlain(variable.name.value)),
    Field: (field) => require(isPlainField(field)),
    Variable: ({ name }) => require(!mayBeNull.has(name.value) || takesNull(types)),
    IntValue: ({ value }) => require(isLeaf(types) && !value.startsWith('-0')),
    FloatValue: ({ value }) => require(isLeaf(types) && !value.startsWith('-0')),
    StringValue: ({ value }) => require(isLeaf(types) && !value.includes('__')),
    BooleanValue: () => require(isLeaf(types)),
    EnumValue: ({ value }) => require(types.getEnumValue()?.value === value),
    NullValue: () => require(false),
    ObjectValue: () => require(isInputObjectType(namedInput(types))),
  };
  visit(document, visitWithTypeInfo(types, rules));
  return isSound;
}

const isPlain = (name: string): boolean =>
  /^[A-Za-z]\w*$/.test(name) && !UNSOUND_NAMES.has(name) && !isObjectMember(name);

const isPlainField = ({ name, alias }: FieldNode): boolean =>
  (isPlain(name.value) || name.value === '__typename') && (!alias || isPlain(alias.value));

const namedInput = (types: TypeInfo) => getNamedType(types.getInputType() ?? undefined);

/** A member of a `@oneOf` object is nullable by its type alone. */
function takesNull(types: TypeInfo): boolean {
  const parent = getNamedType(types.getParentInputType() ?? undefined);
  return !isNonNullType(types.getInputType()) && !(isInputObjectType(parent) && parent.isOneOf);
}

const isLeaf = (types: TypeInfo): boolean => isLeafType(namedInput(types));
