/**
 * The pace at one panel: the configured rate, or one found from its refusals and kept, probed upwards slowly.
 * Half of what was let through in the second before a refusal would starve the callers, all of it would be refused
 * again: nine tenths of it settles after a few refusals.
 */
const WINDOW_MS = 1000;
const DECREASE = 0.9;
/** Without a refusal for so long, the learned rate grows by one twentieth. */
const GROW_AFTER_MS = 10_000;
const GROWTH = 1.05;
const MIN_RATE = 0.2;
const DEFAULT_PAUSE_MS = 1000;
const MAX_PAUSE_MS = 120_000;
const HEADROOM = 1.03;

export class LearnedRate {
  readonly #configured: number;
  #learned = Number.POSITIVE_INFINITY;
  #changedAt = 0;
  #pausedUntil = 0;
  #sentAt: number[] = [];

  constructor(configuredPerSecond: number | undefined) {
    this.#configured = configuredPerSecond ?? Number.POSITIVE_INFINITY;
  }

  /** Milliseconds between two calls; 0 where no limit is known. */
  intervalMs(now: number): number {
    if (this.#learned !== Number.POSITIVE_INFINITY && now - this.#changedAt > GROW_AFTER_MS) {
      this.#learned *= GROWTH;
      this.#changedAt = now;
    }
    const rate = Math.min(this.#configured, this.#learned);
    return rate === Number.POSITIVE_INFINITY ? 0 : (1000 / rate) * HEADROOM;
  }

  /** Instant until which no call goes, after a refusal. */
  pausedUntil(): number {
    return this.#pausedUntil;
  }

  /** A call goes out. */
  sent(now: number): void {
    this.#sentAt.push(now);
    if (this.#sentAt.length > 64) this.#forgetOld(now);
  }

  /** The panel refused a call as one too many; `retryAfterMs` is what it asked for. */
  refused(now: number, retryAfterMs: number | null): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, now + Math.min(retryAfterMs ?? DEFAULT_PAUSE_MS, MAX_PAUSE_MS));
    // Calls that were under way together are refused together: one lesson.
    if (now - this.#changedAt < WINDOW_MS) return;
    this.#forgetOld(now);
    const observed = Math.max(1, this.#sentAt.length - 1) * (1000 / WINDOW_MS);
    this.#learned = Math.max(MIN_RATE, Math.min(this.#learned, observed) * DECREASE);
    this.#changedAt = now;
  }

  #forgetOld(now: number): void {
    this.#sentAt = this.#sentAt.filter((at) => now - at <= WINDOW_MS);
  }
}
