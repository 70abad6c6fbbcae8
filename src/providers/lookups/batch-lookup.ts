/**
 * Looks up many ids in as few calls as a panel allows. Panels refuse batches, refuse large ones, cut them silently or
 * leave ids out: a missing id is asked for singly before it counts as not found, and what a panel refuses is
 * remembered. All calls after the first are spare calls: ids that need one fail where none is left.
 */

import { ProviderError } from '../../domain/errors.ts';
import { type Clock, steadyClock } from '../../domain/time/clock.ts';
import type { Dialect, MultiCodec, Reading, SingleCodec } from '../dialect.ts';
import type { LookupOptions, LookupResult, LookupResults } from '../provider.ts';
import type { AskOptions, Exchange } from '../transport/exchange.ts';
import { readUnlessRefused } from '../transport/panel-call.ts';
import { LeftOutCalls } from './left-out-calls.ts';
import { LookupRun } from './lookup-run.ts';

/** How long it is remembered what a panel refuses: panels change. */
const LESSON_LASTS_MS = 3_600_000;
/** A panel that leaves out a whole list and knows at least so many of its ids singly reads no lists. */
const ENOUGH_FOUND_SINGLY = 3;
/** Refusals for reasons of the account or the pace, where smaller batches do not help. */
const NOT_ABOUT_THE_BATCH: ReadonlySet<string> = new Set(['INVALID_KEY', 'RATE_LIMITED', 'CIRCUIT_OPEN']);

export interface BatchLookupOptions<T> {
  readonly exchange: Pick<Exchange, 'ask' | 'refused' | 'unreadable' | 'noCallsLeft' | 'leftOut'>;
  readonly dialect: Pick<Dialect, 'decodeRefusal'>;
  readonly action: 'status' | 'refill_status';
  readonly single: SingleCodec<string, T>;
  readonly multi: MultiCodec<T>;
  /** The code of a refusal that means "no such id". */
  readonly notFound: 'ORDER_NOT_FOUND' | 'REFILL_NOT_FOUND';
  readonly batchSize: number;
  /** Whether a refused batch is asked for one by one at once: panels that refuse it refuse any list. */
  readonly singlyOnRefusal: boolean;
  /** Told each value that was found. Must not throw. */
  readonly onFound?: (value: T) => void;
  readonly clock?: Clock;
}

export class BatchLookup<T> {
  readonly #options: BatchLookupOptions<T>;
  readonly #clock: Clock;
  readonly #leftOutCalls: LeftOutCalls;
  #learnedSize = Number.POSITIVE_INFINITY;
  #learnedAt = 0;

  constructor(options: BatchLookupOptions<T>) {
    this.#options = options;
    this.#clock = options.clock ?? steadyClock;
    this.#leftOutCalls = new LeftOutCalls({ ...options, clock: this.#clock });
  }

  /** How many ids one call may hold, by the configuration and by what the panel has refused. */
  get size(): number {
    const forgotten = this.#clock.now() - this.#learnedAt > LESSON_LASTS_MS;
    return forgotten ? this.#options.batchSize : Math.min(this.#options.batchSize, this.#learnedSize);
  }

  /** One result for each of `numbers`; never throws for a panel's failure. */
  async fetch(numbers: readonly string[], options: LookupOptions<T>): Promise<LookupResults<T>> {
    const run = new LookupRun<T>(options);
    try {
      await this.#fetchAll([...new Set(numbers)], run);
      return run.results;
    } finally {
      // Where writing the form has failed, no call has used the leave.
      run.takeSlot()?.giveBack();
    }
  }

  /** In chunks of a size that the panel takes. */
  async #fetchAll(numbers: readonly string[], run: LookupRun<T>, size = this.size): Promise<void> {
    const chunks: Promise<void>[] = [];
    for (let start = 0; start < numbers.length; start += size) {
      chunks.push(this.#fetchChunk(numbers.slice(start, start + size), run));
    }
    await Promise.all(chunks);
  }

  /** Asks in one call, for those of `wanted` that have a call left; the others fail. */
  async #fetchChunk(wanted: readonly string[], run: LookupRun<T>): Promise<void> {
    const numbers = run.takeCall(wanted);
    if (numbers.length < wanted.length) this.#settleUnasked(wanted, numbers, run);
    const [only] = numbers;
    if (only === undefined) return;
    if (numbers.length === 1) return this.#fetchOne(only, run);
    return this.#fetchList(numbers, run);
  }

  #settleUnasked(wanted: readonly string[], asked: readonly string[], run: LookupRun<T>): void {
    const { exchange, action } = this.#options;
    const isAsked = new Set(asked);
    run.settleAll(
      wanted.filter((number) => !isAsked.has(number)),
      exchange.noCallsLeft(action),
    );
  }

  async #fetchList(numbers: readonly string[], run: LookupRun<T>): Promise<void> {
    const { multi, exchange, dialect, action } = this.#options;
    const form = multi.encode(numbers);
    let readings: ReadonlyMap<string, Reading<T>>;
    try {
      readings = await exchange.ask({
        ...this.#asking(run),
        form,
        mayRepeat: () => run.takeCall(numbers).length > 0,
        read: readUnlessRefused(dialect, action, (value, context) => multi.decode(value, numbers, context)),
      });
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      const isAboutTheBatch = error.outcome === 'rejected' && !NOT_ABOUT_THE_BATCH.has(error.code);
      if (isAboutTheBatch) await this.#fetchRefused(numbers, error, run);
      else run.settleAll(numbers, error);
      return;
    }
    await this.#complete(numbers, readings, run);
  }

  /** A refused batch is asked in halves, so that a panel's own limit is found in a few calls. */
  async #fetchRefused(numbers: readonly string[], refusal: ProviderError, run: LookupRun<T>): Promise<void> {
    const { singlyOnRefusal, notFound } = this.#options;
    const half = singlyOnRefusal ? 1 : Math.ceil(numbers.length / 2);
    const first = numbers.slice(0, half);
    const rest = numbers.slice(half);
    await this.#fetchChunk(first, run);
    if (run.wholeRefusal) return run.settleAll(rest, run.wholeRefusal);
    if (run.hasFound(first)) await this.#fetchAll(rest, run, Math.min(half, this.size));
    else if (singlyOnRefusal && rest.length > 0) await this.#fetchRefused(rest, refusal, run);
    else await this.#fetchChunk(rest, run);
    // Some panels refuse a batch for one bad id: it was the size only where every id was then found.
    const wasTheSize = singlyOnRefusal
      ? refusal.code !== notFound && run.hasFound(numbers)
      : numbers.every((number) => run.hasFound([number]));
    if (wasTheSize) this.#learn(Math.min(half, this.size));
  }

  async #complete(
    numbers: readonly string[],
    readings: ReadonlyMap<string, Reading<T>>,
    run: LookupRun<T>,
  ): Promise<void> {
    const missing: string[] = [];
    const known = new Map<string, LookupResult<T>>();
    for (const number of numbers) {
      const reading = readings.get(number) ?? { kind: 'missing' };
      if (reading.kind === 'missing') missing.push(number);
      else known.set(number, this.#resultOf(reading));
    }
    run.settle(known);
    if (missing.length === 0) return;
    // Callers that ask for unknown ids must not hold up the others.
    const behind = run.behind();
    const answered = numbers.length - missing.length;
    const wasCut = answered > 0 && missing.length > 1 && numbers[answered] === missing[0];
    if (!wasCut) return this.#fetchLeftOut(missing, { run: behind, isWholeList: answered === 0 });
    // The first ids were answered and all the others were not: the panel cuts batches at this size.
    await this.#fetchAll(missing, behind, answered);
    if (run.hasFound(missing)) this.#learn(Math.min(answered, this.size));
  }

  /** Asks for the ids one by one, as far as calls are left. */
  async #fetchLeftOut(
    numbers: readonly string[],
    { run, isWholeList }: { readonly run: LookupRun<T>; readonly isWholeList: boolean },
  ): Promise<void> {
    const failures = new Map<string, ProviderError>();
    const asked: string[] = [];
    for (const number of numbers) {
      const failure = this.#leftOutCalls.take(number, run);
      if (failure) failures.set(number, failure);
      else asked.push(number);
    }
    if (failures.size > 0) run.settle(failures);
    await Promise.all(
      asked.map((number) => this.#fetchOne(number, run, () => this.#leftOutCalls.take(number, run) === null)),
    );
    const readsNoLists = isWholeList && asked.length >= ENOUGH_FOUND_SINGLY;
    if (readsNoLists && asked.every((number) => run.hasFound([number]))) this.#learn(1);
  }

  async #fetchOne(
    number: string,
    run: LookupRun<T>,
    mayRepeat = () => run.takeCall([number]).length > 0,
  ): Promise<void> {
    const { single, exchange, dialect, action, notFound, onFound } = this.#options;
    const form = single.encode(number);
    try {
      const found = await exchange.ask({
        ...this.#asking(run),
        form,
        mayRepeat,
        read: readUnlessRefused(dialect, action, (value, context) => single.decode(value, context)),
      });
      onFound?.(found);
      run.settle(new Map([[number, found]]));
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      run.settle(new Map([[number, error.code === notFound ? null : error]]));
    }
  }

  #asking(run: LookupRun<T>): Pick<AskOptions<T>, 'action' | 'priority' | 'deadlineAt' | 'slot'> {
    const { priority, deadlineAt } = run.options;
    return { action: this.#options.action, priority, deadlineAt, slot: run.takeSlot() };
  }

  #resultOf(reading: Exclude<Reading<T>, { kind: 'missing' }>): LookupResult<T> {
    const { exchange, action, notFound, onFound } = this.#options;
    switch (reading.kind) {
      case 'found':
        onFound?.(reading.value);
        return reading.value;
      case 'refused':
        return reading.refusal.code === notFound ? null : exchange.refused(action, reading.refusal);
      case 'unreadable':
        return exchange.unreadable(action, 'one of several');
    }
  }

  #learn(size: number): void {
    this.#learnedSize = Math.max(1, size);
    this.#learnedAt = this.#clock.now();
  }
}
