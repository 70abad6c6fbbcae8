/** Puts the errors of an answer in one order, which does not depend on when each of them happened. */
import type { GraphQLError } from 'graphql';

/** By the place of the field in the document, then by the indices of lists. */
export const orderErrors = (errors: readonly GraphQLError[]): readonly GraphQLError[] =>
  errors.length < 2 ? errors : [...errors].sort(byPlace);

function byPlace(a: GraphQLError, b: GraphQLError): number {
  const [one, other] = [a.locations?.[0], b.locations?.[0]];
  const places = (one?.line ?? 0) - (other?.line ?? 0) || (one?.column ?? 0) - (other?.column ?? 0);
  return places || byPath(a.path ?? [], b.path ?? []);
}

type Path = readonly (string | number)[];

function byPath(a: Path, b: Path): number {
  for (const [at, step] of a.entries()) {
    const other = b[at];
    if (other === undefined) return 1;
    if (step === other) continue;
    if (typeof step === 'number' && typeof other === 'number') return step - other;
    return String(step) < String(other) ? -1 : 1;
  }
  return a.length - b.length;
}
