/**
 * Lets calls to one panel go: so many at once, evenly paced, the most pressing first. Learns a panel's own limit
 * from its refusals where none is configured. Our own code, since no library paces by priority, keeps a slot for
 * spending and refuses at once who would wait too long (docs/decisions/0002-dispatcher.md).
 */
import { type Clock, steadyClock } from '../../domain/time/clock.ts';
import { LearnedRate, type RateRefusal } from './learned-rate.ts';

/** Who goes first: spending, look-ups, the tracker, lists. */
export type Priority = 'spending' | 'lookup' | 'tracker' | 'list';

const PRIORITIES: readonly Priority[] = ['spending', 'lookup', 'tracker', 'list'];
const BELOW_LOOKUPS: readonly Priority[] = ['tracker', 'list'];

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

/** Thrown to who waits when the gateway closes, and to who comes after. */
export class DispatcherClosedError extends Error {
  constructor() {
    super('The gateway is closing.');
    this.name = 'DispatcherClosedError';
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
  readonly reject: (error: Error) => void;
}

/** How late a timer may fire without slowing the pace. */
const LATE_TIMER_MS = 20;
/** Setting a longer one again is cheap; Node takes no more than 24 days. */
const MAX_TIMER_MS = 60_000;
/** At least one call in so many goes to those below look-ups, or a list would never be read while these go on. */
const MOST_PASSED_OVER = 8;

export class Dispatcher {
  readonly #clock: Clock;
  readonly #concurrency: number;
  readonly #rate: LearnedRate;
  readonly #addRate: LearnedRate;
  readonly #waiting: Record<Priority, Waiter[]> = { spending: [], lookup: [], tracker: [], list: [] };
  #addsWaiting = 0;
  #passedOver = 0;
  #active = 0;
  #activeOther = 0;
  #nextAt = 0;
  #nextAddAt = 0;
  /** No deadline of who waits lies before it. */
  #firstDeadlineAt = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor({ concurrency, requestsPerSecond, addsPerSecond, clock = steadyClock }: DispatcherOptions) {
    this.#clock = clock;
    this.#concurrency = concurrency;
    this.#rate = new LearnedRate(requestsPerSecond);
    this.#addRate = new LearnedRate(addsPerSecond);
  }

  /**
   * Waits for leave to make one call.
   * @throws QueueFullError at once where the calls ahead would take longer than the deadline, else at the deadline
   * @throws DispatcherClosedError after `close`
   */
  acquire({ priority, isAdd = false, deadlineAt }: AcquireOptions): Promise<CallSlot> {
    if (this.#isClosed) return Promise.reject(new DispatcherClosedError());
    const now = this.#clock.now();
    const waitMs = this.waitMs(priority, isAdd);
    if (now + waitMs > deadlineAt) return Promise.reject(new QueueFullError(waitMs));
    return new Promise((resolve, reject) => {
      this.#waiting[priority].push({ isAdd, priority, deadlineAt, resolve, reject });
      if (isAdd) this.#addsWaiting += 1;
      this.#firstDeadlineAt = Math.min(this.#firstDeadlineAt, deadlineAt);
      this.#pump();
    });
  }

  /** Leave for a call that spends, where it need not wait for any; null where it would. */
  acquireNow({ isAdd }: { readonly isAdd: boolean }): CallSlot | null {
    const now = this.#clock.now();
    const mustWait =
      this.#isClosed ||
      this.#waiting.spending.length > 0 ||
      this.#active >= this.#concurrency ||
      now < this.#paceAt() ||
      (isAdd && now < this.#addPaceAt());
    return mustWait ? null : this.#grant({ priority: 'spending', isAdd }, now);
  }

  /** How long a call that came now would wait for the pace, in ms; `callsAhead` counts calls not yet asked for. */
  waitMs(priority: Priority, isAdd = false, callsAhead = 0): number {
    const now = this.#clock.now();
    const paced = Math.max(0, this.#paceAt() - now) + this.#rate.intervalMs * (this.#ahead(priority) + callsAhead);
    if (!isAdd) return paced;
    return Math.max(paced, this.#addPaceAt() - now + this.#addRate.intervalMs * this.#addsWaiting);
  }

  /** The panel said "too many calls": everything waits a while, and goes slower after it. */
  refusedByPanel({ isAdd, ...refusal }: Omit<RateRefusal, 'now'> & { readonly isAdd: boolean }): void {
    const now = this.#clock.now();
    // Many panels take one order a second and far more of other calls: an order after an order speaks of orders.
    const isAboutAdds = isAdd && (this.#addRate.intervalMs > 0 || this.#addRate.passedBefore(refusal.sentAt) > 1);
    (isAboutAdds ? this.#addRate : this.#rate).refused({ ...refusal, now });
    this.#pump();
  }

  /** The panel answered a call that went out at an instant with anything else. */
  acceptedByPanel({ isAdd, sentAt }: { readonly isAdd: boolean; readonly sentAt: number }): void {
    this.#rate.accepted(sentAt);
    if (isAdd) this.#addRate.accepted(sentAt);
  }

  /**
   * A call that was let go at an instant goes out now, maybe later, for its connection had to be made. Panels count
   * when calls arrive: so does the pace from now on, and the next one keeps its distance from it.
   */
  departed(letGoAt: number): void {
    const now = this.#clock.now();
    this.#rate.departed(letGoAt, now);
    this.#nextAt = Math.max(this.#nextAt, now + this.#rate.intervalMs - LATE_TIMER_MS);
  }

  /** Nobody is let go any more. Calls under way end as they would have. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const priority of PRIORITIES) {
      for (const waiter of this.#waiting[priority].splice(0)) waiter.reject(new DispatcherClosedError());
    }
    this.#addsWaiting = 0;
  }

  #paceAt(): number {
    return Math.max(this.#nextAt, this.#rate.pausedUntil);
  }

  #addPaceAt(): number {
    return Math.max(this.#nextAddAt, this.#addRate.pausedUntil);
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
    if (now >= this.#firstDeadlineAt) this.#dropExpired(now);
    while (now >= this.#paceAt()) {
      const waiter = this.#takeNext(now);
      if (!waiter) break;
      if (waiter.isAdd) this.#addsWaiting -= 1;
      waiter.resolve(this.#grant(waiter, now));
    }
    this.#schedule(now);
  }

  #takeNext(now: number): Waiter | undefined {
    if (this.#active >= this.#concurrency) return undefined;
    const { spending, lookup } = this.#waiting;
    const index = now >= this.#addPaceAt() ? 0 : spending.findIndex((waiter) => !waiter.isAdd);
    const [pressing] = index < 0 ? [] : spending.splice(index, 1);
    if (pressing) return pressing;
    // The last free slot is kept, so that an order never waits behind slow look-ups.
    if (this.#concurrency > 1 && this.#activeOther >= this.#concurrency - 1) return undefined;
    const below = BELOW_LOOKUPS.find((priority) => this.#waiting[priority].length > 0);
    if (below && (lookup.length === 0 || this.#passedOver >= MOST_PASSED_OVER)) {
      this.#passedOver = 0;
      return this.#waiting[below].shift();
    }
    if (below && lookup.length > 0) this.#passedOver += 1;
    return lookup.shift();
  }

  #grant({ priority, isAdd }: Pick<Waiter, 'priority' | 'isAdd'>, now: number): CallSlot {
    const before = { nextAt: this.#nextAt, nextAddAt: this.#nextAddAt };
    // A timer that fires late must not slow the pace, and an idle time must not bring the next call nearer.
    const isLate = now - this.#nextAt <= LATE_TIMER_MS;
    const nextAt = (isLate ? this.#nextAt : now) + this.#rate.intervalMs;
    const nextAddAt = isAdd ? now + this.#addRate.intervalMs : this.#nextAddAt;
    this.#nextAt = nextAt;
    this.#nextAddAt = nextAddAt;
    this.#rate.sent(now);
    if (isAdd) this.#addRate.sent(now);
    const isOther = priority !== 'spending';
    this.#active += 1;
    if (isOther) this.#activeOther += 1;
    let isOpen = true;
    const end = (onEnd?: () => void): void => {
      if (!isOpen) return;
      isOpen = false;
      this.#active -= 1;
      if (isOther) this.#activeOther -= 1;
      onEnd?.();
      this.#pump();
    };
    return {
      release: () => end(),
      giveBack: () =>
        end(() => {
          this.#rate.withdrawn(now);
          if (isAdd) this.#addRate.withdrawn(now);
          // Where others went since, their distance from each other stands.
          if (this.#nextAt === nextAt) this.#nextAt = before.nextAt;
          if (isAdd && this.#nextAddAt === nextAddAt) this.#nextAddAt = before.nextAddAt;
        }),
    };
  }

  #dropExpired(now: number): void {
    this.#firstDeadlineAt = Number.POSITIVE_INFINITY;
    for (const priority of PRIORITIES) {
      const left: Waiter[] = [];
      for (const waiter of this.#waiting[priority]) {
        if (waiter.deadlineAt > now) {
          left.push(waiter);
          this.#firstDeadlineAt = Math.min(this.#firstDeadlineAt, waiter.deadlineAt);
          continue;
        }
        if (waiter.isAdd) this.#addsWaiting -= 1;
        waiter.reject(new QueueFullError(this.#rate.intervalMs));
      }
      this.#waiting[priority] = left;
    }
  }

  /** Wakes for the pace, or for the first deadline while all slots are taken. */
  #schedule(now: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const count = this.#ahead('list');
    if (count === 0 || this.#isClosed) return;
    const pace = count > this.#addsWaiting ? this.#paceAt() : Math.max(this.#paceAt(), this.#addPaceAt());
    const addPace = this.#addsWaiting > 0 ? this.#addPaceAt() : 0;
    let wakeAt = this.#firstDeadlineAt;
    for (const at of [pace, addPace]) if (at > now) wakeAt = Math.min(wakeAt, at);
    this.#timer = setTimeout(() => this.#pump(), Math.min(Math.max(1, Math.ceil(wakeAt - now)), MAX_TIMER_MS));
  }
}
