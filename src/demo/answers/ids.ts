import { Refused } from '../refused.ts';

/** The most ids of one call (docs/panel-protocol.md, "The call"). */
export const MOST_IDS = 100;

/** Splits a list of ids at its commas. Throws {@link Refused} for none, or more than 100: such a call is refused whole. */
export function splitIds(text: string): string[] {
  const ids = text
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  if (ids.length === 0 || ids.length > MOST_IDS) throw new Refused('Incorrect request');
  return ids;
}

/** An id as multi answers print it: a number, or the text as it came if it is none. */
export function printedId(id: string): number | string {
  return numericId(id) ?? id;
}

/** The number of an id text, or null if it is no whole number. */
export function numericId(id: string): number | null {
  return /^\d{1,15}$/.test(id) ? Number(id) : null;
}

/** The answer of `read`, or its refusal as the `{"error"}` that stands for one id among many. */
export function orError<T>(read: () => T): T | { error: string } {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refused) return { error: error.message };
    throw error;
  }
}
