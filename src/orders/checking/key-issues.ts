/**
 * Checks that every store can keep an idempotency key and a reference exactly as they are given. What no store can keep is
 * not looked up either.
 */
import { CallerError, type InputIssue } from '../../domain/errors.ts';
import { isStorable } from './text-problems.ts';

const MAX_KEY_LENGTH = 255;
const MAX_REFERENCE_LENGTH = 1000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it finds
const CONTROL = /[\u0000-\u001f\u007f]/;

export function findKeyIssues(input: {
  readonly idempotencyKey: string | null;
  readonly reference: string | null;
}): InputIssue[] {
  const problems = { idempotencyKey: keyProblem(input.idempotencyKey), reference: referenceProblem(input.reference) };
  return Object.entries(problems).flatMap(([name, message]) => (message === null ? [] : [{ path: [name], message }]));
}

/** @throws CallerError INVALID_INPUT for a text that is no key */
export function assertKey(idempotencyKey: string): void {
  refuse(['idempotencyKey'], keyProblem(idempotencyKey));
}

/** @throws CallerError INVALID_INPUT for a text that is no reference, naming `path` */
export function assertReference(reference: string, path: readonly string[]): void {
  refuse(path, referenceProblem(reference));
}

function keyProblem(key: string | null): string | null {
  if (key === null) return null;
  const isKey = key.length <= MAX_KEY_LENGTH && key.trim() !== '' && !CONTROL.test(key) && isStorable(key);
  return isKey ? null : `It must be 1 to ${MAX_KEY_LENGTH} characters without control characters.`;
}

function referenceProblem(reference: string | null): string | null {
  if (reference === null) return null;
  const isReference = reference.length <= MAX_REFERENCE_LENGTH && isStorable(reference);
  return isReference ? null : `It must be at most ${MAX_REFERENCE_LENGTH} characters, without NUL.`;
}

function refuse(path: readonly string[], message: string | null): void {
  if (message !== null) throw new CallerError('INVALID_INPUT', `${path.join('.')}: ${message}`, [{ path, message }]);
}
