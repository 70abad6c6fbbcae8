/**
 * Keeps what was made of the operations that were used last, within a bound of memory. Yoga's own cache takes
 * a thousand texts of any length: a client that sends a new text of a megabyte each time would make it grow to gigabytes.
 */
import { LRUCache } from 'lru-cache';

/** Operations that people and their tools write are far shorter; a longer one is parsed each time. */
const LONGEST_TEXT = 10_000;

/** What any entry takes besides, counted in characters. */
const CHARACTERS_OF_ANY = 100;

export interface DocumentCache<Value> {
  get(text: string): Value | undefined;
  set(text: string, value: Value): void;
}

export interface DocumentCacheOptions<Value> {
  /** The sum of weights; beyond it, what was used longest ago is let go. */
  readonly most: number;
  /** A whole number above 0. By default an entry weighs the length of its text and CHARACTERS_OF_ANY. */
  readonly weigh?: (value: Value) => number;
}

export function createDocumentCache<Value extends object>(options: DocumentCacheOptions<Value>): DocumentCache<Value> {
  const { most: maxSize, weigh } = options;
  const entries = new LRUCache<string, Value>({
    maxSize,
    sizeCalculation: (value, text) => weigh?.(value) ?? text.length + CHARACTERS_OF_ANY,
  });
  return {
    get: (text) => entries.get(text),
    set: (text, value) => {
      if (text.length <= LONGEST_TEXT) entries.set(text, value);
    },
  };
}
