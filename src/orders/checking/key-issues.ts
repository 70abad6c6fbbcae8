/** Checks that every store can keep an idempotency key and a reference exactly as they are given. */
import type { InputIssue } from '../../domain/errors.ts';

const MAX_KEY_LENGTH = 255;
const MAX_REFERENCE_LENGTH = 1000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it finds
const CONTROL = /[\u0000-\u001f\u007f]/;

export function findKeyIssues(input: {
  readonly idempotencyKey: string | null;
  readonly reference: string | null;
}): InputIssue[] {
  const { idempotencyKey, reference } = input;
  const issues: InputIssue[] = [];
  if (idempotencyKey !== null) {
    const isKept =
      idempotencyKey.trim() !== '' && idempotencyKey.length <= MAX_KEY_LENGTH && !CONTROL.test(idempotencyKey);
    const message = `It must be 1 to ${MAX_KEY_LENGTH} characters without control characters.`;
    if (!isKept || !idempotencyKey.isWellFormed()) issues.push({ path: ['idempotencyKey'], message });
  }
  if (
    reference !== null &&
    (reference.length > MAX_REFERENCE_LENGTH || reference.includes('\0') || !reference.isWellFormed())
  ) {
    issues.push({
      path: ['reference'],
      message: `It must be at most ${MAX_REFERENCE_LENGTH} characters, without NUL.`,
    });
  }
  return issues;
}
