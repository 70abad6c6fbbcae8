/**
 * All that can be done with orders: check, place, watch, refill, cancel, settle, and look up in the ledger.
 * The only writer of the ledger.
 */
import type { Caller } from '../access/caller.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { PanelItemRef } from '../domain/ids.ts';
import type { OrderState } from '../domain/order.ts';
import type { CallAllowance } from '../providers/pacing/call-allowance.ts';
import type { PlacementRecord } from '../storage/ledger/ledger-store.ts';
import { PanelAccounts } from './account/panel-accounts.ts';
import { AskedNumbers } from './asked-numbers.ts';
import { type ChangeResult, OrderChanges } from './changing/change-orders.ts';
import { type CheckedOrder, type CheckOrderDependencies, checkOrder, type OrderInput } from './checking/check-order.ts';
import { OrderFollowing, type OrderFollowingOptions } from './following/order-following.ts';
import type { OrderStream } from './following/order-stream.ts';
import { OrderHistory } from './order-history.ts';
import { OrderPlacing, type PlaceOrderInput } from './placing/order-placing.ts';
import type { PlaceAnswer } from './placing/placement-answer.ts';
import { PlacementSender } from './placing/placement-sender.ts';
import { Recovery } from './placing/recovery.ts';
import { type PlacementDecision, resolvePlacement } from './placing/resolve-placement.ts';
import { rememberCurrencies } from './remember-currencies.ts';

/** The recovery, too, looks for work by `clock` and `rounds`. */
export interface OrdersOptions extends Omit<OrderFollowingOptions, 'onPaidBack'> {
  readonly catalogue: Catalogue;
}

export class Orders {
  readonly #options: OrdersOptions;
  readonly #checking: CheckOrderDependencies;
  readonly #following: OrderFollowing;
  readonly #sender: PlacementSender;
  readonly #placing: OrderPlacing;
  readonly #changes: OrderChanges;
  readonly #recovery: Recovery;
  readonly #askedNumbers: AskedNumbers;
  /** What the ledger holds. */
  readonly history: OrderHistory;

  constructor(options: OrdersOptions) {
    const { panels, catalogue, store, telemetry, exchange, tracker, clock, rounds } = options;
    const clocks = clock && { clock };
    const loop = { ...clocks, ...(rounds && { rounds }) };
    const shared = { store, telemetry, panels, firstCheckMs: tracker.minIntervalMs, ...clocks };
    const accounts = new PanelAccounts({ panels, turns: store.addTurns, ...clocks });
    const noteMoved = (panel: string): void => accounts.noteMoved(panel);
    this.#options = options;
    this.#checking = { panels, catalogue, exchange };
    this.#askedNumbers = new AskedNumbers({ store, ...clocks });
    this.history = new OrderHistory(store);
    const following = new OrderFollowing({ ...shared, ...loop, exchange, tracker, onPaidBack: noteMoved });
    this.#following = following;
    this.#sender = new PlacementSender({ ...shared, accounts, onPlaced: (...ref) => following.expectOrder(...ref) });
    this.#placing = new OrderPlacing({ ...this.#checking, store, sender: this.#sender, ...clocks });
    this.#changes = new OrderChanges({
      ...shared,
      askedNumbers: this.#askedNumbers,
      onCancel: noteMoved,
      onRefill: (...ref) => following.expectRefill(...ref),
    });
    this.#recovery = new Recovery({ store, telemetry, running: this.#sender.running, ...loop });
  }

  /** What `place` would say, without buying. @throws as `checkOrder` */
  check(input: OrderInput, calls: CallAllowance): Promise<CheckedOrder> {
    return checkOrder(input, { ...this.#checking, calls });
  }

  /** Buys once, or returns the earlier answer for the key: see `OrderPlacing.place`. */
  place(caller: Caller, input: PlaceOrderInput, calls: CallAllowance): Promise<PlaceAnswer> {
    return this.#placing.place(caller, input, calls);
  }

  /** The number of the refill for each order, in the order of `orderIds`: see `OrderChanges.refill`. */
  refill(caller: Caller, orderIds: readonly string[], calls: CallAllowance): Promise<ChangeResult<string>[]> {
    return this.#changes.refill(caller, orderIds, calls);
  }

  /**
   * Whether the panel took the request, for each order, in the order of `orderIds`. The order's next status says whether
   * it was canceled. One order's failure does not throw.
   */
  cancel(caller: Caller, orderIds: readonly string[], calls: CallAllowance): Promise<ChangeResult<true>[]> {
    return this.#changes.cancel(caller, orderIds, calls);
  }

  /** The present state of each order, then each change: see `OrderFollowing.watch`. */
  watch(
    caller: Caller,
    refs: readonly PanelItemRef[],
    load: (ref: PanelItemRef) => Promise<OrderState | null>,
  ): Promise<OrderStream> {
    return this.#following.watch(caller, refs, load);
  }

  /** The number of orders that are watched. */
  get watchedCount(): number {
    return this.#following.watchedCount;
  }

  /** Settles a placement whose outcome is unknown, by a person's decision. @throws as `resolvePlacement` */
  resolve(id: string, decision: PlacementDecision): Promise<PlacementRecord> {
    const { store, tracker, clock } = this.#options;
    return resolvePlacement(id, decision, {
      store,
      firstCheckMs: tracker.minIntervalMs,
      onPlaced: (panel, number) => this.#following.expectOrder(panel, number),
      ...(clock && { clock }),
    });
  }

  /** Those of `numbers` that the panel must not be asked about: see `AskedNumbers.findRefused`. */
  findRefusedNumbers(
    kind: 'order' | 'refill',
    panel: string,
    numbers: readonly string[],
  ): Promise<ReadonlySet<string>> {
    return this.#askedNumbers.findRefused(kind, panel, numbers);
  }

  /** Settles the placements that an earlier process left, then begins to follow open orders. */
  async start(): Promise<void> {
    const { store, panels } = this.#options;
    await this.#recovery.start();
    await rememberCurrencies({ store, panels: panels.all });
    this.#following.start();
  }

  /** Sends no more orders or changes. Calls that were sent go on. */
  stop(): void {
    this.#sender.stop();
    this.#changes.stop();
  }

  /** Waits for the calls that were sent, and stores their outcomes. */
  async close(): Promise<void> {
    await this.#following.stop();
    await Promise.all([this.#sender.close(), this.#changes.close()]);
    await this.#recovery.close();
    await this.#following.close();
  }
}
