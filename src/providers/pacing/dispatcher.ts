/**
 * Lets calls to one panel go: so many at once, evenly paced, the most pressing first. Learns a panel's own limit from
 * its refusals where none is configured. Our own code, since no library paces by priority, keeps a slot for spending
 * and refuses a caller at once that would wait too long (docs/decisions/0002-dispatcher.md).
 */
import { type Clock, steadyClock } from '../../domain/time/clock.ts';
import { type CallSlot, DispatcherClosedError, type Priority, QueueFullError } from './call-slot.ts';
import { LearnedRate, type RateRefusal } from './learned-rate.ts';
import { type WaitingCall, WaitingCalls } from './waiting-calls.ts';

export interface AcquireOptions {
  readonly priority: Priority;
  /** An `add`, paced on its own besides. */
  readonly isAdd?: boolean;
  /** Instant in ms until which the caller can wait. */
  readonly deadlineAt: number;
}

export interface DispatcherOptions {
  /** Calls at once; one of them is kept for spending where there are two or more. */
  readonly concurrency: number;
  /** Calls a second; unset: learned from refusals. */
  readonly requestsPerSecond?: number | undefined;
  readonly addsPerSecond?: number | undefined;
  readonly clock?: Clock;
}

/** How late a timer may fire without slowing the pace. */
const LATE_TIMER_MS = 20;
/** Node's timers go up to 24 days; setting a short one again is cheap. */
const MAX_TIMER_MS = 60_000;

export class Dispatcher {
  readonly #clock: Clock;
  readonly #concurrency: number;
  readonly #rate: LearnedRate;
  readonly #addRate: LearnedRate;
  readonly #waiting = new WaitingCalls();
  #active = 0;
  /** Those of `#active` that do not spend. */
  #activeReading = 0;
  #nextAt = 0;
  #nextAddAt = 0;
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
      this.#waiting.add({ isAdd, priority, deadlineAt, resolve, reject });
      this.#grantWhatMayGo();
    });
  }

  /** Leave for a call that spends, where it need not wait at all; null where it would. */
  acquireNow({ isAdd }: { readonly isAdd: boolean }): CallSlot | null {
    const now = this.#clock.now();
    const mustWait =
      this.#isClosed ||
      this.#waiting.isSpendingWaiting ||
      this.#active >= this.#concurrency ||
      now < this.#paceAt() ||
      (isAdd && now < this.#addPaceAt());
    return mustWait ? null : this.#grant({ priority: 'spending', isAdd }, now);
  }

  /** How long a call that came now would wait for the pace, in ms; `callsAhead` counts calls not yet asked for. */
  waitMs(priority: Priority, isAdd = false, callsAhead = 0): number {
    const now = this.#clock.now();
    const ahead = this.#waiting.countUpTo(priority) + callsAhead;
    const paced = Math.max(0, this.#paceAt() - now) + this.#rate.intervalMs * ahead;
    if (!isAdd) return paced;
    return Math.max(paced, this.#addPaceAt() - now + this.#addRate.intervalMs * this.#waiting.addCount);
  }

  /** The panel said "too many calls": every call waits a while, and they go more slowly after that. */
  refusedByPanel({ isAdd, ...refusal }: Omit<RateRefusal, 'now'> & { readonly isAdd: boolean }): void {
    const now = this.#clock.now();
    // Many panels take one order a second and far more of other calls: an order after an order speaks of orders.
    const isAboutAdds = isAdd && (this.#addRate.intervalMs > 0 || this.#addRate.passedBefore(refusal.sentAt) > 1);
    (isAboutAdds ? this.#addRate : this.#rate).refused({ ...refusal, now });
    this.#grantWhatMayGo();
  }

  /** The panel answered a call that went out at an instant with anything else. */
  acceptedByPanel({ isAdd, sentAt }: { readonly isAdd: boolean; readonly sentAt: number }): void {
    this.#rate.accepted(sentAt);
    if (isAdd) this.#addRate.accepted(sentAt);
  }

  /**
   * A call that got leave at an instant goes out now, maybe later than that, since its connection had to be made.
   * Panels count calls as they arrive: so does the pace from now on, and the next call keeps its distance from this
   * one.
   */
  departed(letGoAt: number): void {
    const now = this.#clock.now();
    this.#rate.departed(letGoAt, now);
    this.#nextAt = Math.max(this.#nextAt, now + this.#rate.intervalMs - LATE_TIMER_MS);
  }

  /** No call gets leave any more. Calls under way end as they would have. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const call of this.#waiting.takeAll()) call.reject(new DispatcherClosedError());
  }

  #paceAt(): number {
    return Math.max(this.#nextAt, this.#rate.pausedUntil);
  }

  #addPaceAt(): number {
    return Math.max(this.#nextAddAt, this.#addRate.pausedUntil);
  }

  #grantWhatMayGo(): void {
    const now = this.#clock.now();
    for (const call of this.#waiting.takeExpired(now)) call.reject(new QueueFullError(this.#rate.intervalMs));
    while (now >= this.#paceAt()) {
      const call = this.#takeNext(now);
      if (!call) break;
      call.resolve(this.#grant(call, now));
    }
    this.#schedule(now);
  }

  #takeNext(now: number): WaitingCall | undefined {
    if (this.#active >= this.#concurrency) return undefined;
    const spending = this.#waiting.takeSpending({ mayAdd: now >= this.#addPaceAt() });
    if (spending) return spending;
    // The last free slot is kept, so that an order never waits behind slow look-ups.
    const isKept = this.#concurrency > 1 && this.#activeReading >= this.#concurrency - 1;
    return isKept ? undefined : this.#waiting.takeReading();
  }

  #grant({ priority, isAdd }: Pick<WaitingCall, 'priority' | 'isAdd'>, now: number): CallSlot {
    const takeBack = this.#movePace(isAdd, now);
    const isReading = priority !== 'spending';
    this.#active += 1;
    if (isReading) this.#activeReading += 1;
    let isOpen = true;
    const end = (onEnd?: () => void): void => {
      if (!isOpen) return;
      isOpen = false;
      this.#active -= 1;
      if (isReading) this.#activeReading -= 1;
      onEnd?.();
      this.#grantWhatMayGo();
    };
    return { release: () => end(), giveBack: () => end(takeBack) };
  }

  /** Counts a call that goes now. @returns what takes it back, where it is not made after all */
  #movePace(isAdd: boolean, now: number): () => void {
    const before = { nextAt: this.#nextAt, nextAddAt: this.#nextAddAt };
    // A timer that fires late must not slow the pace, and an idle time must not bring the next call nearer.
    const isLate = now - this.#nextAt <= LATE_TIMER_MS;
    const nextAt = (isLate ? this.#nextAt : now) + this.#rate.intervalMs;
    const nextAddAt = isAdd ? now + this.#addRate.intervalMs : this.#nextAddAt;
    this.#nextAt = nextAt;
    this.#nextAddAt = nextAddAt;
    this.#rate.sent(now);
    if (isAdd) this.#addRate.sent(now);
    return () => {
      this.#rate.withdrawn(now);
      if (isAdd) this.#addRate.withdrawn(now);
      // Where other calls went since, their distance from each other stands.
      if (this.#nextAt === nextAt) this.#nextAt = before.nextAt;
      if (isAdd && this.#nextAddAt === nextAddAt) this.#nextAddAt = before.nextAddAt;
    };
  }

  /** Wakes for the pace, or for the first deadline while all slots are taken. */
  #schedule(now: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { count, addCount, firstDeadlineAt } = this.#waiting;
    if (count === 0 || this.#isClosed) return;
    const pace = count > addCount ? this.#paceAt() : Math.max(this.#paceAt(), this.#addPaceAt());
    const addPace = addCount > 0 ? this.#addPaceAt() : 0;
    let wakeAt = firstDeadlineAt;
    for (const at of [pace, addPace]) if (at > now) wakeAt = Math.min(wakeAt, at);
    const ms = Math.min(Math.max(1, Math.ceil(wakeAt - now)), MAX_TIMER_MS);
    this.#timer = setTimeout(() => this.#grantWhatMayGo(), ms);
  }
}
