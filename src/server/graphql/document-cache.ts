/**
 * The cache of parsed documents. Yoga's own holds a thousand texts of any length, which a client that sends new
 * megabytes each time turns into gigabytes.
 */
const MAX_ENTRIES = 1000;
/** Operations written by people and their tools are far below; longer ones are parsed each time. */
const MAX_TEXT_LENGTH = 10_000;

export interface DocumentCache<Value> {
  get(text: string): Value | undefined;
  set(text: string, value: Value): void;
}

/** Keeps what was made of the thousand short texts that were used last. */
export function createDocumentCache<Value>(): DocumentCache<Value> {
  const entries = new Map<string, Value>();
  return {
    get(text) {
      const value = entries.get(text);
      if (value === undefined) return undefined;
      // A Map keeps the order of insertion, so that the first key is the one unused for longest.
      entries.delete(text);
      entries.set(text, value);
      return value;
    },
    set(text, value) {
      if (text.length > MAX_TEXT_LENGTH) return;
      if (entries.size >= MAX_ENTRIES) entries.delete(entries.keys().next().value!);
      entries.set(text, value);
    },
  };
}
