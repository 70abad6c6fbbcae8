/**
 * The pace at one panel: the configured rate, or one found from its refusals and kept. What the panel let pass in
 * the second before a refusal is its limit; where it goes on refusing after a pause, its window is longer (many
 * count by the minute), and what it let pass in the last minute is. Above a limit that was found the rate is only
 * tried now and then; after a refusal that cannot be its limit (few calls went out) it is back within seconds.
 */
const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
/** Refusals in a row, each after a pause, that tell of a window longer than a second. */
const LONG_WINDOW_AFTER = 3;
/** What is kept of a limit: the panel's clock and ours do not agree to the millisecond. */
const SHARE = 0.95;
/** Calls arrive a little closer together, or further apart, than they were sent. */
const JITTER = 1.05;
const HEADROOM = 1.03;
/** The share of the rate that must be in use for it to be the limit, and to be tried higher. */
const IN_USE = 0.8;
const SEARCHING = { growth: 1.25, afterMs: SECOND_MS };
const FOUND = { growth: 1.05, afterMs: 30_000, mostMs: 300_000 };
/** Refusals that follow each other within so long are of one rate: one may be jitter, more say that it is too high. */
const SOON_MS = 5000;
const MIN_RATE = 0.2;
/** A rate seen over fewer calls is chance. */
const FEW_CALLS = 5;
const FEW_A_MINUTE = 30;
/** A second, and what a panel may count a call later than it was sent, by a connection that had to be made. */
const WAIT_FOR_ROOM_MS = 1100;
const FIRST_PAUSE_MS = 50;
const NEXT_PAUSE_MS = 500;
const MAX_PAUSE_MS = 30_000;
/** A panel that asks for hours is asked again earlier: it may mean another call than the next one. */
const MAX_ASKED_PAUSE_MS = 120_000;
/** More than a limit by the minute can matter for. */
const KEPT_CALLS = 1000;

export interface RateRefusal {
  /** When the refused call went out. */
  readonly sentAt: number;
  /** When its answer came. */
  readonly now: number;
  /** What the panel asked for, in ms; null where it did not say. */
  readonly retryAfterMs: number | null;
}

export class LearnedRate {
  readonly #configured: number;
  #learned = Number.POSITIVE_INFINITY;
  /** Calls that went out and were not refused, oldest first. */
  #passed: number[] = [];
  /** When the latest lesson was learned. */
  #lessonAt = Number.NEGATIVE_INFINITY;
  /** How many lessons in a row came soon after the one before. */
  #soonInRow = 0;
  #triedAt = 0;
  #tryAfterMs = FOUND.afterMs;
  #isFound = false;
  #isFirst = false;
  #refusalsInRow = 0;
  #pausedUntil = 0;

  constructor(configuredPerSecond: number | undefined) {
    this.#configured = configuredPerSecond ?? Number.POSITIVE_INFINITY;
  }

  /** Milliseconds between two calls; 0 where no limit is known. */
  get intervalMs(): number {
    const rate = Math.min(this.#configured, this.#learned);
    return rate === Number.POSITIVE_INFINITY ? 0 : (SECOND_MS / rate) * HEADROOM;
  }

  /** Instant until which no call goes, after a refusal. */
  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  /** How many calls went out in the second that ends at an instant, without those refused. */
  passedBefore(at: number): number {
    return this.#count(at, SECOND_MS);
  }

  /** A call goes out. */
  sent(now: number): void {
    this.#passed.push(now);
    if (this.#passed.length >= 2 * KEPT_CALLS) this.#passed = this.#passed.slice(-KEPT_CALLS);
    if (this.#learned !== Number.POSITIVE_INFINITY) this.#tryHigher(now);
  }

  /** A call that was to go out at an instant goes out now. */
  departed(sentAt: number, now: number): void {
    if (this.#dropLatest(sentAt)) this.#passed.push(now);
  }

  /** A call that was to go out at an instant did not. */
  withdrawn(sentAt: number): void {
    const index = this.#passed.lastIndexOf(sentAt);
    if (index >= 0) this.#passed.splice(index, 1);
  }

  /** The panel answered a call with something else than "too many". */
  accepted(sentAt: number): void {
    if (sentAt > this.#lessonAt) this.#refusalsInRow = 0;
  }

  /** The panel refused a call as one too many. */
  refused({ sentAt, now, retryAfterMs }: RateRefusal): void {
    this.#dropLatest(sentAt);
    // Calls that were under way together are refused together: one lesson, which each makes more exact.
    const isNews = sentAt > this.#lessonAt;
    if (isNews) {
      this.#refusalsInRow += 1;
      this.#soonInRow = now - this.#lessonAt < SOON_MS ? this.#soonInRow + 1 : 0;
      this.#lessonAt = now;
    }
    this.#learn(sentAt, now, isNews);
    this.#pausedUntil = Math.max(this.#pausedUntil, now + this.#pauseMs(now, retryAfterMs));
  }

  /** Counts the latest call no more that went out by an instant; false where there is none. */
  #dropLatest(until: number): boolean {
    const index = this.#passed.findLastIndex((at) => at <= until);
    if (index >= 0) this.#passed.splice(index, 1);
    return index >= 0;
  }

  #learn(sentAt: number, now: number, isNews: boolean): void {
    const passed = Math.max(1, this.#count(sentAt, SECOND_MS * JITTER));
    if (!isNews) {
      if (this.#isFirst) this.#learned = Math.min(this.#learned, passed * SHARE);
      return;
    }
    const current = Math.min(this.#configured, this.#learned);
    this.#isFirst = current === Number.POSITIVE_INFINITY;
    const wasFound = this.#isFound;
    if (this.#refusalsInRow >= LONG_WINDOW_AFTER) {
      const inMinute = this.#count(sentAt, MINUTE_MS);
      this.#isFound = inMinute >= FEW_A_MINUTE;
      this.#learned = Math.min(current, (inMinute / 60) * SHARE);
    } else if (this.#isFirst) {
      this.#isFound = passed >= FEW_CALLS;
      this.#learned = passed * SHARE;
    } else {
      this.#isFound = passed >= current * IN_USE;
      const share = SHARE ** Math.max(1, this.#soonInRow);
      // A refusal out of the blue is not worth more than half of what went well before.
      const least = current * (this.#isFound ? IN_USE : 0.5);
      this.#learned = Math.max(Math.min(current * share, passed), least);
    }
    this.#learned = Math.max(MIN_RATE, Math.min(current, this.#learned));
    this.#tryAfterMs = this.#isFound && wasFound ? Math.min(this.#tryAfterMs * 2, FOUND.mostMs) : FOUND.afterMs;
    this.#triedAt = now;
  }

  /**
   * What the panel asks for, else until the second that was refused has room; longer with each refusal after that.
   * Retry-After knows whole seconds only: where it asks for one, and the limit was just seen, room within it is taken.
   */
  #pauseMs(now: number, retryAfterMs: number | null): number {
    const again = this.#refusalsInRow - 2;
    const leastMs = again < 0 ? 0 : Math.min(NEXT_PAUSE_MS * 2 ** again, MAX_PAUSE_MS);
    const askedMs = retryAfterMs === null ? null : Math.min(retryAfterMs, MAX_ASKED_PAUSE_MS);
    if (leastMs > 0) return Math.max(leastMs, askedMs ?? 0);
    if (askedMs === null) return this.#untilRoomMs(now);
    return askedMs <= SECOND_MS && this.#isFound ? Math.min(askedMs, this.#untilRoomMs(now)) : askedMs;
  }

  #untilRoomMs(now: number): number {
    const oldest = this.#passed.at(-Math.max(1, Math.floor(this.#learned))) ?? now - SECOND_MS;
    return Math.max(FIRST_PAUSE_MS, oldest + WAIT_FOR_ROOM_MS - now);
  }

  #tryHigher(now: number): void {
    const afterMs = this.#isFound ? this.#tryAfterMs : SEARCHING.afterMs;
    if (now - this.#triedAt < afterMs || this.#refusalsInRow > 0) return;
    // A rate that nobody needs is not tried: what was found is kept through quiet hours.
    const windowMs = Math.max(SECOND_MS, (3 * SECOND_MS) / this.#learned);
    if (this.#count(now, windowMs) < Math.floor(this.#learned * (windowMs / SECOND_MS) * IN_USE)) return;
    this.#learned *= this.#isFound ? FOUND.growth : SEARCHING.growth;
    this.#triedAt = now;
  }

  /** Calls in `(until - windowMs, until]`. */
  #count(until: number, windowMs: number): number {
    let count = 0;
    for (let index = this.#passed.length - 1; index >= 0; index -= 1) {
      const at = this.#passed[index] ?? 0;
      if (at <= until - windowMs) break;
      if (at <= until) count += 1;
    }
    return count;
  }
}
