/**
 * A refill or a cancellation of several orders: in one call, or one by one at a panel that does not read lists. What
 * may have been done is never asked for again: orders are sent one by one only after the panel has refused the whole
 * call for its form.
 */

import { ProviderError } from '../../domain/errors.ts';
import { type Clock, steadyClock } from '../../domain/time/clock.ts';
import type { Dialect, MultiCodec, Reading } from '../dialect.ts';
import type { CallAllowance } from '../pacing/call-allowance.ts';
import type { Exchange } from '../transport/exchange.ts';
import { readUnlessRefused } from '../transport/panel-call.ts';

/** How long it is remembered that a panel reads no lists: panels change. */
const LESSON_LASTS_MS = 3_600_000;

/** One result for each order: the value, or why there is none. */
export type CommandResults<T> = ReadonlyMap<string, T | ProviderError>;

export interface OrderCommandOptions<T> {
  readonly exchange: Pick<Exchange, 'spend' | 'refused' | 'unreadable' | 'noCallsLeft'>;
  readonly dialect: Pick<Dialect, 'refusesTheForm' | 'decodeRefusal'>;
  readonly action: 'refill' | 'cancel';
  /** For one order, in the form without a list. */
  readonly single: MultiCodec<T>;
  readonly multi: MultiCodec<T>;
  /** Whether the panels' pages document `single`: one order is then sent in that form at once. */
  readonly isSingleDocumented: boolean;
  readonly clock?: Clock;
}

export class OrderCommand<T> {
  readonly #options: OrderCommandOptions<T>;
  readonly #clock: Clock;
  #singlyUntil = Number.NEGATIVE_INFINITY;

  constructor(options: OrderCommandOptions<T>) {
    this.#options = options;
    this.#clock = options.clock ?? steadyClock;
  }

  /**
   * One result for each of `numbers`; never throws for a panel's failure. All calls are taken from `calls`: orders for
   * which none is left fail as `not-sent`.
   */
  async send(numbers: readonly string[], calls: CallAllowance): Promise<CommandResults<T>> {
    const { multi, isSingleDocumented } = this.#options;
    const isOne = numbers.length === 1;
    if (this.#clock.now() < this.#singlyUntil || (isOne && isSingleDocumented)) return this.#sendSingly(numbers, calls);
    if (!calls.take()) return sameForAll(numbers, this.#noCallsLeft());
    const results = await this.#call(multi, numbers);
    if (!(results instanceof ProviderError)) return results;
    if (!this.#isAboutTheForm(results)) return sameForAll(numbers, results);
    const singly = await this.#sendSingly(numbers, calls);
    if (showsTheForm(results, [...singly.values()])) this.#singlyUntil = this.#clock.now() + LESSON_LASTS_MS;
    return singly;
  }

  async #sendSingly(numbers: readonly string[], calls: CallAllowance): Promise<CommandResults<T>> {
    const { single } = this.#options;
    const each = await Promise.all(
      numbers.map(async (number) => {
        if (!calls.take()) return sameForAll([number], this.#noCallsLeft());
        const results = await this.#call(single, [number]);
        return results instanceof ProviderError ? sameForAll([number], results) : results;
      }),
    );
    return new Map(each.flatMap((results) => [...results]));
  }

  /** Sends once. A ProviderError is the failure of the whole call. */
  async #call(codec: MultiCodec<T>, numbers: readonly string[]): Promise<CommandResults<T> | ProviderError> {
    const { exchange, dialect, action } = this.#options;
    try {
      const readings = await exchange.spend({
        action,
        form: codec.encode(numbers),
        read: readUnlessRefused(dialect, action, (value, context) => codec.decode(value, numbers, context)),
      });
      return new Map(numbers.map((number) => [number, this.#resultOf(readings.get(number))]));
    } catch (error) {
      if (error instanceof ProviderError) return error;
      throw error;
    }
  }

  #noCallsLeft(): ProviderError {
    const { exchange, action } = this.#options;
    return exchange.noCallsLeft(action);
  }

  #resultOf(reading: Reading<T> | undefined): T | ProviderError {
    const { exchange, action } = this.#options;
    switch (reading?.kind) {
      case 'found':
        return reading.value;
      case 'refused':
        return exchange.refused(action, reading.refusal);
      default:
        return exchange.unreadable(action, 'it does not say what became of the order');
    }
  }

  /** A panel that reads the list as one id does not know that order. */
  #isAboutTheForm({ outcome, code, panelMessage }: ProviderError): boolean {
    if (outcome !== 'rejected') return false;
    return code === 'ORDER_NOT_FOUND' || this.#options.dialect.refusesTheForm(panelMessage ?? '');
  }
}

/** Whether the form was refused, and not one of the orders: one by one, none was refused in the same words. */
function showsTheForm(refusal: ProviderError, singly: readonly unknown[]): boolean {
  const answered = singly.filter((result) => !(result instanceof ProviderError) || result.outcome === 'rejected');
  const isSame = (result: unknown): boolean =>
    result instanceof ProviderError && result.panelMessage === refusal.panelMessage;
  return answered.length > 0 && !answered.some(isSame);
}

function sameForAll(numbers: readonly string[], error: ProviderError): ReadonlyMap<string, ProviderError> {
  return new Map(numbers.map((number) => [number, error]));
}
