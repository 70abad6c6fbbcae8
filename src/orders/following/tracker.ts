/**
 * Follows open orders and refills: asks for those that are due, in whole batches, through the coalescers of the panels.
 * Gateways that share a ledger share the work by a lease for each panel, so that each order is asked for once an
 * interval.
 */
import { ProviderError, StoreUnavailableError } from '../../domain/errors.ts';
import { isFinalOrder, isFinalRefill } from '../../domain/order.ts';
import { type Clock, systemClock } from '../../domain/time/clock.ts';
import { type Repetition, type Rounds, timedRounds } from '../../domain/time/rounds.ts';
import type { Panel } from '../../panels/panel.ts';
import type { Panels } from '../../panels/panels.ts';
import type { Coalescer } from '../../providers/lookups/coalescer.ts';
import type {
  CheckSchedule,
  DueClaim,
  LedgerStore,
  OrderRecord,
  RefillRecord,
} from '../../storage/ledger/ledger-store.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import { type CheckIntervals, checkIntervalMs } from './check-interval.ts';
import type { OrderStates } from './order-states.ts';

export interface TrackerOptions {
  readonly store: LedgerStore;
  readonly panels: Panels;
  readonly states: OrderStates;
  readonly intervals: CheckIntervals;
  readonly telemetry: Telemetry;
  readonly clock?: Clock;
  readonly rounds?: Rounds;
}

/** The limits of the interval at which each panel is checked for due orders. */
const MAX_TICK_MS = 1000;
const MIN_TICK_MS = 20;
const LEASE_MS = 10_000;
/** Orders that come due within this share of the least interval are asked for too, so that batches fill up. */
const LOOK_AHEAD = 0.5;
const BATCHES_PER_CLAIM = 20;

export class Tracker {
  readonly #options: TrackerOptions;
  readonly #clock: Clock;
  readonly #tickMs: number;
  readonly #group = {};
  #repetitions: readonly Repetition[] = [];

  constructor(options: TrackerOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#tickMs = Math.min(MAX_TICK_MS, Math.max(MIN_TICK_MS, options.intervals.minIntervalMs / 10));
  }

  start(): void {
    const { panels, rounds = timedRounds } = this.#options;
    this.#repetitions = panels.all.map((panel) => rounds.repeat(this.#tickMs, () => this.#tick(panel)));
  }

  /** Begins no more look-ups, waits for those under way, and releases the leases. */
  async close(): Promise<void> {
    await Promise.all(this.#repetitions.map((repetition) => repetition.stop()));
    await Promise.all(
      this.#options.panels.all.map(({ name }) =>
        this.#options.store.leases.releaseLease(leaseOf(name)).catch(() => undefined),
      ),
    );
  }

  async #tick(panel: Panel): Promise<void> {
    try {
      await this.#follow(panel);
    } catch (error) {
      if (error instanceof StoreUnavailableError) return;
      this.#options.telemetry.unexpectedError(`tracker of ${panel.name}`, error);
    }
  }

  async #follow(panel: Panel): Promise<void> {
    const { store } = this.#options;
    const { name } = panel;
    const now = this.#clock.now();
    const [orders, refills] = await Promise.all([store.orders.nextCheckAt(name), store.refills.nextCheckAt(name)]);
    const isDue = (at: number | null): boolean => at !== null && at <= now;
    if (!isDue(orders) && !isDue(refills)) return;
    if (!(await store.leases.acquireLease(leaseOf(name), { ttlMs: LEASE_MS, now }))) return;
    await Promise.all([
      isDue(orders)
        ? this.#followDue(panel, { ledger: store.orders, lookup: panel.orders, isFinal: isFinalOrder })
        : undefined,
      isDue(refills)
        ? this.#followDue(panel, { ledger: store.refills, lookup: panel.refills, isFinal: isFinalRefill })
        : undefined,
    ]);
  }

  async #followDue<Status extends string>(panel: Panel, { ledger, lookup, isFinal }: Followed<Status>): Promise<void> {
    const due = await ledger.claimDue(this.#claim(panel));
    if (due.length === 0) return;
    const numbers = due.map(({ number }) => number);
    const results = await lookup.load(numbers, { priority: 'tracker', group: this.#group });
    await this.#options.states.settled();
    // A final order is not asked for again. Its state is stored by now.
    const open = due.flatMap((item, index) => {
      const result = results[index] ?? null;
      const isFailing = result === null || result instanceof ProviderError;
      return !isFailing && isFinal(result.status) ? [] : [{ item, isFailing }];
    });
    await ledger.schedule(panel.name, this.#checks(open, this.#clock.now()));
  }

  #claim({ name, provider }: Panel): DueClaim {
    const { minIntervalMs } = this.#options.intervals;
    const now = this.#clock.now();
    return {
      panel: name,
      now: now + minIntervalMs * LOOK_AHEAD,
      limit: provider.batchSize * BATCHES_PER_CLAIM,
      until: now + minIntervalMs * 2,
    };
  }

  /** The time at which each is asked for next. */
  #checks(open: readonly { readonly item: OrderRecord | RefillRecord; readonly isFailing: boolean }[], now: number) {
    return open.map(({ item, isFailing }): CheckSchedule => {
      const intervalMs = checkIntervalMs(
        {
          ageMs: now - ('trackedSince' in item ? item.trackedSince : item.createdAt),
          isWatched: 'watchedUntil' in item && item.watchedUntil !== null && item.watchedUntil > now,
          isFailing,
        },
        this.#options.intervals,
      );
      return { number: item.number, nextCheckAt: now + intervalMs };
    });
  }
}

/** How orders or refills are followed: their times in the ledger, their look-ups, and the states that end it. */
interface Followed<Status extends string> {
  readonly ledger: {
    claimDue(claim: DueClaim): Promise<readonly (OrderRecord | RefillRecord)[]>;
    schedule(panel: string, checks: readonly CheckSchedule[]): Promise<void>;
  };
  readonly lookup: Pick<Coalescer<{ readonly status: Status }>, 'load'>;
  readonly isFinal: (status: Status) => boolean;
}

function leaseOf(panel: string): string {
  return `tracker:${panel}`;
}
