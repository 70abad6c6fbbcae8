/** Follows orders and refills: keeps their states in the ledger, asks for the open ones, and tells whoever watches. */
import type { Caller } from '../../access/caller.ts';
import type { PanelItemRef } from '../../domain/ids.ts';
import type { ExchangeRates } from '../../domain/money.ts';
import { isFinalOrder, type OrderState, type OrderStatus } from '../../domain/order.ts';
import type { Clock } from '../../domain/time/clock.ts';
import type { Rounds } from '../../domain/time/rounds.ts';
import type { Panels } from '../../panels/panels.ts';
import type { LedgerStore, OrderRecord } from '../../storage/ledger/ledger-store.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import type { CheckIntervals } from './check-interval.ts';
import { OrderFeed } from './order-feed.ts';
import { OrderStates } from './order-states.ts';
import type { OrderStream } from './order-stream.ts';
import { Tracker } from './tracker.ts';
import { watchOrders } from './watch-orders.ts';

export interface OrderFollowingOptions {
  readonly panels: Panels;
  readonly store: LedgerStore;
  readonly telemetry: Telemetry;
  readonly exchange: ExchangeRates;
  /** How often open orders are asked for, and whether they are at all. */
  readonly tracker: CheckIntervals & { readonly enabled: boolean };
  readonly clock?: Clock | undefined;
  /** When the tracker looks for work; in real time by default. */
  readonly rounds?: Rounds | undefined;
  /** Called when a panel has paid back an order, or a part of it. */
  readonly onPaidBack: (panel: string) => void;
}

export class OrderFollowing {
  readonly #options: OrderFollowingOptions;
  readonly #feed: OrderFeed;
  readonly #states: OrderStates;
  readonly #tracker: Tracker;

  constructor(options: OrderFollowingOptions) {
    const { panels, store, telemetry, exchange, tracker, clock, rounds } = options;
    const shared = { store, telemetry, ...(clock && { clock }) };
    this.#options = options;
    this.#feed = new OrderFeed({ ...shared, watchedIntervalMs: tracker.minIntervalMs });
    this.#states = new OrderStates({ ...shared, exchange, onChange: (records) => this.#tellChanges(records) });
    panels.observe(this.#states);
    this.#tracker = new Tracker({
      ...shared,
      ...(rounds && { rounds }),
      panels,
      states: this.#states,
      intervals: tracker,
    });
  }

  /** Begins to ask for open orders and refills. */
  start(): void {
    if (this.#options.tracker.enabled) this.#tracker.start();
  }

  /** Begins no more look-ups, and waits for the look-ups under way. */
  async stop(): Promise<void> {
    await this.#tracker.close();
  }

  /** Ends every watch, and stores the states that were observed. */
  async close(): Promise<void> {
    await this.#feed.close();
    await this.#states.settled();
  }

  /** The present state of each order, then each change; `load` asks a panel. @throws as `findPresentOrders` */
  watch(
    caller: Caller,
    refs: readonly PanelItemRef[],
    load: (ref: PanelItemRef) => Promise<OrderState | null>,
  ): Promise<OrderStream> {
    const { store, tracker, clock } = this.#options;
    const firstCheckMs = tracker.minIntervalMs;
    return watchOrders(caller, refs, { store, feed: this.#feed, states: this.#states, load, firstCheckMs, clock });
  }

  /** The number of orders that are watched. */
  get watchedCount(): number {
    return this.#feed.size;
  }

  /** The ledger holds this order from now on. An answer from before may be about another order of that number. */
  expectOrder(panel: string, number: string): void {
    this.#options.panels.find(panel)?.orders.forget([number]);
    this.#states.forgetAbsence(panel, number);
  }

  /** The ledger holds this refill from now on. */
  expectRefill(panel: string, number: string): void {
    this.#states.forgetAbsence(panel, number, 'refill');
  }

  #tellChanges(records: readonly OrderRecord[]): void {
    this.#feed.publish(records);
    for (const { panel, state } of records) if (isPaidBack(state.status)) this.#options.onPaidBack(panel);
  }
}

/** Panels pay back what they have not delivered. */
function isPaidBack(status: OrderStatus): boolean {
  return isFinalOrder(status) && status !== 'COMPLETED';
}
