/** Counts the requests that are being served, so that a shutdown can wait for them. */
import type { ServerResponse } from 'node:http';

export class RequestsUnderWay {
  /** Whether a mutation of each runs now. */
  readonly #isSpending = new Map<ServerResponse, boolean>();
  readonly #waiting = new Set<() => void>();

  begin(response: ServerResponse): void {
    this.#isSpending.set(response, false);
  }

  /** The responses whose answers are not out yet. */
  get responses(): Iterable<ServerResponse> {
    return this.#isSpending.keys();
  }

  /** A mutation of it begins to run. Only its own end may end that. */
  spend(response: ServerResponse): void {
    if (this.#isSpending.has(response)) this.#isSpending.set(response, true);
  }

  /** The request has run; its answer may still be on the way. */
  executed(response: ServerResponse): void {
    this.#isSpending.set(response, false);
    this.#check();
  }

  end(response: ServerResponse): void {
    this.#isSpending.delete(response);
    this.#check();
  }

  /** Resolves when no request is left, or with `spendingOnly` when no mutation runs. */
  none({ spendingOnly = false } = {}): Promise<void> {
    const isNone = () => !this.#isSpending.values().some((isSpending) => isSpending || !spendingOnly);
    if (isNone()) return Promise.resolve();
    return new Promise((resolve) => {
      const check = () => {
        if (!isNone()) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
    });
  }

  #check(): void {
    for (const check of this.#waiting) check();
  }
}
