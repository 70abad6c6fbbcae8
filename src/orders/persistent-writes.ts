/** Writes that must not be lost: repeated until the store has them, while the caller goes on. */
import { StoreUnavailableError } from '../domain/errors.ts';
import { pause } from '../domain/time/pause.ts';

export interface PersistentWritesOptions {
  /** Told at each failure what waits to be written, so that nothing is known to the memory of a process alone. */
  readonly onFailure: (what: object, error: StoreUnavailableError) => void;
  /** Milliseconds between two tries; 1,000 by default. */
  readonly retryMs?: number;
  /** How long after `giveUpSoon` a write is still tried; 10,000 by default. */
  readonly lastTriesMs?: number;
}

export type WriteResult<T> =
  | { readonly isStored: true; readonly value: T }
  /** The store is away; `later` resolves to the value when it has been written after all, or to null if given up. */
  | { readonly isStored: false; readonly later: Promise<T | null> };

export class PersistentWrites {
  readonly #options: PersistentWritesOptions;
  #triesUntil = Number.POSITIVE_INFINITY;

  constructor(options: PersistentWritesOptions) {
    this.#options = options;
  }

  /** Tries once now, and then on until the store has it. `write` must be safe to repeat. */
  async write<T>(what: object, write: () => Promise<T>): Promise<WriteResult<T>> {
    try {
      return { isStored: true, value: await write() };
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      this.#options.onFailure(what, error);
      return { isStored: false, later: this.#repeat(what, write) };
    }
  }

  /** The process is about to end: what waits is tried a little longer. */
  giveUpSoon(): void {
    this.#triesUntil = Date.now() + (this.#options.lastTriesMs ?? 10_000);
  }

  async #repeat<T>(what: object, write: () => Promise<T>): Promise<T | null> {
    while (Date.now() < this.#triesUntil) {
      await pause(this.#options.retryMs ?? 1000);
      try {
        return await write();
      } catch (error) {
        if (!(error instanceof StoreUnavailableError)) throw error;
        this.#options.onFailure(what, error);
      }
    }
    return null;
  }
}
