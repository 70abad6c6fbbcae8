/** The requests that are being served, so that a shutdown can wait for them. */
export interface RequestUnderWay {
  /** Whether a mutation of it runs now: nothing but its own end may end that. */
  isSpending: boolean;
}

/** Counts requests in and out and tells when none is left. */
export class RequestsUnderWay {
  readonly #requests = new Set<RequestUnderWay>();
  readonly #waiting = new Set<() => void>();

  begin(): RequestUnderWay {
    const request: RequestUnderWay = { isSpending: false };
    this.#requests.add(request);
    return request;
  }

  /** It has run; its answer may still be on the way. */
  executed(request: RequestUnderWay): void {
    request.isSpending = false;
    this.#check();
  }

  end(request: RequestUnderWay): void {
    this.#requests.delete(request);
    this.#check();
  }

  /** Resolves when no request is left, or with `spendingOnly` no mutation that runs. */
  none({ spendingOnly = false } = {}): Promise<void> {
    const isNone = () => !this.#requests.values().some((request) => request.isSpending || !spendingOnly);
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
