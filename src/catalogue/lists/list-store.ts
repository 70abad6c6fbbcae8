/** Keeps lists of services in the key-value store. A store that fails, hangs or holds nonsense counts as empty. */
import type { Clock } from '../../domain/time/clock.ts';
import { type CacheLog, sparingly } from '../../storage/cache/cache-store.ts';
import { type DatedList, decodeStoredList, encodeStoredList, readStoredHead } from './stored-list.ts';

/** The methods of keyv that are used. */
export interface KeyValueStore {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown, ttlMs?: number): Promise<unknown>;
}

/** The place of a panel's list. Another account or address under the same panel id has another list. */
export interface ListKey {
  readonly panel: string;
  readonly cacheKey: string;
}

export interface ListStoreOptions {
  readonly store: KeyValueStore;
  /** How long a list may be served. */
  readonly keepForMs: number;
  /** How long one read or write may take. Default 2000. */
  readonly timeoutMs?: number;
  /** A clock that never goes back: a list that has expired must not become fresh again. */
  readonly clock: Clock;
  readonly log: CacheLog;
}

const DEFAULT_TIMEOUT_MS = 2_000;
/** How long the store is not used after it has hung, so that not every query waits for it. */
const PAUSE_AFTER_HANG_MS = 5_000;
/** The most that the clocks of two gateways may differ. A list from further in the future has no known age. */
const CLOCK_SKEW_MS = 5_000;

class StoreTimeoutError extends Error {}

export class ListStore {
  readonly #store: KeyValueStore;
  readonly #keepForMs: number;
  readonly #timeoutMs: number;
  readonly #clock: Clock;
  readonly #log: CacheLog;
  #pausedUntil = Number.NEGATIVE_INFINITY;

  constructor({ store, keepForMs, timeoutMs = DEFAULT_TIMEOUT_MS, clock, log }: ListStoreOptions) {
    this.#store = store;
    this.#keepForMs = Math.max(1, Math.ceil(keepForMs));
    this.#timeoutMs = timeoutMs;
    this.#clock = clock;
    this.#log = sparingly(log, clock);
  }

  /** The stored list, where it is newer than `newerThan` (ms since 1970); else null. Never throws. */
  async read(key: ListKey, newerThan = Number.NEGATIVE_INFINITY): Promise<DatedList | null> {
    const value = await this.#attempt('read', () => this.#store.get(storeKey(key)));
    const head = readStoredHead(value);
    if (!head || head.fetchedAt <= newerThan || head.fetchedAt > this.#clock.now() + CLOCK_SKEW_MS) return null;
    const list = await decodeStoredList(value, key.panel);
    return list && { ...list, fetchedAt: Math.min(list.fetchedAt, this.#clock.now()) };
  }

  /** Stores a list. Never throws. */
  async write(key: ListKey, list: DatedList): Promise<void> {
    if (this.#isPaused()) return;
    const value = await encodeStoredList(list);
    await this.#attempt('written', async () => {
      if ((await this.#store.set(storeKey(key), value, this.#keepForMs)) === false) throw new Error('Not stored.');
    });
  }

  #isPaused(): boolean {
    return this.#clock.now() < this.#pausedUntil;
  }

  async #attempt<T>(verb: 'read' | 'written', work: () => Promise<T>): Promise<T | undefined> {
    if (this.#isPaused()) return undefined;
    try {
      return await within(this.#timeoutMs, work);
    } catch (error) {
      if (error instanceof StoreTimeoutError) this.#pausedUntil = this.#clock.now() + PAUSE_AFTER_HANG_MS;
      this.#log(`The list of services could not be ${verb} in the cache; the gateway goes on without it.`, error);
      return undefined;
    }
  }
}

/** `v2` is the version of the stored shape: a gateway does not read lists of another version. */
function storeKey({ panel, cacheKey }: ListKey): string {
  return `services:v2:${panel}:${cacheKey}`;
}

/** Settles as `work` does, or rejects with a StoreTimeoutError. A later result is dropped. */
function within<T>(timeoutMs: number, work: () => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new StoreTimeoutError(`No answer within ${timeoutMs} ms.`)), timeoutMs);
    const done = () => clearTimeout(timer);
    (async () => work())().then(resolve, reject).finally(done);
  });
}
