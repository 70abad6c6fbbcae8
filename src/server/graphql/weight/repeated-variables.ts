/**
 * Bounds what one variable stands for: the body of a request is limited, but a text that it holds once can be named a
 * thousand times.
 */
import {
  type ASTNode,
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { CallerError } from '../../../domain/errors.ts';
import type { Variables } from '../execution/sound-variables.ts';
import { createFragmentMemo } from '../limits/fragment-memo.ts';

/** Four times the default of `limits.bodyBytes`. */
const MOST_CHARACTERS = 4_000_000;
/** What a value takes besides its text. */
const VALUE_CHARACTERS = 8;

/** How often each variable is used that is used more than once; fragments count wherever they are spread. */
export type RepeatedVariables = ReadonlyMap<string, number>;

export function findRepeatedVariables(document: DocumentNode, operation: OperationDefinitionNode): RepeatedVariables {
  const add = (uses: Map<string, number>, name: string, count: number): void =>
    void uses.set(name, (uses.get(name) ?? 0) + count);
  const addVariables = (uses: Map<string, number>, nodes: readonly ASTNode[] = []): void => {
    for (const node of nodes) visit(node, { Variable: ({ name }) => add(uses, name.value, 1) });
  };
  const usesOf = ({ selections }: SelectionSetNode): Map<string, number> => {
    const uses = new Map<string, number>();
    for (const selection of selections) {
      addVariables(uses, selection.directives);
      if (selection.kind === Kind.FIELD) addVariables(uses, selection.arguments);
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(selection.name.value)
          : selection.selectionSet && usesOf(selection.selectionSet);
      for (const [name, count] of inner ?? []) add(uses, name, count);
    }
    return uses;
  };
  const ofFragment = createFragmentMemo(document, new Map<string, number>(), usesOf);
  return new Map([...usesOf(operation.selectionSet)].filter(([, count]) => count > 1));
}

/** @throws CallerError INVALID_INPUT where the variables, written out wherever they are used, would be too long */
export function assertFewRepetitions(repeated: RepeatedVariables, variables: Variables): void {
  for (const [name, count] of repeated) {
    const most = MOST_CHARACTERS / count;
    if (lengthUpTo(variables[name], most) <= most) continue;
    const message = `The variable $${name} is used ${count} times: written out, it would be longer than ${MOST_CHARACTERS} characters. Send shorter values, or fewer in one operation.`;
    throw new CallerError('INVALID_INPUT', message);
  }
}

/** About how long a value is; beyond `most` it is not measured further. */
function lengthUpTo(value: unknown, most: number): number {
  if (typeof value === 'string') return value.length + VALUE_CHARACTERS;
  if (typeof value !== 'object' || value === null) return VALUE_CHARACTERS;
  let length = VALUE_CHARACTERS;
  for (const key in value) {
    length += lengthUpTo((value as Record<string, unknown>)[key], most - length);
    if (length > most) break;
  }
  return length;
}
