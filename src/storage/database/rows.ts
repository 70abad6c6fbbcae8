/** Small conversions between rows and records, used by every table. */

/** A whole number of milliseconds: an interval with jitter has fractions, and a bigint column takes none. */
export function wholeMs(value: number): number;
export function wholeMs(value: number | null): number | null;
export function wholeMs(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}

/** Text without the NUL character, which PostgreSQL cannot keep and some panels send. */
export function storable(text: string): string;
export function storable(text: string | null): string | null;
export function storable(text: string | null): string | null {
  return text === null ? null : text.replaceAll('\u0000', '');
}

/** One of the words that a column may hold. @throws where the row was not written by this gateway */
export function oneOf<Word extends string>(words: readonly Word[], value: string, column: string): Word {
  const word = words.find((known) => known === value);
  if (word === undefined) throw new Error(`The ledger holds ${JSON.stringify(value)} in ${column}.`);
  return word;
}

/** A row for each key, in the order of the keys; null where there is none. */
export function inOrderOf<T>(keys: readonly string[], found: readonly T[], keyOf: (item: T) => string): (T | null)[] {
  const byKey = new Map(found.map((item) => [keyOf(item), item]));
  return keys.map((key) => byKey.get(key) ?? null);
}

/** SQLite takes at most 32,766 parameters a statement. */
const LIST_SIZE = 1_000;

/** Cuts a list without doubles into parts that one statement takes. */
export function parts(values: readonly string[], size: number = LIST_SIZE): string[][] {
  const distinct = [...new Set(values)];
  return Array.from({ length: Math.ceil(distinct.length / size) }, (_, part) =>
    distinct.slice(part * size, (part + 1) * size),
  );
}
