/**
 * What graphql-jit runs as graphql-js does. It has faults that a client could use (each has its test): the rest is left
 * to graphql-js, which is slower and right.
 */
import { BREAK, type DocumentNode, Kind, type SelectionSetNode, type ValueNode, visit } from 'graphql';
import { createFragmentMemo } from '../limits/fragment-memo.ts';

/** With fragments written out, as graphql-jit writes them: few of them, nested, would take it minutes. */
const MOST_SELECTIONS = 2000;

/** By this beginning graphql-jit marks, among the literals of the code that it writes, what is to become code. */
const MARK = '__MAGIC_';

/** Whether every operation of a document is run as graphql-js would. */
export function isCompilable(document: DocumentNode): boolean {
  return !holdsMark(document) && !sharesConditions(document) && countSelections(document) <= MOST_SELECTIONS;
}

/**
 * The variables that have to be given: one that is absent, within an object or a list that is written out, would come
 * as null. Null where one has a default: graphql-jit takes a null that is given for it, and stops in the middle.
 */
export function findRequiredVariables(document: DocumentNode): ReadonlySet<string> | null {
  const names = new Set<string>();
  const collect = (value: ValueNode): void => {
    if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    else if (value.kind === Kind.LIST) value.values.forEach(collect);
    else if (value.kind === Kind.OBJECT) value.fields.forEach((field) => void collect(field.value));
  };
  let hasDefault = false;
  visit(document, {
    VariableDefinition({ defaultValue }) {
      hasDefault ||= defaultValue !== undefined;
    },
    Argument({ value }) {
      if (value.kind !== Kind.VARIABLE) collect(value);
    },
  });
  return hasDefault ? null : names;
}

/** In the value, not in the text: `\u005f` is an underscore, too. */
function holdsMark(document: DocumentNode): boolean {
  let isFound = false;
  visit(document, {
    StringValue({ value }) {
      isFound ||= value.includes(MARK);
      return isFound ? BREAK : undefined;
    },
  });
  return isFound;
}

/** graphql-jit keeps a condition with the field, and applies it wherever the field's fragment is spread. */
function sharesConditions(document: DocumentNode): boolean {
  if (!document.definitions.some(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)) return false;
  let isFound = false;
  visit(document, {
    Directive() {
      isFound = true;
      return BREAK;
    },
  });
  return isFound;
}

function countSelections(document: DocumentNode): number {
  const ofSelections = (selectionSet: SelectionSetNode | undefined): number =>
    (selectionSet?.selections ?? []).reduce(
      (count, selection) =>
        count +
        1 +
        (selection.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(selection.name.value)
          : ofSelections(selection.selectionSet)),
      0,
    );
  const ofFragment = createFragmentMemo(document, 0, ofSelections);
  return document.definitions.reduce(
    (count, definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? count + ofSelections(definition.selectionSet) : count,
    0,
  );
}
