/** Which request pays for a spare call of a batch, which may hold numbers of several requests. */
import type { CallAllowance } from '../../pacing/call-allowance.ts';
import type { Priority, SpareCalls } from '../../provider.ts';
import type { PendingLookup } from './waiting-lookups.ts';

export class BatchPayers<T> implements SpareCalls {
  readonly #open: ReadonlyMap<string, PendingLookup<T>>;

  /** `open` holds the look-ups of the batch that have no result yet. */
  constructor(open: ReadonlyMap<string, PendingLookup<T>>) {
    this.#open = open;
  }

  /**
   * The first request that has a call left pays. Numbers of requests that have none are left out: they must not cost
   * others further calls.
   */
  take(numbers: readonly string[]): readonly string[] {
    const payer = this.#findPayer(numbers);
    if (!payer) return [];
    return numbers.filter((number) => {
      const own = this.#open.get(number)?.payer;
      return own !== undefined && (own === payer || own.left > 0);
    });
  }

  priorityOf(number: string): Priority {
    return this.#open.get(number)?.priority ?? 'tracker';
  }

  #findPayer(numbers: readonly string[]): CallAllowance | undefined {
    for (const number of numbers) {
      const payer = this.#open.get(number)?.payer;
      if (payer?.take()) return payer;
    }
    return undefined;
  }
}
