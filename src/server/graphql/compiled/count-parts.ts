/** Measures an operation as graphql-jit writes it out. */
import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';
import { fragmentsByName } from '../limits/fragments.ts';

export interface MeasuredOperation {
  /** It must be valid. */
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly schema: GraphQLSchema;
  /** Counting stops beyond this: a few fragments that spread each other would take it minutes. */
  readonly most: number;
}

/**
 * The number of selections, and of members of the inputs that variables hold. Selections count where their fragment is
 * spread and for each type that an object may have there, members for each variable.
 *
 * @returns more than `most` where it stopped counting
 */
export function countParts({ document, operation, schema, most }: MeasuredOperation): number {
  const fragments = fragmentsByName(document);
  let parts = 0;

  function countSet({ selections }: SelectionSetNode, type: GraphQLNamedType | undefined): void {
    const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
    for (const concrete of possible) for (const selection of selections) countSelection(selection, concrete);
  }

  function countSelection(selection: SelectionNode, type: GraphQLNamedType | undefined): void {
    parts += 1;
    if (parts > most) return;
    if (selection.kind === Kind.FIELD) {
      const field = isObjectType(type) ? type.getFields()[selection.name.value] : undefined;
      if (selection.selectionSet && field) countSet(selection.selectionSet, getNamedType(field.type));
    } else {
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (inner && isMet(inner.typeCondition?.name.value, type)) countSet(inner.selectionSet, type);
    }
  }

  const isMet = (condition: string | undefined, type: GraphQLNamedType | undefined): boolean => {
    const met = condition === undefined ? type : schema.getType(condition);
    return met === type || (isAbstractType(met) && isObjectType(type) && schema.isSubType(met, type));
  };

  function countInput(type: GraphQLNamedType | undefined): void {
    if (!isInputObjectType(type) || parts > most) return;
    for (const field of Object.values(type.getFields())) {
      parts += 1;
      countInput(getNamedType(field.type));
    }
  }

  for (const { type } of operation.variableDefinitions ?? []) countInput(schema.getType(nameOf(type)));
  countSet(operation.selectionSet, schema.getQueryType() ?? undefined);
  return parts;
}

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));
