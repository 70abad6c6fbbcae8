/** Measures of a document's fragments, each made once however often the fragment is spread. */
import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';

/**
 * The measure of a fragment by its name. Without the memory nested doubling would take exponential time.
 * `nothing` stands for a fragment that is not there, and for one that is being measured: a circle, which validation
 * refuses, ends there.
 */
export function createFragmentMemo<T>(
  document: DocumentNode,
  nothing: T,
  measure: (selectionSet: SelectionSetNode) => T,
): (name: string) => T {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
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
