/** Hints that something was committed, here or in another gateway. */

/** What a hint is about. */
export type ChangeTopic = 'orders' | 'placements';

/** Hints may be lost or doubled: only reading the ledger tells what has changed. */
export interface ChangeFeed {
  /** Returns at once and never throws: a hint that cannot be given is dropped. */
  notify(topic: ChangeTopic): void;
  /**
   * Calls back at each hint, and for every topic after each reconnect, since hints may have been missed. The result
   * unsubscribes.
   */
  subscribe(callback: (topic: ChangeTopic) => void): () => void;
}

export interface OpenChangeFeed extends ChangeFeed {
  close(): Promise<void>;
}

/** Hints within this process, for a ledger that is not shared. */
export function createLocalFeed(): OpenChangeFeed {
  const listeners = createListeners();
  return {
    notify: listeners.tell,
    subscribe: listeners.add,
    close: async () => listeners.clear(),
  };
}

export interface ChangeListeners {
  add(callback: (topic: ChangeTopic) => void): () => void;
  /** Calls back in a later turn of the event loop, so that no listener runs in the middle of the code that notifies. */
  tell(topic: ChangeTopic): void;
  clear(): void;
}

export function createListeners(): ChangeListeners {
  const callbacks = new Set<(topic: ChangeTopic) => void>();
  return {
    add: (callback) => {
      // A new function each time, so that one callback may subscribe twice.
      const entry = (topic: ChangeTopic): void => callback(topic);
      callbacks.add(entry);
      return () => void callbacks.delete(entry);
    },
    tell: (topic) => {
      setImmediate(() => {
        for (const callback of callbacks) callback(topic);
      });
    },
    clear: () => callbacks.clear(),
  };
}
