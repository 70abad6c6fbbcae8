/** Writes that must not be lost. A write that fails is repeated until the store has taken it, while its caller goes on. */
import { StoreUnavailableError } from '../domain/errors.ts';
import { pause } from '../domain/time/pause.ts';

export interface PersistentWritesOptions {
  /** Called at each failure with what waits to be written, so that it does not stand in the memory of the process alone. */
  readonly onFailure: (what: object, error: StoreUnavailableError) => void;
  /** Milliseconds between two attempts. Default 1,000. */
  readonly retryMs?: number;
  /** How long a write is still repeated after `giveUpSoon`, in ms. Default 10,000. */
  readonly lastTriesMs?: number;
}

export type WriteResult<T> =
  | { readonly isStored: true; readonly value: T }
  /** The store is away. `later` resolves to the value once it is written, or to null once the attempts have ended. */
  | { readonly isStored: false; readonly later: Promise<T | null> };

export class PersistentWrites {
  readonly #options: PersistentWritesOptions;
  #triesUntil = Number.POSITIVE_INFINITY;

  constructor(options: PersistentWritesOptions) {
    this.#options = options;
  }

  /** Attempts the write at once; repeats it in the background if the store is away. `write` must be safe to repeat. */
  async write<T>(what: object, write: () => Promise<T>): Promise<WriteResult<T>> {
    try {
      return { isStored: true, value: await write() };
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      this.#options.onFailure(what, error);
      return { isStored: false, later: this.#repeat(what, write) };
    }
  }

  /** Ends the attempts after `lastTriesMs`, since the process is about to end. */
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
