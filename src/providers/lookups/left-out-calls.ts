/** Bounds how often a panel is asked singly about ids that it left out of its answers to lists. */
import type { ProviderError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/time/clock.ts';
import { CallsPerMinute } from '../pacing/calls-per-minute.ts';
import type { Priority } from '../provider.ts';
import type { Exchange } from '../transport/exchange.ts';
import type { LookupRun } from './lookup-run.ts';

export interface LeftOutCallsOptions {
  readonly exchange: Pick<Exchange, 'noCallsLeft' | 'leftOut'>;
  readonly action: 'status' | 'refill_status';
  readonly clock: Clock;
}

/**
 * Calls a minute: for those who wait, and besides for the tracker, which must not use up what clients need. A panel leaves
 * out hardly any of the ids that it knows; ids that clients make up must not become a stream of calls.
 */
const AWAITED_A_MINUTE = 60;
const TRACKERS_A_MINUTE = 30;

export class LeftOutCalls {
  readonly #options: LeftOutCallsOptions;
  readonly #awaited = new CallsPerMinute(AWAITED_A_MINUTE);
  readonly #trackers = new CallsPerMinute(TRACKERS_A_MINUTE);

  constructor(options: LeftOutCallsOptions) {
    this.#options = options;
  }

  /** Takes a call for an id that was left out. @returns null, or the failure of the id where no call may be made */
  take<T>(number: string, run: Pick<LookupRun<T>, 'options' | 'takeCall'>): ProviderError | null {
    const { exchange, action, clock } = this.#options;
    const calls = this.#callsFor(run.options.spare?.priorityOf(number) ?? 'spending');
    if (!calls) return run.takeCall([number]).length > 0 ? null : exchange.noCallsLeft(action);
    const now = clock.now();
    const waitMs = calls.waitMs(now);
    if (waitMs > 0) return exchange.leftOut(action, { most: calls.most, waitMs });
    if (run.takeCall([number]).length === 0) return exchange.noCallsLeft(action);
    calls.take(now);
    return null;
  }

  /** Null where calls are not limited: what clients ask must not keep the gateway from what it has to know. */
  #callsFor(priority: Priority): CallsPerMinute | null {
    if (priority === 'spending') return null;
    return priority === 'lookup' ? this.#awaited : this.#trackers;
  }
}
