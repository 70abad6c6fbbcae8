/** How many calls to panels one request may still cause, to all panels together. */
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

  get left(): number {
    return this.limit - this.#spent;
  }

  /** Takes `count` calls; false, and nothing is taken, where fewer are left. */
  take(count = 1): boolean {
    if (count > this.left) return false;
    this.#spent += count;
    return true;
  }
}

/** For work that no request asks for, such as the tracker's, which has a pace of its own. */
export const UNLIMITED_CALLS = new CallAllowance(Number.POSITIVE_INFINITY);
