/**
 * The pace at one panel: the configured rate, or one that is found from its refusals and kept. The limit is what the
 * panel let pass in the second before a refusal. Where it goes on refusing after a pause, it counts over a longer time
 * (many panels count by the minute), and the limit is what it let pass in the last minute. A higher rate than the limit
 * that was found is tried only now and then; after a refusal that cannot be about the limit, since few calls went out,
 * the rate recovers within seconds.
 */
const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
/** After so many refusals in a row, each after a pause, the panel counts over more than a second. */
const LONG_WINDOW_AFTER = 3;
/** The share of a limit that is used: the panel's clock and ours do not agree to the millisecond. */
const SHARE = 0.95;
/** Calls arrive a little closer together, or further apart, than they are sent. */
const JITTER = 1.05;
const HEADROOM = 1.03;
/** The share of the rate that must be in use for a refusal to be about it, and for a higher one to be tried. */
const IN_USE = 0.8;
const SEARCHING = { growth: 1.25, afterMs: SECOND_MS };
const FOUND = { growth: 1.05, afterMs: 30_000, mostMs: 300_000 };
/** One refusal may be jitter; a second within this time says that the rate is too high. */
const SOON_MS = 5000;
const MIN_RATE = 0.2;
/** A rate that was seen over fewer calls is chance. */
const FEW_CALLS = 5;
const FEW_A_MINUTE = 30;
/** A second, and the time by which a panel may count a call later than it was sent: its connection had to be made. */
const WAIT_FOR_ROOM_MS = 1100;
const FIRST_PAUSE_MS = 50;
const NEXT_PAUSE_MS = 500;
const MAX_PAUSE_MS = 30_000;
/** A panel that asks for hours is asked again sooner: it may mean other calls than the next one. */
const MAX_ASKED_PAUSE_MS = 120_000;
/** More calls than a limit by the minute can depend on. */
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
  /** How many lessons in a row came within `SOON_MS` of the one before. */
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

  /** Instant until which no call goes out, after a refusal. */
  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  /** How many calls went out in the second that ends at an instant, refused calls not counted. */
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

  /** The panel answered a call, and did not say "too many calls". */
  accepted(sentAt: number): void {
    if (sentAt > this.#lessonAt) this.#refusalsInRow = 0;
  }

  /** The panel refused a call as one too many. */
  refused({ sentAt, now, retryAfterMs }: RateRefusal): void {
    this.#dropLatest(sentAt);
    // Calls that are under way together are refused together: that is one lesson, and each makes it more exact.
    const isNews = sentAt > this.#lessonAt;
    if (isNews) {
      this.#refusalsInRow += 1;
      this.#soonInRow = now - this.#lessonAt < SOON_MS ? this.#soonInRow + 1 : 0;
      this.#lessonAt = now;
    }
    this.#learn(sentAt, now, isNews);
    this.#pausedUntil = Math.max(this.#pausedUntil, now + this.#pauseMs(now, retryAfterMs));
  }

  /** Removes the latest call that went out by an instant; false where there is none. */
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
      // A refusal while few calls went out may halve the rate at most.
      const least = current * (this.#isFound ? IN_USE : 0.5);
      this.#learned = Math.max(Math.min(current * share, passed), least);
    }
    this.#learned = Math.max(MIN_RATE, Math.min(current, this.#learned));
    this.#tryAfterMs = this.#isFound && wasFound ? Math.min(this.#tryAfterMs * 2, FOUND.mostMs) : FOUND.afterMs;
    this.#triedAt = now;
  }

  /**
   * As long as the panel asks for, else until the second has room for a call; longer after each further refusal.
   * Retry-After has whole seconds only: where it asks for one, and the limit was just seen, a shorter pause will do.
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
    // A rate that nobody needs is not tried: what was found stays through quiet hours.
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
