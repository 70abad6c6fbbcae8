/** How many calls to panels one request may still cause, to all panels together. */
import { ProviderError } from '../../domain/errors.ts';

export class CallAllowance {
  /** The most calls; infinite for work that is not a request's. */
  readonly limit: number;
  #spent = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  get spent(): number {
    return this.#spent;
  }

  /** Negative where more was spent than is allowed: see `note`. */
  get left(): number {
    return this.limit - this.#spent;
  }

  /** Takes `count` calls; false, and nothing is taken, where fewer are left. */
  take(count = 1): boolean {
    if (count > this.left) return false;
    this.#spent += count;
    return true;
  }

  /** Counts a call that has to be made even where none is left: the evidence for what became of an order. */
  note(): void {
    this.#spent += 1;
  }
}

/** For work that no request asks for, such as the tracker's, which has a pace of its own. */
export const UNLIMITED_CALLS = new CallAllowance(Number.POSITIVE_INFINITY);

/** A call that was not made, since its request may cause no more. It says nothing of the panel. */
export class NoCallsLeftError extends ProviderError {
  constructor(call: { readonly panel: string; readonly action: string }) {
    const message =
      'Nothing was sent for this item: the request has used up the calls to panels that it may cause ' +
      '(`limits.panelCalls`). Repeat it with fewer items.';
    super({ ...call, outcome: 'not-sent', code: 'RATE_LIMITED', message });
  }
}
