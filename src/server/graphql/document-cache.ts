/**
 * Keeps what was made of the operations that were used last. Yoga's own cache takes texts of any length: a client that
 * sends a new text of a megabyte each time would make it grow to a gigabyte.
 */
import { LRUCache } from 'lru-cache';

const MAX_ENTRIES = 1000;
/** Operations that people and their tools write are far shorter; a longer one is parsed each time. */
const MAX_TEXT_LENGTH = 10_000;

export interface DocumentCache<Value> {
  get(text: string): Value | undefined;
  set(text: string, value: Value): void;
}

export function createDocumentCache<Value extends object>(): DocumentCache<Value> {
  const entries = new LRUCache<string, Value>({ max: MAX_ENTRIES });
  return {
    get: (text) => entries.get(text),
    set: (text, value) => {
      if (text.length <= MAX_TEXT_LENGTH) entries.set(text, value);
    },
  };
}
