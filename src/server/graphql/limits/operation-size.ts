/** Measures how large an operation is by its text alone: how deep and how wide. */
import { type DocumentNode, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';
import { createFragmentMemo } from './fragment-memo.ts';

/** Fragments count as if they were written out wherever they are spread. */
export interface OperationSize {
  /** Levels of fields, without those of introspection. */
  readonly depth: number;
  /** Fields with an alias. */
  readonly aliases: number;
  /** The fields of the largest selection set. */
  readonly widest: number;
  /** All fields, those of introspection too. */
  readonly written: number;
  /** Whether `__schema` or `__type` is asked for. */
  readonly introspects: boolean;
}

/** The largest of each measure over the operations of a document. */
export function measureOperations(document: DocumentNode): OperationSize {
  const ofSelections = (selectionSet: SelectionSetNode | undefined): SetSize => {
    const size: { -readonly [Measure in keyof SetSize]: SetSize[Measure] } = { ...NOTHING };
    for (const selection of selectionSet?.selections ?? []) {
      const isField = selection.kind === Kind.FIELD;
      const inner = measureInner(selection);
      size.depth = Math.max(size.depth, inner.depth + (isField ? 1 : 0));
      size.aliases += inner.aliases + (isField && selection.alias ? 1 : 0);
      size.fields += isField ? 1 : inner.fields;
      size.written += inner.written + (isField ? 1 : 0);
      size.widest = Math.max(size.widest, size.fields, inner.widest);
      size.introspects ||= inner.introspects;
    }
    return size;
  };
  const ofFragment = createFragmentMemo<SetSize>(document, NOTHING, ofSelections);
  const measureInner = (selection: SelectionNode): SetSize => {
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

interface SetSize extends OperationSize {
  /** The fields of this selection set itself. */
  readonly fields: number;
}

const NOTHING: SetSize = { depth: 0, aliases: 0, fields: 0, widest: 0, written: 0, introspects: false };
const INTROSPECTION_FIELDS: ReadonlySet<string> = new Set(['__schema', '__type']);

const largestOfEach = (one: SetSize, other: SetSize): SetSize => ({
  depth: Math.max(one.depth, other.depth),
  aliases: Math.max(one.aliases, other.aliases),
  fields: Math.max(one.fields, other.fields),
  widest: Math.max(one.widest, other.widest),
  written: Math.max(one.written, other.written),
  introspects: one.introspects || other.introspects,
});
