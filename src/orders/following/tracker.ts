/**
 * Follows open orders and refills: asks for what is due, through the coalescers of the panels, in whole batches.
 * Several gateways share the work by a lease a panel, so that each order is asked for once an interval.
 */
import { type Clock, systemClock } from '../../domain/clock.ts';
import { ProviderError, StoreUnavailableError } from '../../domain/errors.ts';
import { isFinalOrder, isFinalRefill } from '../../domain/order.ts';
import type { Coalescer } from '../../providers/coalescer.ts';
import type { PanelLookups } from '../../providers/panel-lookups.ts';
import type { Provider } from '../../providers/provider.ts';
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
  readonly providers: readonly Provider[];
  readonly lookups: (panel: string) => PanelLookups | undefined;
  readonly states: OrderStates;
  readonly intervals: CheckIntervals;
  readonly telemetry: Telemetry;
  readonly clock?: Clock;
}

/** How often due work is looked for. */
const MAX_TICK_MS = 1000;
const MIN_TICK_MS = 20;
const LEASE_MS = 10_000;
/** What comes due within this share of the least interval goes along: orders fall into step and batches fill up. */
const LOOK_AHEAD = 0.5;
const BATCHES_PER_CLAIM = 20;

export class Tracker {
  readonly #options: TrackerOptions;
  readonly #clock: Clock;
  readonly #tickMs: number;
  readonly #group = {};
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #working = new Set<Promise<void>>();
  #isClosed = false;

  constructor(options: TrackerOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#tickMs = Math.min(MAX_TICK_MS, Math.max(MIN_TICK_MS, options.intervals.minIntervalMs / 10));
  }

  start(): void {
    for (const provider of this.#options.providers) this.#schedule(provider);
  }

  /** Begins nothing any more, lets what is under way end, and gives its leases back. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await Promise.all(this.#working);
    await Promise.all(
      this.#options.providers.map(({ panel }) =>
        this.#options.store.leases.releaseLease(leaseOf(panel)).catch(() => undefined),
      ),
    );
  }

  #schedule(provider: Provider): void {
    if (this.#isClosed) return;
    const tick = (): void => {
      const work: Promise<void> = this.#follow(provider)
        .catch((error: unknown) => {
          if (error instanceof StoreUnavailableError) return;
          this.#options.telemetry.unexpectedError(`tracker of ${provider.panel}`, error);
        })
        .finally(() => {
          this.#working.delete(work);
          this.#schedule(provider);
        });
      this.#working.add(work);
    };
    this.#timers.set(provider.panel, setTimeout(tick, this.#tickMs));
  }

  async #follow(provider: Provider): Promise<void> {
    const { store } = this.#options;
    const { panel } = provider;
    const now = this.#clock.now();
    const [orders, refills] = await Promise.all([store.orders.nextCheckAt(panel), store.refills.nextCheckAt(panel)]);
    const isDue = (at: number | null): boolean => at !== null && at <= now;
    if (!isDue(orders) && !isDue(refills)) return;
    if (!(await store.leases.acquireLease(leaseOf(panel), { ttlMs: LEASE_MS, now }))) return;
    const lookups = this.#options.lookups(panel);
    await Promise.all([
      isDue(orders)
        ? this.#followDue(provider, { ledger: store.orders, lookup: lookups?.orders, isFinal: isFinalOrder })
        : undefined,
      isDue(refills)
        ? this.#followDue(provider, { ledger: store.refills, lookup: lookups?.refills, isFinal: isFinalRefill })
        : undefined,
    ]);
  }

  async #followDue<Status extends string>(
    provider: Provider,
    { ledger, lookup, isFinal }: Followed<Status>,
  ): Promise<void> {
    const due = await ledger.claimDue(this.#claim(provider));
    if (due.length === 0) return;
    const numbers = due.map(({ number }) => number);
    const results = await lookup?.load(numbers, { priority: 'tracker', group: this.#group });
    await this.#options.states.settled();
    // None for what the panel calls final, whose state is stored by now.
    const open = due.flatMap((item, index) => {
      const result = results?.[index] ?? null;
      const isFailing = result === null || result instanceof ProviderError;
      return !isFailing && isFinal(result.status) ? [] : [{ item, isFailing }];
    });
    await ledger.schedule(provider.panel, this.#checks(open, this.#clock.now()));
  }

  #claim({ panel, batchSize }: Provider): DueClaim {
    const { minIntervalMs } = this.#options.intervals;
    const now = this.#clock.now();
    return {
      panel,
      now: now + minIntervalMs * LOOK_AHEAD,
      limit: batchSize * BATCHES_PER_CLAIM,
      until: now + minIntervalMs * 2,
    };
  }

  /** When each is asked for next. */
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

/** Orders or refills: where their times stand, who is asked for them, and which are followed no more. */
interface Followed<Status extends string> {
  readonly ledger: {
    claimDue(claim: DueClaim): Promise<readonly (OrderRecord | RefillRecord)[]>;
    schedule(panel: string, checks: readonly CheckSchedule[]): Promise<void>;
  };
  readonly lookup: Pick<Coalescer<{ readonly status: Status }>, 'load'> | undefined;
  readonly isFinal: (status: Status) => boolean;
}

function leaseOf(panel: string): string {
  return `tracker:${panel}`;
}
