/**
 * Joins the look-ups of the whole process at one panel: while the panel is idle a look-up goes at once, while calls
 * are under way or the rate is spent look-ups gather and go in full batches. Doubles and look-ups in flight are
 * joined, recent answers reused. Requests share a batch evenly, so that a large one does not hold up a small one.
 */
import { type Clock, systemClock } from '../domain/clock.ts';
import { ProviderError } from '../domain/errors.ts';
import type { CallSlot, LookupOptions, LookupResult, LookupResults, Priority } from './provider.ts';

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
  readonly reserve: (options: LookupOptions) => Promise<CallSlot>;
  readonly fetch: (numbers: readonly string[], options: LookupOptions) => Promise<LookupResults<T>>;
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

interface Entry<T> {
  readonly number: string;
  priority: Priority;
  deadlineAt: number;
  readonly promise: Promise<LookupResult<T>>;
  readonly settle: (result: LookupResult<T>) => void;
}

interface Remembered<T> {
  readonly value: T | null;
  readonly until: number;
}

export const FINAL_TTL_MS = 60_000;
/** Longer than a panel usually takes. */
const PATIENCE_MS = 400;
const MAX_REMEMBERED = 100_000;

export class Coalescer<T> {
  readonly #options: CoalescerOptions<T>;
  readonly #clock: Clock;
  /** Not sent yet, by number and by the group that asked first. */
  readonly #pending = new Map<string, Entry<T>>();
  readonly #groups = new Map<object, Entry<T>[]>();
  readonly #inFlight = new Map<string, Entry<T>>();
  readonly #remembered = new Map<string, Remembered<T>>();
  #calls = 0;
  #reserving = 0;
  #patience: NodeJS.Timeout | undefined;

  constructor(options: CoalescerOptions<T>) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /**
   * One result for each of `numbers`, in their order: the value, null where the panel does not know the number, or a
   * ProviderError. Never throws. RATE_LIMITED at once where the panel's pace would not reach it within the deadline.
   */
  load(numbers: readonly string[], options: LoadOptions): Promise<LookupResult<T>[]> {
    const now = this.#clock.now();
    const results = numbers.map((number) => this.#join(number, options, now));
    this.#pump();
    return Promise.all(results);
  }

  /** The state of these is about to change or has changed: what was asked before is neither joined nor kept. */
  forget(numbers: readonly string[]): void {
    for (const number of numbers) {
      this.#remembered.delete(number);
      this.#inFlight.delete(number);
    }
  }

  /** How many ids wait or are asked: for tests and metrics. */
  get size(): number {
    return this.#pending.size + this.#inFlight.size;
  }

  #join(number: string, options: LoadOptions, now: number): LookupResult<T> | Promise<LookupResult<T>> {
    const remembered = this.#remembered.get(number);
    if (remembered && remembered.until > now) return remembered.value;
    const known = this.#inFlight.get(number) ?? this.#pending.get(number);
    if (known) {
      if (options.priority === 'lookup') known.priority = 'lookup';
      return known.promise;
    }
    const refusal = this.#refusal();
    return refusal ?? this.#enqueue(number, options, now).promise;
  }

  /** A queue beyond what can be served within the deadline only grows: who comes now is told so at once. */
  #refusal(): ProviderError | null {
    const { batchSize, deadlineMs, panel, action } = this.#options;
    const waitMs = this.#options.waitMs(Math.floor(this.#pending.size / batchSize));
    if (waitMs <= deadlineMs) return null;
    return new ProviderError({
      panel,
      action,
      outcome: 'not-sent',
      code: 'RATE_LIMITED',
      message: 'More look-ups wait for the panel than it allows within the deadline.',
      retryAfterMs: Math.ceil(waitMs - deadlineMs / 2),
    });
  }

  #enqueue(number: string, { priority, group }: LoadOptions, now: number): Entry<T> {
    const { promise, resolve } = Promise.withResolvers<LookupResult<T>>();
    const entry: Entry<T> = {
      number,
      priority,
      deadlineAt: now + this.#options.deadlineMs,
      promise,
      settle: resolve,
    };
    this.#pending.set(number, entry);
    const entries = this.#groups.get(group);
    if (entries) entries.push(entry);
    else this.#groups.set(group, [entry]);
    return entry;
  }

  /** Asks for leave for as many calls as there are full batches; for a part of one only while nothing is under way. */
  #pump(): void {
    const { batchSize, concurrency } = this.#options;
    const full = Math.floor(this.#pending.size / batchSize);
    const isIdle = this.#calls + this.#reserving === 0;
    const wanted = isIdle ? Math.ceil(this.#pending.size / batchSize) : full;
    while (this.#reserving < wanted && this.#calls + this.#reserving < concurrency) void this.#call();
    if (this.#pending.size > 0 && this.#reserving === 0)
      this.#patience ??= setTimeout(() => this.#loseHeart(), PATIENCE_MS);
  }

  /** A call that hangs must not hold up who gathers behind it: they go in a call of their own. */
  #loseHeart(): void {
    this.#patience = undefined;
    if (this.#pending.size === 0 || this.#reserving > 0) return;
    if (this.#calls < this.#options.concurrency) void this.#call();
    else this.#pump();
  }

  async #call(): Promise<void> {
    this.#reserving += 1;
    const options = { priority: this.#urgency(), deadlineAt: this.#firstDeadline() };
    let slot: CallSlot;
    try {
      slot = await this.#options.reserve(options);
    } catch (error) {
      this.#reserving -= 1;
      this.#fail(error);
      this.#pump();
      return;
    }
    this.#reserving -= 1;
    const batch = this.#cut();
    if (batch.length === 0) {
      slot.giveBack();
      return;
    }
    this.#calls += 1;
    await this.#send(batch, { ...options, slot });
    this.#calls -= 1;
    this.#pump();
  }

  async #send(batch: readonly Entry<T>[], options: LookupOptions): Promise<void> {
    for (const entry of batch) this.#inFlight.set(entry.number, entry);
    const numbers = batch.map((entry) => entry.number);
    const deadlineAt = Math.max(options.deadlineAt, ...batch.map((entry) => entry.deadlineAt));
    let results: LookupResults<T>;
    try {
      results = await this.#options.fetch(numbers, { ...options, deadlineAt });
    } catch (error) {
      const failure = this.#failure(error);
      results = new Map(numbers.map((number) => [number, failure]));
    }
    this.#keep(batch, results);
    for (const entry of batch) entry.settle(results.get(entry.number) ?? null);
  }

  /** A forgotten entry still answers who asked before; it is not kept for who asks after. */
  #keep(batch: readonly Entry<T>[], results: LookupResults<T>): void {
    const now = this.#clock.now();
    const current = new Map<string, LookupResult<T>>();
    for (const entry of batch) {
      if (this.#inFlight.get(entry.number) !== entry) continue;
      this.#inFlight.delete(entry.number);
      const result = results.get(entry.number) ?? null;
      this.#remember(entry.number, result, now);
      current.set(entry.number, result);
    }
    this.#options.onResults?.(current);
  }

  #remember(number: string, result: LookupResult<T>, now: number): void {
    const { ttlMs, isFinal } = this.#options;
    if (ttlMs <= 0 || result instanceof ProviderError) return;
    const isSettled = result !== null && isFinal(result);
    if (this.#remembered.size >= MAX_REMEMBERED) this.#forgetOld(now);
    this.#remembered.set(number, { value: result, until: now + (isSettled ? Math.max(ttlMs, FINAL_TTL_MS) : ttlMs) });
  }

  #forgetOld(now: number): void {
    for (const [number, { until }] of this.#remembered) if (until <= now) this.#remembered.delete(number);
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear();
  }

  /** Up to a full batch, evenly from all groups, look-ups before the tracker's. */
  #cut(): Entry<T>[] {
    const batch: Entry<T>[] = [];
    for (const urgent of [true, false]) {
      while (batch.length < this.#options.batchSize) {
        if (!this.#takeRound(batch, urgent)) break;
      }
    }
    return batch;
  }

  #takeRound(batch: Entry<T>[], urgent: boolean): boolean {
    const { batchSize } = this.#options;
    const share = Math.max(1, Math.floor((batchSize - batch.length) / Math.max(1, this.#groups.size)));
    const before = batch.length;
    for (const [group, entries] of this.#groups) {
      if (batch.length >= batchSize) break;
      const fits = (entry: Entry<T>): boolean => !urgent || entry.priority === 'lookup';
      const taken = entries.filter(fits).slice(0, Math.min(share, batchSize - batch.length));
      if (taken.length === 0) continue;
      const left = entries.length === taken.length ? [] : entries.filter((entry) => !taken.includes(entry));
      // To the end of the line, so that the next batch begins with who got least.
      this.#groups.delete(group);
      if (left.length > 0) this.#groups.set(group, left);
      for (const entry of taken) this.#pending.delete(entry.number);
      batch.push(...taken);
    }
    return batch.length > before;
  }

  #urgency(): Priority {
    for (const entry of this.#pending.values()) if (entry.priority === 'lookup') return 'lookup';
    return 'tracker';
  }

  #firstDeadline(): number {
    const [first] = this.#pending.values();
    return first?.deadlineAt ?? this.#clock.now() + this.#options.deadlineMs;
  }

  /** No leave came: an open circuit concerns all who wait, a passed deadline only those it has passed for. */
  #fail(error: unknown): void {
    const failure = this.#failure(error);
    const now = this.#clock.now();
    const isForAll = failure.code !== 'RATE_LIMITED';
    for (const [group, entries] of this.#groups) {
      const failed = isForAll ? entries : entries.filter((entry) => entry.deadlineAt <= now);
      const left = isForAll ? [] : entries.filter((entry) => entry.deadlineAt > now);
      if (left.length === 0) this.#groups.delete(group);
      else this.#groups.set(group, left);
      for (const entry of failed) {
        this.#pending.delete(entry.number);
        entry.settle(failure);
      }
    }
  }

  #failure(error: unknown): ProviderError {
    if (error instanceof ProviderError) return error;
    const { panel, action } = this.#options;
    const message = 'The look-up failed unexpectedly.';
    return new ProviderError({ panel, action, outcome: 'unknown', code: 'PANEL_ERROR', message, cause: error });
  }
}
