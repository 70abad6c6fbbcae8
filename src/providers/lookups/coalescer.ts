/**
 * Joins the look-ups of the whole process at one panel: while the panel is idle a look-up goes at once, while calls
 * are under way or the rate is spent look-ups gather and go in full batches. Doubles and look-ups in flight are
 * joined, recent answers reused. Requests share a batch evenly, so that a large one does not hold up a small one.
 */
import { type Clock, steadyClock } from '../../domain/clock.ts';
import { ProviderError } from '../../domain/errors.ts';
import type { CallSlot, LookupOptions, LookupResult, LookupResults, Priority, ReserveOptions } from '../provider.ts';
import { RecentAnswers } from './recent-answers.ts';
import { type PendingLookup, WaitingLookups } from './waiting-lookups.ts';

export interface CoalescerOptions<T> {
  readonly panel: string;
  readonly action: string;
  /** Ids in a full batch. */
  readonly batchSize: number;
  /** Calls at once. */
  readonly concurrency: number;
  /** How long a caller waits, in ms, with all retries. */
  readonly deadlineMs: number;
  /** How long an answer may be given again, in ms; 0: never. */
  readonly ttlMs: number;
  /** Final states change no more: they are kept `FINAL_TTL_MS`. */
  readonly isFinal: (value: T) => boolean;
  readonly reserve: (options: ReserveOptions) => Promise<CallSlot>;
  readonly fetch: (numbers: readonly string[], options: LookupOptions<T>) => Promise<LookupResults<T>>;
  /** How long a look-up behind so many calls would wait for the pace, in ms. */
  readonly waitMs: (callsAhead: number) => number;
  /** Told the answers that are not outdated, before those who asked for them. Must not throw. */
  readonly onResults?: (results: LookupResults<T>) => void;
  readonly clock?: Clock;
}

export interface LoadOptions {
  readonly priority: Priority;
  /** Look-ups of one group (one request) share its part of a batch. */
  readonly group: object;
}

export const FINAL_TTL_MS = 60_000;
/** Longer than a panel usually takes. */
const PATIENCE_MS = 400;
const MOST_REMEMBERED = 100_000;
/** A bound for panels so fast that the deadline is none: what waits is held in memory. */
const MOST_WAITING = 100_000;
/** A call that ends at the deadline itself says more of why than the deadline does. */
const GRACE_MS = 100;
/** What the latest call adds to the usual duration of one. */
const LATEST_WEIGHT = 0.2;

export class Coalescer<T> {
  readonly #options: CoalescerOptions<T>;
  readonly #clock: Clock;
  readonly #waiting = new WaitingLookups<T>();
  readonly #inFlight = new Map<string, PendingLookup<T>>();
  readonly #recent: RecentAnswers<T | null>;
  readonly #final: RecentAnswers<T | null>;
  #calls = 0;
  #reserving = 0;
  #callMs = 0;
  #patience: NodeJS.Timeout | undefined;

  constructor(options: CoalescerOptions<T>) {
    const { ttlMs, clock = steadyClock } = options;
    this.#options = options;
    this.#clock = clock;
    this.#recent = new RecentAnswers({ ttlMs, mostKept: MOST_REMEMBERED });
    this.#final = new RecentAnswers({ ttlMs: Math.max(ttlMs, FINAL_TTL_MS), mostKept: MOST_REMEMBERED });
  }

  /**
   * One result for each of `numbers`, in their order: the value, null where the panel does not know the number, or a
   * ProviderError. Never throws. RATE_LIMITED at once where the panel would not be reached within the deadline.
   */
  load(numbers: readonly string[], options: LoadOptions): Promise<LookupResult<T>[]> {
    const now = this.#clock.now();
    const results = numbers.map((number) => this.#join(number, options, now));
    this.#pump();
    return Promise.all(results);
  }

  /** What `load` would answer without asking; undefined where it would ask, or wait for who asks. */
  findRecent(number: string): { readonly value: T | null } | undefined {
    return this.#findKept(number, this.#clock.now());
  }

  /** The state of these is about to change or has changed: what was asked before is neither joined nor kept. */
  forget(numbers: readonly string[]): void {
    for (const number of numbers) {
      this.#recent.forget(number);
      this.#final.forget(number);
      this.#inFlight.delete(number);
    }
  }

  /** How many ids wait or are asked: for tests and metrics. */
  get size(): number {
    return this.#waiting.size + this.#inFlight.size;
  }

  #join(number: string, options: LoadOptions, now: number): LookupResult<T> | Promise<LookupResult<T>> {
    const kept = this.#findKept(number, now);
    if (kept) return kept.value;
    const known = this.#inFlight.get(number) ?? this.#waiting.find(number);
    if (known) {
      if (known.isWaiting && options.priority === 'lookup') this.#waiting.prefer(known, options.group);
      return known.promise;
    }
    return this.#refusal(options.priority) ?? this.#enqueue(number, options, now).promise;
  }

  #findKept(number: string, now: number): { readonly value: T | null } | undefined {
    return this.#recent.find(number, now) ?? this.#final.find(number, now);
  }

  /** A queue beyond what can be served within the deadline only grows: who comes now is told so at once. */
  #refusal(priority: Priority): ProviderError | null {
    const { batchSize, deadlineMs, panel, action } = this.#options;
    const ahead = priority === 'lookup' ? this.#waiting.lookupCount : this.#waiting.size;
    const waitMs = this.#waitMs(Math.floor(ahead / batchSize));
    if (waitMs <= deadlineMs && this.#waiting.size < MOST_WAITING) return null;
    return new ProviderError({
      panel,
      action,
      outcome: 'not-sent',
      code: 'RATE_LIMITED',
      message: 'More look-ups wait for the panel than it allows within the deadline.',
      retryAfterMs: Math.max(1, Math.ceil(waitMs - deadlineMs / 2)),
    });
  }

  /** How long a look-up behind so many batches waits: for the pace, or for calls to end where they last longer. */
  #waitMs(batchesAhead: number): number {
    const { concurrency, waitMs } = this.#options;
    // Calls that wait for leave are counted by the dispatcher already.
    const paced = waitMs(Math.max(0, batchesAhead - this.#reserving));
    const slots = Math.max(1, concurrency - 1);
    const rounds = Math.floor((this.#calls + Math.max(batchesAhead, this.#reserving)) / slots);
    return Math.max(paced, rounds * this.#callMs);
  }

  #enqueue(number: string, { priority, group }: LoadOptions, now: number): PendingLookup<T> {
    const { promise, resolve: settle } = Promise.withResolvers<LookupResult<T>>();
    const deadlineAt = now + this.#options.deadlineMs;
    const entry = { number, priority, askedAt: now, deadlineAt, isWaiting: true, promise, settle };
    this.#waiting.add(entry, group);
    return entry;
  }

  /** Asks for leave for as many calls as there are full batches; for a part of one only while nothing is under way. */
  #pump(): void {
    const { batchSize, concurrency } = this.#options;
    const isIdle = this.#calls + this.#reserving === 0;
    const batches = this.#waiting.size / batchSize;
    const wanted = isIdle ? Math.ceil(batches) : Math.floor(batches);
    while (this.#reserving < wanted && this.#calls + this.#reserving < concurrency) void this.#call();
    if (this.#waiting.size > 0 && this.#reserving === 0)
      this.#patience ??= setTimeout(() => this.#loseHeart(), PATIENCE_MS);
  }

  /** A call that hangs must not hold up who gathers behind it: they go in a call of their own, or are told in time. */
  #loseHeart(): void {
    this.#patience = undefined;
    const now = this.#clock.now();
    this.#failWaiting(this.#failure(null, 'RATE_LIMITED'), now);
    const { oldest } = this.#waiting;
    if (!oldest || this.#reserving > 0) return;
    const leftMs = oldest.askedAt + PATIENCE_MS - now;
    if (leftMs <= 0 && this.#calls < this.#options.concurrency) void this.#call();
    else this.#patience = setTimeout(() => this.#loseHeart(), leftMs <= 0 ? PATIENCE_MS : Math.ceil(leftMs));
  }

  async #call(): Promise<void> {
    this.#reserving += 1;
    const deadlineAt = this.#waiting.oldest?.deadlineAt ?? this.#clock.now() + this.#options.deadlineMs;
    const priority = this.#waiting.lookupCount > 0 ? 'lookup' : 'tracker';
    let slot: CallSlot;
    try {
      slot = await this.#options.reserve({ priority, deadlineAt });
    } catch (error) {
      this.#reserving -= 1;
      this.#failReserving(error, deadlineAt);
      this.#pump();
      return;
    }
    this.#reserving -= 1;
    const batch = this.#waiting.take(this.#options.batchSize);
    if (batch.length === 0) slot.giveBack();
    else await this.#send(batch, priority, slot);
  }

  async #send(batch: readonly PendingLookup<T>[], priority: Priority, slot: CallSlot): Promise<void> {
    const { fetch } = this.#options;
    const numbers = batch.map(({ number }) => number);
    const open = new Map<string, PendingLookup<T>>();
    for (const entry of batch) {
      open.set(entry.number, entry);
      this.#inFlight.set(entry.number, entry);
    }
    const end = this.#beginCall();
    const stopWatch = this.#watchDeadlines(open);
    const deadlineAt = batch.reduce((latest, entry) => Math.max(latest, entry.deadlineAt), 0);
    const onResults = (results: LookupResults<T>): void => {
      this.#settle(open, results);
      end();
    };
    try {
      this.#settle(open, await fetch(numbers, { priority, deadlineAt, slot, onResults }));
    } catch (error) {
      const failure = this.#failure(error);
      this.#settle(open, new Map(numbers.map((number) => [number, failure])));
    }
    if (open.size > 0) this.#settle(open, new Map([...open.keys()].map((number) => [number, null])));
    stopWatch();
    end();
  }

  /** A call holds up others until its first results: what it still asks after these goes behind them. */
  #beginCall(): () => void {
    const begunAt = this.#clock.now();
    let isUnderWay = true;
    this.#calls += 1;
    return () => {
      if (!isUnderWay) return;
      isUnderWay = false;
      this.#calls -= 1;
      const ms = this.#clock.now() - begunAt;
      this.#callMs = this.#callMs === 0 ? ms : this.#callMs * (1 - LATEST_WEIGHT) + ms * LATEST_WEIGHT;
      this.#pump();
    };
  }

  /** Who has asked before the others of its batch waits no longer for being asked with them. */
  #watchDeadlines(open: ReadonlyMap<string, PendingLookup<T>>): () => void {
    let timer: NodeJS.Timeout | undefined;
    const check = (): void => {
      const now = this.#clock.now();
      let nextAt = Number.POSITIVE_INFINITY;
      for (const entry of open.values()) {
        const endsAt = entry.deadlineAt + GRACE_MS;
        if (endsAt > now) nextAt = Math.min(nextAt, endsAt);
        else this.#giveUp(entry);
      }
      if (nextAt < Number.POSITIVE_INFINITY) timer = setTimeout(check, Math.max(1, Math.ceil(nextAt - now)));
    };
    check();
    return () => clearTimeout(timer);
  }

  /** Its call goes on for the others; nobody may join what is given up. */
  #giveUp(entry: PendingLookup<T>): void {
    if (this.#inFlight.get(entry.number) === entry) this.#inFlight.delete(entry.number);
    entry.settle(this.#failure(null, 'PANEL_TIMEOUT'));
  }

  /** Gives their results to those of a batch that have none; keeps what is not outdated. */
  #settle(open: Map<string, PendingLookup<T>>, results: LookupResults<T>): void {
    if (open.size === 0) return;
    const now = this.#clock.now();
    const current = new Map<string, LookupResult<T>>();
    for (const [number, result] of results) {
      const entry = open.get(number);
      if (!entry) continue;
      open.delete(number);
      entry.settle(result);
      // A forgotten entry still answers who asked before; it is not kept for who asks after.
      if (this.#inFlight.get(number) !== entry) continue;
      this.#inFlight.delete(number);
      this.#remember(number, result, now);
      current.set(number, result);
    }
    // Who waits for a promise goes on only after this.
    if (current.size > 0) this.#options.onResults?.(current);
  }

  #remember(number: string, result: LookupResult<T>, now: number): void {
    const { ttlMs, isFinal } = this.#options;
    if (ttlMs <= 0 || result instanceof ProviderError) return;
    const isSettled = result !== null && isFinal(result);
    (isSettled ? this.#final : this.#recent).remember(number, result, now);
  }

  /** No leave came: a passed deadline concerns those it has passed for, anything else all who wait. */
  #failReserving(error: unknown, deadlineAt: number): void {
    const failure = this.#failure(error);
    if (failure.code !== 'RATE_LIMITED') this.#failWaiting(failure, Number.POSITIVE_INFINITY);
    // Where the pace is further off than some deadlines, these would be refused one after the other.
    else this.#failWaiting(failure, Math.max(deadlineAt, this.#clock.now() + (failure.retryAfterMs ?? 0)));
  }

  #failWaiting(failure: ProviderError, until: number): void {
    for (const entry of this.#waiting.takeUntil(until)) entry.settle(failure);
  }

  #failure(error: unknown, code: keyof typeof OWN_FAILURES = 'PANEL_ERROR'): ProviderError {
    if (error instanceof ProviderError) return error;
    const { panel, action } = this.#options;
    return new ProviderError({ panel, action, code, ...OWN_FAILURES[code], cause: error ?? undefined });
  }
}

const OWN_FAILURES = {
  RATE_LIMITED: { outcome: 'not-sent', message: 'The calls ahead took longer than the deadline.', retryAfterMs: 1000 },
  PANEL_TIMEOUT: { outcome: 'unknown', message: 'The panel did not answer within the deadline.' },
  PANEL_ERROR: { outcome: 'unknown', message: 'The look-up failed unexpectedly.' },
} as const;
