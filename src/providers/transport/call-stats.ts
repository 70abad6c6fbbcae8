/** How the recent calls of one panel went. */
const KEPT_CALLS = 200;

export interface CallStatsSnapshot {
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
  /** 0 to 1; null before the first call. */
  readonly errorRate: number | null;
  readonly lastSuccessAt: Date | null;
  readonly lastError: string | null;
}

export class CallStats {
  readonly #latencies: number[] = [];
  readonly #failed: boolean[] = [];
  #next = 0;
  #lastSuccessAt: number | null = null;
  #lastError: string | null = null;
  /** As long as no call is counted: one request may ask for it a thousand times. */
  #snapshot: CallStatsSnapshot | null = null;

  /** Counts one call; `error` is the sentence of a failure. */
  record(call: { readonly at: number; readonly ms: number; readonly error: string | null }): void {
    this.#snapshot = null;
    this.#latencies[this.#next] = call.ms;
    this.#failed[this.#next] = call.error !== null;
    this.#next = (this.#next + 1) % KEPT_CALLS;
    if (call.error === null) this.#lastSuccessAt = call.at;
    else this.#lastError = call.error;
  }

  snapshot(): CallStatsSnapshot {
    this.#snapshot ??= this.#sumUp();
    return this.#snapshot;
  }

  #sumUp(): CallStatsSnapshot {
    const count = this.#latencies.length;
    const sorted = [...this.#latencies].sort((left, right) => left - right);
    const at = (share: number): number | null => sorted[Math.min(count - 1, Math.floor(count * share))] ?? null;
    return {
      latencyP50Ms: at(0.5),
      latencyP95Ms: at(0.95),
      errorRate: count === 0 ? null : this.#failed.filter(Boolean).length / count,
      lastSuccessAt: this.#lastSuccessAt === null ? null : new Date(this.#lastSuccessAt),
      lastError: this.#lastError,
    };
  }
}
