/**
 * Joins the look-ups of the whole process at one panel: while the panel is idle a look-up goes at once; while calls
 * are under way, or the rate is spent, look-ups gather and go in full batches. A number that is being asked for already
 * is not asked for twice, and recent answers are given again. Requests share a batch evenly, so that a large one does
 * not hold up a small one.
 */

import type { ProviderError } from '../../domain/errors.ts';
import { type Clock, steadyClock } from '../../domain/time/clock.ts';
import { type CallAllowance, UNLIMITED_CALLS } from '../pacing/call-allowance.ts';
import type { CallSlot, LookupOptions, LookupResult, LookupResults, Priority, ReserveOptions } from '../provider.ts';
import { BatchPayers } from './coalescing/batch-payers.ts';
import { CallsUnderWay } from './coalescing/calls-under-way.ts';
import { type KeptAnswer, KeptAnswers } from './coalescing/kept-answers.ts';
import { LookupFailures } from './coalescing/lookup-failures.ts';
import { type PendingLookup, WaitingLookups } from './coalescing/waiting-lookups.ts';
import { watchDeadlines } from './coalescing/watch-deadlines.ts';

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
  /** Final states do not change any more: they are kept for a minute at least. */
  readonly isFinal: (value: T) => boolean;
  readonly reserve: (options: ReserveOptions) => Promise<CallSlot>;
  readonly fetch: (numbers: readonly string[], options: LookupOptions<T>) => Promise<LookupResults<T>>;
  /** How long a look-up behind so many calls would wait for the pace, in ms. */
  readonly waitMs: (callsAhead: number) => number;
  /** Told the answers that are not outdated, before the callers that asked for them. Must not throw. */
  readonly onResults?: (results: LookupResults<T>) => void;
  readonly clock?: Clock;
}

export interface LoadOptions {
  readonly priority: Priority;
  /** Look-ups of one group (one request) share its part of a batch. */
  readonly group: object;
  /** Pays for the spare calls of a batch; by default they are not counted. The first call is the caller's to count. */
  readonly calls?: CallAllowance;
}

/**
 * How long look-ups gather behind calls under way before they go in a batch that is not full: longer than most calls.
 */
const PATIENCE_MS = 400;
/** A bound for panels so fast that the deadline is none: what waits is held in memory. */
const MOST_WAITING = 100_000;

export class Coalescer<T> {
  readonly #options: CoalescerOptions<T>;
  readonly #clock: Clock;
  readonly #waiting = new WaitingLookups<T>();
  readonly #inFlight = new Map<string, PendingLookup<T>>();
  readonly #kept: KeptAnswers<T>;
  readonly #calls: CallsUnderWay;
  readonly #failures: LookupFailures;
  #patience: NodeJS.Timeout | undefined;

  constructor(options: CoalescerOptions<T>) {
    this.#options = options;
    this.#clock = options.clock ?? steadyClock;
    this.#kept = new KeptAnswers(options);
    this.#calls = new CallsUnderWay({ ...options, clock: this.#clock });
    this.#failures = new LookupFailures(options);
  }

  /**
   * One result for each of `numbers`, in their order: the value, null where the panel does not know the number, or a
   * ProviderError. Never throws. RATE_LIMITED at once where the panel would not be reached within the deadline.
   */
  load(numbers: readonly string[], options: LoadOptions): Promise<LookupResult<T>[]> {
    const now = this.#clock.now();
    const results = numbers.map((number) => this.#join(number, options, now));
    this.#startCalls();
    return Promise.all(results);
  }

  /** What `load` would answer without asking the panel; undefined where it would ask, or join a call under way. */
  findRecent(number: string): KeptAnswer<T> | undefined {
    return this.#kept.find(number, this.#clock.now());
  }

  /** The state of these is about to change, or has changed: what was asked before is neither joined nor kept. */
  forget(numbers: readonly string[]): void {
    for (const number of numbers) {
      this.#kept.forget(number);
      this.#inFlight.delete(number);
    }
  }

  /** Ids in a full batch. */
  get batchSize(): number {
    return this.#options.batchSize;
  }

  /** How many ids wait or are asked for: for tests and metrics. */
  get size(): number {
    return this.#waiting.size + this.#inFlight.size;
  }

  #join(number: string, options: LoadOptions, now: number): LookupResult<T> | Promise<LookupResult<T>> {
    const kept = this.#kept.find(number, now);
    if (kept) return kept.value;
    const known = this.#inFlight.get(number) ?? this.#waiting.find(number);
    if (known) {
      if (known.isWaiting && options.priority === 'lookup') this.#waiting.prefer(known, options.group);
      // Another request must not lose its answer because the first one has used up its calls.
      if (options.calls && options.calls.left > known.payer.left) known.payer = options.calls;
      return known.promise;
    }
    return this.#refusal(options.priority) ?? this.#enqueue(number, options, now).promise;
  }

  /** A queue beyond what can be served within the deadline only grows: a look-up that would join it fails at once. */
  #refusal(priority: Priority): ProviderError | null {
    const { batchSize, deadlineMs } = this.#options;
    const ahead = priority === 'lookup' ? this.#waiting.lookupCount : this.#waiting.size;
    const waitMs = this.#calls.waitMs(Math.floor(ahead / batchSize));
    if (waitMs <= deadlineMs && this.#waiting.size < MOST_WAITING) return null;
    return this.#failures.queueFull(waitMs, deadlineMs);
  }

  #enqueue(number: string, options: LoadOptions, now: number): PendingLookup<T> {
    const { priority, group, calls: payer = UNLIMITED_CALLS } = options;
    const { promise, resolve: settle } = Promise.withResolvers<LookupResult<T>>();
    const deadlineAt = now + this.#options.deadlineMs;
    const entry = { number, priority, askedAt: now, deadlineAt, isWaiting: true, payer, promise, settle };
    this.#waiting.add(entry, group);
    return entry;
  }

  /** Starts as many calls as there are full batches; one for a part of a batch only while nothing is under way. */
  #startCalls(): void {
    const batches = this.#waiting.size / this.#options.batchSize;
    const wanted = this.#calls.isIdle ? Math.ceil(batches) : Math.floor(batches);
    while (this.#calls.waitingForLeave < wanted && this.#calls.hasRoom) void this.#call();
    if (this.#waiting.size > 0 && this.#calls.waitingForLeave === 0)
      this.#patience ??= setTimeout(() => this.#checkWaiting(), PATIENCE_MS);
  }

  /** A call that hangs must not hold up what gathers behind it: that goes in a call of its own, or fails in time. */
  #checkWaiting(): void {
    this.#patience = undefined;
    const now = this.#clock.now();
    this.#failWaiting(this.#failures.of('RATE_LIMITED'), now);
    const { oldest } = this.#waiting;
    if (!oldest || this.#calls.waitingForLeave > 0) return;
    const leftMs = oldest.askedAt + PATIENCE_MS - now;
    if (leftMs <= 0 && this.#calls.hasRoom) void this.#call();
    else this.#patience = setTimeout(() => this.#checkWaiting(), leftMs <= 0 ? PATIENCE_MS : Math.ceil(leftMs));
  }

  /** Cuts a batch only when its call may go, so that the batch is as full as it can be. */
  async #call(): Promise<void> {
    const { reserve, deadlineMs, batchSize } = this.#options;
    const deadlineAt = this.#waiting.oldest?.deadlineAt ?? this.#clock.now() + deadlineMs;
    const priority = this.#waiting.lookupCount > 0 ? 'lookup' : 'tracker';
    let slot: CallSlot;
    this.#calls.beginWaiting();
    try {
      slot = await reserve({ priority, deadlineAt });
    } catch (error) {
      this.#calls.endWaiting();
      this.#failWithoutLeave(error, deadlineAt);
      this.#startCalls();
      return;
    }
    this.#calls.endWaiting();
    const batch = this.#waiting.take(batchSize);
    if (batch.length === 0) slot.giveBack();
    else await this.#send(batch, priority, slot);
  }

  async #send(batch: readonly PendingLookup<T>[], priority: Priority, slot: CallSlot): Promise<void> {
    const { fetch } = this.#options;
    const numbers = batch.map(({ number }) => number);
    const open = new Map(batch.map((entry) => [entry.number, entry]));
    for (const entry of batch) this.#inFlight.set(entry.number, entry);
    const end = this.#beginCall();
    const stopWatch = watchDeadlines({ open, onPassed: (entry) => this.#giveUp(entry), clock: this.#clock });
    const deadlineAt = batch.reduce((latest, entry) => Math.max(latest, entry.deadlineAt), 0);
    const onResults = (results: LookupResults<T>): void => {
      this.#settle(open, results);
      end();
    };
    try {
      this.#settle(open, await fetch(numbers, { priority, deadlineAt, slot, spare: new BatchPayers(open), onResults }));
    } catch (error) {
      this.#settle(open, sameForAll(numbers, this.#failures.describe(error)));
    }
    this.#settle(open, sameForAll([...open.keys()], null));
    stopWatch();
    end();
  }

  /** A call holds up others until its first results: what it still asks for after these goes behind them. */
  #beginCall(): () => void {
    const end = this.#calls.begin();
    return () => {
      if (end()) this.#startCalls();
    };
  }

  /** The call goes on for the others of its batch; no later look-up may join what is given up. */
  #giveUp(entry: PendingLookup<T>): void {
    if (this.#inFlight.get(entry.number) === entry) this.#inFlight.delete(entry.number);
    entry.settle(this.#failures.of('PANEL_TIMEOUT'));
  }

  /** Gives their results to those of a batch that have none yet; keeps what is not outdated. */
  #settle(open: Map<string, PendingLookup<T>>, results: LookupResults<T>): void {
    if (open.size === 0) return;
    const now = this.#clock.now();
    const current = new Map<string, LookupResult<T>>();
    for (const [number, result] of results) {
      const entry = open.get(number);
      if (!entry) continue;
      open.delete(number);
      entry.settle(result);
      // A forgotten look-up answers the callers from before the change, and none from after it.
      if (this.#inFlight.get(number) !== entry) continue;
      this.#inFlight.delete(number);
      this.#kept.remember(number, result, now);
      current.set(number, result);
    }
    // Callers that await a settled promise go on only after this.
    if (current.size > 0) this.#options.onResults?.(current);
  }

  /** A deadline that passed fails the look-ups that it has passed for; any other failure fails all that wait. */
  #failWithoutLeave(error: unknown, deadlineAt: number): void {
    const failure = this.#failures.describe(error);
    if (failure.code !== 'RATE_LIMITED') this.#failWaiting(failure, Number.POSITIVE_INFINITY);
    // Look-ups whose deadline comes before the pace allows a call would fail one after the other.
    else this.#failWaiting(failure, Math.max(deadlineAt, this.#clock.now() + (failure.retryAfterMs ?? 0)));
  }

  #failWaiting(failure: ProviderError, until: number): void {
    for (const entry of this.#waiting.takeUntil(until)) entry.settle(failure);
  }
}

function sameForAll<T>(numbers: readonly string[], result: T): ReadonlyMap<string, T> {
  return new Map(numbers.map((number) => [number, result]));
}
