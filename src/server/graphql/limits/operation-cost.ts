/** Measures what an operation may cost, from its text alone: how deep and how wide it is. */
import { type DocumentNode, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';
import { createFragmentMemo } from './fragment-memo.ts';

/** Fragments count as if they were written out wherever they are spread. */
export interface OperationCost {
  /** Levels of fields; those of introspection count for nothing. */
  readonly depth: number;
  /** Fields with an alias. */
  readonly aliases: number;
  /** The fields of the largest selection set. */
  readonly widest: number;
  /** All fields. */
  readonly written: number;
  /** Whether `__schema` or `__type` is asked for. */
  readonly introspects: boolean;
}

/** The largest of each measure over the operations of a document. */
export function measureOperations(document: DocumentNode): OperationCost {
  const ofSelections = (selectionSet: SelectionSetNode | undefined): SetCost => {
    const cost: { -readonly [Measure in keyof SetCost]: SetCost[Measure] } = { ...NOTHING };
    for (const selection of selectionSet?.selections ?? []) {
      const isField = selection.kind === Kind.FIELD;
      const inner = measureInner(selection);
      cost.depth = Math.max(cost.depth, inner.depth + (isField ? 1 : 0));
      cost.aliases += inner.aliases + (isField && selection.alias ? 1 : 0);
      cost.fields += isField ? 1 : inner.fields;
      cost.written += inner.written + (isField ? 1 : 0);
      cost.widest = Math.max(cost.widest, cost.fields, inner.widest);
      cost.introspects ||= inner.introspects;
    }
    return cost;
  };
  const ofFragment = createFragmentMemo<SetCost>(document, NOTHING, ofSelections);
  const measureInner = (selection: SelectionNode): SetCost => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value);
    const isIntrospection = selection.kind === Kind.FIELD && INTROSPECTION_FIELDS.has(selection.name.value);
    const inner = ofSelections(selection.selectionSet);
    return isIntrospection ? { ...inner, depth: 0, introspects: true } : inner;
  };

  return document.definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => ofSelections(operation.selectionSet))
    .reduce(largestOfEach, NOTHING);
}

interface SetCost extends OperationCost {
  /** The fields of this selection set itself. */
  readonly fields: number;
}

const NOTHING: SetCost = { depth: 0, aliases: 0, fields: 0, widest: 0, written: 0, introspects: false };
const INTROSPECTION_FIELDS: ReadonlySet<string> = new Set(['__schema', '__type']);

const largestOfEach = (one: SetCost, other: SetCost): SetCost => ({
  depth: Math.max(one.depth, other.depth),
  aliases: Math.max(one.aliases, other.aliases),
  fields: Math.max(one.fields, other.fields),
  widest: Math.max(one.widest, other.widest),
  written: Math.max(one.written, other.written),
  introspects: one.introspects || other.introspects,
});
