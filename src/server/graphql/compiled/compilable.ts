/**
 * Tells which operations graphql-jit runs as graphql-js does. graphql-jit has faults that a client could use; each of
 * them has a test. Operations that touch one are left to graphql-js, which is slower and right.
 */
import { BREAK, type DocumentNode, Kind, type SelectionSetNode, type ValueNode, visit } from 'graphql';
import { createFragmentMemo } from '../limits/fragment-memo.ts';

/** Fragments count written out, as graphql-jit writes them: a few that are nested would take it minutes. */
const MOST_SELECTIONS = 2000;

/** graphql-jit takes a string literal with this beginning for its own mark, and turns what follows it into code. */
const MARK = '__MAGIC_';

/** Whether every operation of a document is run as graphql-js would. */
export function isCompilable(document: DocumentNode): boolean {
  return !holdsMark(document) && !sharesConditions(document) && countSelections(document) <= MOST_SELECTIONS;
}

/**
 * The variables that must be given for graphql-jit to run the operation rightly: those within an object or a list that
 * is written out, where graphql-jit would put null for an absent one.
 *
 * @returns null where a variable has a default: graphql-jit accepts null for such a variable, and then stops a mutation
 * in the middle
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

/** Looks at values, not at the text of the document, where `\u005f` stands for an underscore. */
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

/**
 * Whether a document has fragments and conditions: graphql-jit applies a condition of one spread of a fragment to
 * all of its spreads.
 */
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
