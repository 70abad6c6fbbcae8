/** The allowance of one request: how many calls it may cause, to all panels together. */
import { ProviderError } from '../../domain/errors.ts';

export class CallAllowance {
  /** Infinite for work that is not a request's. */
  readonly limit: number;
  #spent = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  get spent(): number {
    return this.#spent;
  }

  /** How many calls may still be taken. Negative after `note` has counted more than the limit. */
  get left(): number {
    return this.limit - this.#spent;
  }

  /** Takes `count` calls; false, and nothing is taken, where fewer are left. */
  take(count = 1): boolean {
    if (count > this.left) return false;
    this.#spent += count;
    return true;
  }

  /** Counts a call that is made even where none is left: one that asks for evidence of what became of an order. */
  note(): void {
    this.#spent += 1;
  }
}

/** For work that is not a request's, such as the tracker's, which has a pace of its own. */
export const UNLIMITED_CALLS = new CallAllowance(Number.POSITIVE_INFINITY);

/** A call was not made, since its request has none left. That says nothing about the panel. */
export class NoCallsLeftError extends ProviderError {
  constructor(call: { readonly panel: string; readonly action: string }) {
    const message =
      'Nothing was sent for this item: the operation has used up the calls to panels that it may cause ' +
      '(limits.panelCalls). Repeat it with fewer items.';
    super({ ...call, outcome: 'not-sent', code: 'RATE_LIMITED', message });
  }
}
