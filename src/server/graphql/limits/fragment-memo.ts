/** Measures each fragment of a document once, however often it is spread. */
import type { DocumentNode, SelectionSetNode } from 'graphql';
import { fragmentsByName } from './fragments.ts';

/**
 * Gives the measure of a fragment by its name. Measured anew for each spread, fragments that spread the next one twice
 * would take exponential time.
 *
 * @param nothing the measure of a fragment that is not defined, and of one that spreads itself; validation refuses both
 */
export function createFragmentMemo<T>(
  document: DocumentNode,
  nothing: T,
  measure: (selectionSet: SelectionSetNode) => T,
): (name: string) => T {
  const fragments = fragmentsByName(document);
  const known = new Map<string, T>();
  return (name) => {
    const memo = known.get(name);
    if (memo !== undefined) return memo;
    known.set(name, nothing);
    const fragment = fragments.get(name);
    const measured = fragment ? measure(fragment.selectionSet) : nothing;
    known.set(name, measured);
    return measured;
  };
}
