/** Conversions between rows and records that every table uses. */

/** A whole number of milliseconds. Intervals with jitter have fractions, which a bigint column does not take. */
export function wholeMs(value: number): number;
export function wholeMs(value: number | null): number | null;
export function wholeMs(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}

/** Text without the NUL character, which some panels send and PostgreSQL cannot store. */
export function storable(text: string): string;
export function storable(text: string | null): string | null;
export function storable(text: string | null): string | null {
  return text === null ? null : text.replaceAll('\u0000', '');
}

/** The value of a column that holds one of a few words. @throws Error for any other value */
export function decodeWord<Word extends string>(words: readonly Word[], value: string, column: string): Word {
  const word = words.find((known) => known === value);
  if (word === undefined) throw new Error(`The ledger holds ${JSON.stringify(value)} in ${column}.`);
  return word;
}

/** What was found for each key, in the order of the keys; null where nothing was. */
export function inOrderOf<T>(keys: readonly string[], found: readonly T[], keyOf: (item: T) => string): (T | null)[] {
  const byKey = new Map(found.map((item) => [keyOf(item), item]));
  return keys.map((key) => byKey.get(key) ?? null);
}

/** Well below the 32,766 parameters that SQLite takes in one statement. */
const LIST_SIZE = 1_000;

/** Cuts a list, without its repetitions, into parts that are short enough for one statement. */
export function parts(values: readonly string[], size: number = LIST_SIZE): string[][] {
  const distinct = [...new Set(values)];
  return Array.from({ length: Math.ceil(distinct.length / size) }, (_, part) =>
    distinct.slice(part * size, (part + 1) * size),
  );
}
