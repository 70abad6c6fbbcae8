/** How often a panel is asked singly about ids that its answers to lists have left out. */
import type { ProviderError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/time/clock.ts';
import { CallsPerMinute } from '../pacing/calls-per-minute.ts';
import type { Priority, SpareCalls } from '../provider.ts';
import type { Exchange } from '../transport/exchange.ts';

export interface LeftOutCallsOptions {
  readonly exchange: Pick<Exchange, 'noCallsLeft' | 'leftOut'>;
  readonly action: 'status' | 'refill_status';
  readonly clock: Clock;
}

/**
 * In a minute: for those who wait, and besides for the tracker, which must not use up what clients need. A panel leaves
 * out hardly any of the ids that it knows, and those that clients make up must not reach it as a stream of calls.
 */
const AWAITED_A_MINUTE = 60;
const TRACKERS_A_MINUTE = 30;

/** See `LookupRun`. */
interface RunOfLookups {
  readonly options: { readonly spare?: SpareCalls };
  takeCall(numbers: readonly string[]): readonly string[];
}

export class LeftOutCalls {
  readonly #options: LeftOutCallsOptions;
  readonly #awaited = new CallsPerMinute(AWAITED_A_MINUTE);
  readonly #trackers = new CallsPerMinute(TRACKERS_A_MINUTE);

  constructor(options: LeftOutCallsOptions) {
    this.#options = options;
  }

  /** Takes a call for an id that was left out. @returns null, or the failure of the id where it may have none */
  take(number: string, run: RunOfLookups): ProviderError | null {
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

  /** Null where they are not limited: what the gateway itself has to know must not hang on what clients ask. */
  #callsFor(priority: Priority): CallsPerMinute | null {
    if (priority === 'spending') return null;
    return priority === 'lookup' ? this.#awaited : this.#trackers;
  }
}
