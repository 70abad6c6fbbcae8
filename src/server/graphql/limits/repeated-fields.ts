/** Refuses operations that repeat fields so often that validation would hold up the gateway. */
import { type DocumentNode, type FieldNode, Kind, type SelectionSetNode } from 'graphql';
import { CallerError } from '../../../domain/errors.ts';
import { fragmentsByName } from './fragments.ts';

/**
 * Validation compares every two fields that make one member of the answer, and then what stands within them. One unit
 * is the time for two fields without arguments and without fields of their own, some 50 nanoseconds.
 */
const MOST_UNITS = 500_000;
/** The units for two fields with fields of their own. */
const UNITS_OF_OBJECTS = 10;
/** The units for counting one selection here. */
const UNITS_OF_A_VISIT = 10;

/** @throws CallerError INVALID_INPUT beyond MOST_UNITS; fragments count where they are spread */
export function assertFewRepeats(document: DocumentNode): void {
  const fragments = fragmentsByName(document);
  let left = MOST_UNITS;
  const spend = (units: number): void => {
    left -= units;
    if (left < 0) throw tooManyRepeats();
  };

  /** Takes the selection sets of one member of the answer, which are merged. */
  function compare(sets: readonly SelectionSetNode[]): void {
    const members = new Map<string, { count: number; readonly sets: SelectionSetNode[] }>();
    const spread = new Set<string>();
    const collect = ({ selections }: SelectionSetNode): void => {
      for (const selection of selections) {
        spend(UNITS_OF_A_VISIT);
        if (selection.kind === Kind.INLINE_FRAGMENT) {
          collect(selection.selectionSet);
        } else if (selection.kind === Kind.FRAGMENT_SPREAD) {
          const name = selection.name.value;
          const fragment = spread.has(name) ? undefined : fragments.get(name);
          spread.add(name);
          if (fragment) collect(fragment.selectionSet);
        } else {
          const name = (selection.alias ?? selection.name).value;
          const member = members.get(name) ?? { count: 0, sets: [] };
          members.set(name, member);
          spend(member.count * weigh(selection));
          member.count += 1;
          if (selection.selectionSet) member.sets.push(selection.selectionSet);
        }
      }
    };
    for (const set of sets) collect(set);
    for (const member of members.values()) if (member.sets.length > 0) compare(member.sets);
  }

  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) compare([definition.selectionSet]);
  }
}

/** The units for comparing the field with one like it. graphql-js prints the arguments for each pair. */
function weigh({ selectionSet, arguments: args = [] }: FieldNode): number {
  const characters = args.reduce((sum, { loc }) => sum + (loc ? loc.end - loc.start : 0), 0);
  return (selectionSet ? UNITS_OF_OBJECTS : 1) + characters;
}

const tooManyRepeats = () =>
  new CallerError(
    'INVALID_INPUT',
    'The operation asks too often for the same fields under the same names. Ask for each field once, or under an alias.',
  );
