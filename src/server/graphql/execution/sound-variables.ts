/** Refuses variables whose errors would take graphql-js too long: it repeats a wrong value in each error. */
import { CallerError } from '../../../domain/errors.ts';

/** Input types have fewer than thirty members. */
const MOST_MEMBERS = 100;
/** An operation that places two hundred orders has a thousand. */
const MOST_OBJECTS = 5_000;
/** Input types hold each other five levels deep, and graphql-js shows two levels of a value. */
const DEEPEST = 10;

/** The variables of a request by their names, as they came. */
export type Variables = Readonly<Record<string, unknown>>;

/** @throws CallerError INVALID_INPUT where the variables hold too many objects, or one that has too many members */
export function assertSoundVariables(variables: Variables): void {
  const count = { objects: 0 };
  for (const name in variables) assertFewMembers(variables[name], { variable: name, depth: 0, count });
}

export function areSoundVariables(variables: Variables): boolean {
  try {
    assertSoundVariables(variables);
    return true;
  } catch {
    return false;
  }
}

interface Place {
  readonly variable: string;
  readonly depth: number;
  readonly count: { objects: number };
}

function assertFewMembers(value: unknown, { variable, depth, count }: Place): void {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return;
  const within = { variable, depth: depth + 1, count };
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') assertFewMembers(item, within);
    return;
  }
  count.objects += 1;
  if (count.objects > MOST_OBJECTS) throw tooManyObjects();
  let members = 0;
  for (const name in value) {
    members += 1;
    if (members > MOST_MEMBERS) throw tooManyMembers(variable);
    assertFewMembers((value as Record<string, unknown>)[name], within);
  }
}

const tooManyObjects = () =>
  new CallerError(
    'INVALID_INPUT',
    `The variables hold more than ${MOST_OBJECTS} objects. Ask for fewer things in one operation.`,
  );

const tooManyMembers = (variable: string) =>
  new CallerError(
    'INVALID_INPUT',
    `An object in the variable $${variable} has more than ${MOST_MEMBERS} members; no input type has as many.`,
  );
