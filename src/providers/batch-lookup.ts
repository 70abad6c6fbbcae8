/**
 * Many ids in as few calls as a panel allows. Panels refuse batches, refuse large ones, cut them silently or leave
 * ids out: what is missing is asked singly before it counts as not found, and what a panel refused is remembered.
 */
import { type Clock, systemClock } from '../domain/clock.ts';
import { ProviderError } from '../domain/errors.ts';
import type { MultiCodec, Reading, SingleCodec } from './dialect.ts';
import type { LookupOptions, LookupResult, LookupResults } from './provider.ts';
import type { AskOptions, Exchange } from './transport/exchange.ts';

/** A lesson is forgotten after so long: panels change. */
const LESSON_LASTS_MS = 3_600_000;
/** Refusals that concern the account or the pace, so that smaller batches would not help. */
const NOT_ABOUT_THE_BATCH: ReadonlySet<string> = new Set(['INVALID_KEY', 'RATE_LIMITED', 'CIRCUIT_OPEN']);

export interface BatchLookupOptions<T> {
  readonly exchange: Exchange;
  readonly action: 'status' | 'refill_status';
  readonly single: SingleCodec<string, T>;
  readonly multi: MultiCodec<T>;
  /** The code of a refusal that means "no such id". */
  readonly notFound: 'ORDER_NOT_FOUND' | 'REFILL_NOT_FOUND';
  readonly batchSize: number;
  /** Where a refused batch is not tried smaller: the panel is known to lack the multi form, if it lacks it. */
  readonly singlyOnRefusal: boolean;
  readonly clock?: Clock;
}

/** One look-up under way: a panel that refuses even single ids is asked no further. */
interface Run {
  readonly options: LookupOptions;
  refusal: ProviderError | null;
}

export class BatchLookup<T> {
  readonly #options: BatchLookupOptions<T>;
  readonly #clock: Clock;
  #learnedSize = Number.POSITIVE_INFINITY;
  #learnedAt = 0;

  constructor(options: BatchLookupOptions<T>) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** How many ids one call may hold, by configuration and by what the panel has refused. */
  get size(): number {
    const forgotten = this.#clock.now() - this.#learnedAt > LESSON_LASTS_MS;
    return forgotten ? this.#options.batchSize : Math.min(this.#options.batchSize, this.#learnedSize);
  }

  /** One result for each of `numbers`; never throws for a panel's failure. */
  async fetch(numbers: readonly string[], options: LookupOptions): Promise<LookupResults<T>> {
    const distinct = [...new Set(numbers)];
    const { slot, ...rest } = options;
    if (distinct.length === 0) slot?.giveBack();
    return this.#fetchAll(distinct, { options: rest, refusal: null }, slot);
  }

  /** In chunks of the size that the panel takes; leave that is held already goes to the first. */
  async #fetchAll(numbers: readonly string[], run: Run, slot?: LookupOptions['slot']): Promise<LookupResults<T>> {
    const parts: Promise<LookupResults<T>>[] = [];
    const { size } = this;
    for (let start = 0; start < numbers.length; start += size) {
      parts.push(this.#fetchChunk(numbers.slice(start, start + size), run, start === 0 ? slot : undefined));
    }
    return merged(await Promise.all(parts));
  }

  async #fetchChunk(numbers: readonly string[], run: Run, slot: LookupOptions['slot']): Promise<LookupResults<T>> {
    const [only] = numbers;
    if (numbers.length === 1 && only !== undefined) return new Map([[only, await this.#fetchOne(only, run, slot)]]);
    try {
      const { multi } = this.#options;
      const readings = await this.#options.exchange.ask({
        ...this.#asking(run, slot),
        form: multi.encode(numbers),
        read: (value, context) => multi.decode(value, numbers, context),
      });
      return await this.#complete(numbers, readings, run);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      if (error.outcome === 'rejected' && !NOT_ABOUT_THE_BATCH.has(error.code)) {
        return this.#fetchRefused(numbers, error, run);
      }
      return everyone(numbers, error);
    }
  }

  /** A refused batch is asked in halves, so that a panel's own limit is found in a few calls. */
  async #fetchRefused(numbers: readonly string[], refusal: ProviderError, run: Run): Promise<LookupResults<T>> {
    const half = this.#options.singlyOnRefusal ? 1 : Math.ceil(numbers.length / 2);
    const first = await this.#fetchChunk(numbers.slice(0, half), run, undefined);
    // One unknown id makes some panels refuse a batch: that teaches nothing about its size.
    const isAboutSize = refusal.code !== this.#options.notFound && [...first.values()].some(isFound);
    if (isAboutSize) this.#learn(half);
    if (run.refusal) return merged([first, everyone(numbers.slice(half), run.refusal)]);
    const rest = numbers.slice(half);
    return merged([first, await (this.#options.singlyOnRefusal ? this.#singly(rest, run) : this.#fetchAll(rest, run))]);
  }

  async #complete(
    numbers: readonly string[],
    readings: ReadonlyMap<string, Reading<T>>,
    run: Run,
  ): Promise<LookupResults<T>> {
    const results = new Map<string, LookupResult<T>>();
    const missing: string[] = [];
    for (const number of numbers) {
      const reading = readings.get(number) ?? { kind: 'missing' };
      if (reading.kind === 'missing') missing.push(number);
      else results.set(number, this.#resultOf(reading));
    }
    if (missing.length === 0) return results;
    const answered = numbers.length - missing.length;
    const wasCut = answered > 0 && missing.length > 1 && numbers[answered] === missing[0];
    if (!wasCut) return merged([results, await this.#singly(missing, run)]);
    // The first so many were answered and the rest was not: the panel cuts, and the rest is asked in that size.
    const before = this.size;
    this.#learn(answered);
    const rest = await this.#fetchAll(missing, run);
    if (![...rest.values()].some(isFound)) this.#learn(before);
    return merged([results, rest]);
  }

  async #singly(numbers: readonly string[], run: Run): Promise<LookupResults<T>> {
    const results = await Promise.all(
      numbers.map(async (number) => [number, await this.#fetchOne(number, run, undefined)] as const),
    );
    return new Map(results);
  }

  async #fetchOne(number: string, run: Run, slot: LookupOptions['slot']): Promise<LookupResult<T>> {
    const { single, exchange, notFound } = this.#options;
    try {
      return await exchange.ask({
        ...this.#asking(run, slot),
        form: single.encode(number),
        read: (value, context) => single.decode(value, context),
      });
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      if (error.code === notFound) return null;
      if (error.outcome === 'rejected') run.refusal = error;
      return error;
    }
  }

  #asking(run: Run, slot: LookupOptions['slot']): Pick<AskOptions<T>, 'action' | 'priority' | 'deadlineAt' | 'slot'> {
    const { priority, deadlineAt } = run.options;
    return { action: this.#options.action, priority, deadlineAt, slot };
  }

  #resultOf(reading: Exclude<Reading<T>, { kind: 'missing' }>): LookupResult<T> {
    const { exchange, action, notFound } = this.#options;
    switch (reading.kind) {
      case 'found':
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

function isFound(result: unknown): boolean {
  return result !== null && !(result instanceof ProviderError);
}

function everyone<T>(numbers: readonly string[], error: ProviderError): LookupResults<T> {
  return new Map(numbers.map((number) => [number, error]));
}

function merged<T>(parts: readonly LookupResults<T>[]): LookupResults<T> {
  const [only] = parts;
  return parts.length === 1 && only ? only : new Map(parts.flatMap((part) => [...part]));
}
