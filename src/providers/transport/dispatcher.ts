/**
 * Lets calls to one panel go: so many at once, evenly paced, the most pressing first. Learns a panel's own limit
 * from its refusals where none is configured. Our own code, since no library paces by priority, keeps a slot for
 * spending and refuses at once who would wait too long (docs/decisions/0002-dispatcher.md).
 */
import { type Clock, systemClock } from '../../domain/clock.ts';
import { LearnedRate } from './learned-rate.ts';

/** Who goes first: spending, look-ups, the tracker, lists. */
export type Priority = 'spending' | 'lookup' | 'tracker' | 'list';

const PRIORITIES: readonly Priority[] = ['spending', 'lookup', 'tracker', 'list'];

/** Leave to make one call. Either ends the leave; a second ending does nothing. */
export interface CallSlot {
  /** The call is over. */
  release(): void;
  /** The call was not made: its place in the pace is free again. */
  giveBack(): void;
}

export interface AcquireOptions {
  readonly priority: Priority;
  /** An `add`, paced on its own besides. */
  readonly isAdd?: boolean;
  /** Instant in ms until which the caller can wait. */
  readonly deadlineAt: number;
}

/** Thrown instead of letting a caller wait past its deadline. */
export class QueueFullError extends Error {
  /** Milliseconds after which there may be room. */
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super('The calls ahead would take longer than the deadline.');
    this.name = 'QueueFullError';
    this.retryAfterMs = Math.ceil(retryAfterMs);
  }
}

export interface DispatcherOptions {
  /** Calls at once; one of them is kept for spending where there are two or more. */
  readonly concurrency: number;
  /** Calls a second; unset: learned from refusals. */
  readonly requestsPerSecond?: number | undefined;
  readonly addsPerSecond?: number | undefined;
  readonly clock?: Clock;
}

interface Waiter {
  readonly isAdd: boolean;
  readonly priority: Priority;
  readonly deadlineAt: number;
  readonly resolve: (slot: CallSlot) => void;
  readonly reject: (error: QueueFullError) => void;
}

export class Dispatcher {
  readonly #clock: Clock;
  readonly #concurrency: number;
  readonly #addIntervalMs: number;
  readonly #rate: LearnedRate;
  readonly #waiting: Record<Priority, Waiter[]> = { spending: [], lookup: [], tracker: [], list: [] };
  #active = 0;
  #activeOther = 0;
  #nextAt = 0;
  #nextAddAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor({ concurrency, requestsPerSecond, addsPerSecond, clock = systemClock }: DispatcherOptions) {
    this.#clock = clock;
    this.#concurrency = concurrency;
    this.#rate = new LearnedRate(requestsPerSecond);
    this.#addIntervalMs = addsPerSecond === undefined ? 0 : (1000 / addsPerSecond) * HEADROOM;
  }

  /**
   * Waits for leave to make one call.
   * @throws QueueFullError at once where the calls ahead would take longer than the deadline, else at the deadline
   */
  acquire({ priority, isAdd = false, deadlineAt }: AcquireOptions): Promise<CallSlot> {
    const now = this.#clock.now();
    const waitMs = this.waitMs(priority, isAdd);
    if (now + waitMs > deadlineAt) return Promise.reject(new QueueFullError(waitMs));
    return new Promise((resolve, reject) => {
      this.#waiting[priority].push({ isAdd, priority, deadlineAt, resolve, reject });
      this.#pump();
    });
  }

  /** How long a call that came now would wait for the pace, in ms; `callsAhead` counts calls not yet asked for. */
  waitMs(priority: Priority, isAdd = false, callsAhead = 0): number {
    const now = this.#clock.now();
    const until = Math.max(this.#nextAt, this.#rate.pausedUntil()) - now;
    const paced = Math.max(0, until) + this.#rate.intervalMs(now) * (this.#ahead(priority) + callsAhead);
    if (!isAdd || this.#addIntervalMs === 0) return paced;
    const addsAhead = this.#waiting.spending.reduce((count, waiter) => count + (waiter.isAdd ? 1 : 0), 0);
    return Math.max(paced, this.#nextAddAt - now + this.#addIntervalMs * addsAhead);
  }

  /** The panel said "too many calls": everything waits a while, and goes slower after it. */
  refusedByPanel(retryAfterMs: number | null): void {
    this.#rate.refused(this.#clock.now(), retryAfterMs);
    this.#pump();
  }

  #ahead(priority: Priority): number {
    let ahead = 0;
    for (const each of PRIORITIES) {
      ahead += this.#waiting[each].length;
      if (each === priority) break;
    }
    return ahead;
  }

  #pump(): void {
    const now = this.#clock.now();
    for (;;) {
      this.#dropExpired(now);
      if (now < Math.max(this.#nextAt, this.#rate.pausedUntil())) break;
      const waiter = this.#takeNext(now);
      if (!waiter) break;
      waiter.resolve(this.#grant(waiter, now));
    }
    this.#schedule(now);
  }

  #takeNext(now: number): Waiter | undefined {
    if (this.#active >= this.#concurrency) return undefined;
    const spending = this.#waiting.spending;
    const index = spending.findIndex((waiter) => !waiter.isAdd || now >= this.#nextAddAt);
    if (index >= 0) return spending.splice(index, 1)[0];
    // The last free slot is kept, so that an order never waits behind slow look-ups.
    if (this.#concurrency > 1 && this.#activeOther >= this.#concurrency - 1) return undefined;
    for (const priority of PRIORITIES.slice(1)) {
      const waiter = this.#waiting[priority].shift();
      if (waiter) return waiter;
    }
    return undefined;
  }

  #grant(waiter: Waiter, now: number): CallSlot {
    const interval = this.#rate.intervalMs(now);
    const previousNextAt = this.#nextAt;
    const previousNextAddAt = this.#nextAddAt;
    // A timer that fires late must not slow the pace, and an idle time must not save up a burst.
    this.#nextAt = Math.max(this.#nextAt, now - Math.min(interval, LATE_TIMER_MS)) + interval;
    if (waiter.isAdd && this.#addIntervalMs > 0) this.#nextAddAt = now + this.#addIntervalMs;
    const isOther = waiter.priority !== 'spending';
    this.#active += 1;
    if (isOther) this.#activeOther += 1;
    this.#rate.sent(now);
    let open = true;
    const end = (): boolean => {
      if (!open) return false;
      open = false;
      this.#active -= 1;
      if (isOther) this.#activeOther -= 1;
      return true;
    };
    return {
      release: () => {
        if (end()) this.#pump();
      },
      giveBack: () => {
        if (!end()) return;
        this.#nextAt = Math.max(previousNextAt, this.#nextAt - interval);
        if (waiter.isAdd) this.#nextAddAt = previousNextAddAt;
        this.#pump();
      },
    };
  }

  #dropExpired(now: number): void {
    for (const priority of PRIORITIES) {
      const queue = this.#waiting[priority];
      if (!queue.some((waiter) => waiter.deadlineAt <= now)) continue;
      const expired = queue.filter((waiter) => waiter.deadlineAt <= now);
      this.#waiting[priority] = queue.filter((waiter) => waiter.deadlineAt > now);
      for (const waiter of expired) waiter.reject(new QueueFullError(this.#rate.intervalMs(now)));
    }
  }

  /** Wakes for the pace, or for the first deadline while all slots are taken. */
  #schedule(now: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    let wakeAt = Number.POSITIVE_INFINITY;
    for (const priority of PRIORITIES) {
      for (const waiter of this.#waiting[priority]) {
        wakeAt = Math.min(wakeAt, waiter.deadlineAt);
        const paced = Math.max(this.#nextAt, this.#rate.pausedUntil(), waiter.isAdd ? this.#nextAddAt : 0);
        if (paced > now) wakeAt = Math.min(wakeAt, paced);
      }
    }
    if (wakeAt === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(() => this.#pump(), Math.min(Math.max(1, wakeAt - now), MAX_TIMER_MS));
  }
}

/** A few percent slower than allowed: the panel's clock and ours do not agree to the millisecond. */
const HEADROOM = 1.03;
const LATE_TIMER_MS = 20;
const MAX_TIMER_MS = 60_000;
