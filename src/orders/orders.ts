/**
 * What can be done with orders: checked, placed, followed, refilled, canceled, settled, and looked up in the ledger.
 * The only writer of the ledger.
 */
import type { Caller } from '../access/caller.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { PanelItemRef } from '../domain/ids.ts';
import type { ExchangeRates } from '../domain/money.ts';
import { isFinalOrder, type OrderState, type OrderStatus } from '../domain/order.ts';
import type { PageArguments } from '../domain/paging.ts';
import type { Clock } from '../domain/time/clock.ts';
import type { Panels } from '../panels/panels.ts';
import type {
  LedgerStore,
  OrderRecord,
  PlacementFilter,
  PlacementRecord,
  RefillRecord,
} from '../storage/ledger/ledger-store.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { PanelAccounts } from './account/panel-accounts.ts';
import { AskedNumbers } from './asked-numbers.ts';
import { type ChangeResult, OrderChanges } from './changing/change-orders.ts';
import { type CheckedOrder, type CheckOrderDependencies, checkOrder, type OrderInput } from './checking/check-order.ts';
import type { CheckIntervals } from './following/check-interval.ts';
import { OrderFeed } from './following/order-feed.ts';
import { OrderStates } from './following/order-states.ts';
import type { OrderStream } from './following/order-stream.ts';
import { Tracker } from './following/tracker.ts';
import { watchOrders } from './following/watch-orders.ts';
import { OrderPlacing, type PlaceOrderInput } from './placing/order-placing.ts';
import type { PlaceAnswer } from './placing/placement-answer.ts';
import { findPlacements, type PlacementHistoryPage } from './placing/placement-history.ts';
import { PlacementSender } from './placing/placement-sender.ts';
import { Recovery } from './placing/recovery.ts';
import { type PlacementDecision, resolvePlacement } from './placing/resolve-placement.ts';
import { rememberCurrencies } from './remember-currencies.ts';

export interface OrdersOptions {
  readonly panels: Panels;
  readonly catalogue: Catalogue;
  readonly store: LedgerStore;
  readonly telemetry: Telemetry;
  readonly exchange: ExchangeRates;
  /** How often open orders are asked for, and whether they are at all. */
  readonly tracker: CheckIntervals & { readonly enabled: boolean };
  readonly clock?: Clock | undefined;
}

export class Orders {
  readonly #options: OrdersOptions;
  readonly #store: LedgerStore;
  readonly #checking: CheckOrderDependencies;
  readonly #feed: OrderFeed;
  readonly #states: OrderStates;
  readonly #accounts: PanelAccounts;
  readonly #sender: PlacementSender;
  readonly #placing: OrderPlacing;
  readonly #changes: OrderChanges;
  readonly #recovery: Recovery;
  readonly #tracker: Tracker;
  readonly #askedNumbers: AskedNumbers;

  constructor(options: OrdersOptions) {
    const { panels, catalogue, store, telemetry, exchange, tracker, clock } = options;
    const clocks = clock && { clock };
    const firstCheckMs = tracker.minIntervalMs;
    const shared = { store, telemetry, panels, firstCheckMs, ...clocks };
    this.#options = options;
    this.#store = store;
    this.#checking = { panels, catalogue, exchange };
    this.#askedNumbers = new AskedNumbers({ store, ...clocks });
    this.#feed = new OrderFeed({ store, telemetry, watchedIntervalMs: tracker.minIntervalMs, ...clocks });
    this.#states = new OrderStates({ ...shared, exchange, onChange: (records) => this.#tellChanges(records) });
    panels.observe(this.#states);
    this.#accounts = new PanelAccounts({ panels, turns: store.addTurns, ...clocks });
    const onPlaced = (panel: string, number: string): void => this.#expectOrder(panel, number);
    this.#sender = new PlacementSender({ ...shared, accounts: this.#accounts, onPlaced });
    this.#placing = new OrderPlacing({ ...this.#checking, store, sender: this.#sender, ...clocks });
    this.#changes = new OrderChanges({
      ...shared,
      askedNumbers: this.#askedNumbers,
      onCancel: (panel) => this.#accounts.noteMoved(panel),
      onRefill: (panel, number) => this.#states.forgetAbsence(panel, number, 'refill'),
    });
    this.#recovery = new Recovery({ store, telemetry, running: this.#sender.running, ...clocks });
    this.#tracker = new Tracker({ ...shared, states: this.#states, intervals: tracker });
  }

  /** What `place` would say, without buying. @throws as `checkOrder` */
  check(input: OrderInput): Promise<CheckedOrder> {
    return checkOrder(input, this.#checking);
  }

  /** Buys once, or answers what the key has brought before: see `OrderPlacing.place`. */
  place(caller: Caller, input: PlaceOrderInput): Promise<PlaceAnswer> {
    return this.#placing.place(caller, input);
  }

  /** The number of the refill for each order, in the order of `orderIds`. Never throws for one order's failure. */
  refill(caller: Caller, orderIds: readonly string[]): Promise<ChangeResult<string>[]> {
    return this.#changes.refill(caller, orderIds);
  }

  /** Whether the panel took the request, for each order, in the order of `orderIds`; its status says what it did. */
  cancel(caller: Caller, orderIds: readonly string[]): Promise<ChangeResult<true>[]> {
    return this.#changes.cancel(caller, orderIds);
  }

  /** The present state of each order and each change after it; `load` asks a panel. @throws as `watchOrders` */
  watch(
    caller: Caller,
    refs: readonly PanelItemRef[],
    load: (ref: PanelItemRef) => Promise<OrderState | null>,
  ): Promise<OrderStream> {
    const { store, tracker, clock } = this.#options;
    const firstCheckMs = tracker.minIntervalMs;
    return watchOrders(caller, refs, { store, feed: this.#feed, states: this.#states, load, firstCheckMs, clock });
  }

  /** How many orders are watched. */
  get watchedCount(): number {
    return this.#feed.size;
  }

  /** Settles a placement whose outcome is unknown, by a person's decision. @throws as `resolvePlacement` */
  resolve(id: string, decision: PlacementDecision): Promise<PlacementRecord> {
    const { store, tracker, clock } = this.#options;
    return resolvePlacement(id, decision, {
      store,
      firstCheckMs: tracker.minIntervalMs,
      onPlaced: (panel, number) => this.#expectOrder(panel, number),
      ...(clock && { clock }),
    });
  }

  /** A page of the placements, newest first. @throws as `findPlacements` */
  history(filter: PlacementFilter, args: PageArguments): Promise<PlacementHistoryPage> {
    return findPlacements(this.#store, filter, args);
  }

  countPlacements(filter: PlacementFilter): Promise<number> {
    return this.#store.placements.countPlacements(filter);
  }

  findPlacement(id: string): Promise<PlacementRecord | null> {
    return this.#store.placements.findById(id);
  }

  /** By one of the caller's own keys. */
  findPlacementByKey(caller: Caller, idempotencyKey: string): Promise<PlacementRecord | null> {
    return this.#store.placements.findByKey(caller.name, idempotencyKey);
  }

  /** How orders were placed, in the order of `numbers`; null for those that were not placed here. */
  findPlacementsOf(panel: string, numbers: readonly string[]): Promise<(PlacementRecord | null)[]> {
    return this.#store.placements.findByOrders(panel, numbers);
  }

  /** Orders as the ledger remembers them, in the order of `numbers`; null for what it does not have. */
  findOrders(panel: string, numbers: readonly string[]): Promise<(OrderRecord | null)[]> {
    return this.#store.orders.findOrders(panel, numbers);
  }

  /** As `findOrders`, for refills. */
  findRefills(panel: string, numbers: readonly string[]): Promise<(RefillRecord | null)[]> {
    return this.#store.refills.findRefills(panel, numbers);
  }

  /** The refills of each order, newest first. */
  listRefillsOf(panel: string, orderNumbers: readonly string[]): Promise<RefillRecord[][]> {
    return this.#store.refills.listByOrders(panel, orderNumbers);
  }

  /** Those of `numbers` that the panel must not be asked about: see `AskedNumbers.findRefused`. */
  findRefusedNumbers(
    kind: 'order' | 'refill',
    panel: string,
    numbers: readonly string[],
  ): Promise<ReadonlySet<string>> {
    return this.#askedNumbers.findRefused(kind, panel, numbers);
  }

  /** Settles what an earlier process left, then follows what is open. */
  async start(): Promise<void> {
    const { store, panels, tracker } = this.#options;
    await this.#recovery.start();
    await rememberCurrencies({ store, panels: panels.all });
    if (tracker.enabled) this.#tracker.start();
  }

  /** Buys and changes nothing any more; what was sent goes on. */
  stop(): void {
    this.#sender.stop();
    this.#changes.stop();
  }

  /** Finishes what was sent and stores its outcome. */
  async close(): Promise<void> {
    await this.#tracker.close();
    await Promise.all([this.#sender.close(), this.#changes.close()]);
    await this.#recovery.close();
    await this.#feed.close();
    await this.#states.settled();
  }

  /** The ledger has this order from now on: what was known of it before is of another time. */
  #expectOrder(panel: string, number: string): void {
    this.#options.panels.find(panel)?.orders.forget([number]);
    this.#states.forgetAbsence(panel, number);
  }

  #tellChanges(records: readonly OrderRecord[]): void {
    this.#feed.publish(records);
    for (const { panel, state } of records) if (isPaidBack(state.status)) this.#accounts.noteMoved(panel);
  }
}

/** Panels pay back what they have not delivered. */
function isPaidBack(status: OrderStatus): boolean {
  return isFinalOrder(status) && status !== 'COMPLETED';
}
