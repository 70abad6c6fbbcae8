/** Refuses variables that graphql-js would take long to speak about: it repeats a wrong value in each error. */
import { CallerError } from '../../../domain/errors.ts';

/** Input types have less than thirty members. */
const MOST_MEMBERS = 100;
/** Input types hold each other five levels deep, and graphql-js shows two levels of a value. */
const DEEPEST = 10;

/** @throws CallerError INVALID_INPUT where an object within a variable has too many members */
export function assertSoundVariables(variables: Readonly<Record<string, unknown>>): void {
  for (const name of Object.keys(variables)) assertFewMembers(variables[name], name, 0);
}

function assertFewMembers(value: unknown, variable: string, depth: number): void {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return;
  if (Array.isArray(value)) {
    for (const item of value) assertFewMembers(item, variable, depth + 1);
    return;
  }
  let members = 0;
  for (const name in value) {
    members += 1;
    if (members > MOST_MEMBERS) throw tooManyMembers(variable);
    assertFewMembers((value as Record<string, unknown>)[name], variable, depth + 1);
  }
}

const tooManyMembers = (variable: string) =>
  new CallerError(
    'INVALID_INPUT',
    `An object in the variable $${variable} has more than ${MOST_MEMBERS} members; no input type has as many.`,
  );
