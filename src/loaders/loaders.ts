/** The loaders of one request. */

import type { PanelItemRef } from '../domain/ids.ts';
import type { OrderState, RefillState } from '../domain/order.ts';
import type { OrderHistory } from '../orders/order-history.ts';
import type { Orders } from '../orders/orders.ts';
import type { Panels } from '../panels/panels.ts';
import { CallAllowance } from '../providers/pacing/call-allowance.ts';
import type { OrderRecord, PlacementRecord, RefillRecord } from '../storage/ledger/ledger-store.ts';
import { findState, type StateOf } from './find-state.ts';
import { createItemLoader, type ItemLoader } from './item-loader.ts';
import { createLookupLoader, type LookupLoader } from './lookup-loader.ts';

export interface LoadersOptions {
  readonly panels: Panels;
  readonly orders: Orders;
  readonly settings: {
    /** The most calls to panels that the request may cause. */
    readonly panelCalls: number;
  };
}

/** Each loader is created when it is first used, since most requests need one loader or none. */
export class Loaders {
  readonly #panels: Panels;
  readonly #history: OrderHistory;
  readonly #numbers: Pick<Orders, 'findRefusedNumbers'>;
  readonly #panelCalls: number;
  #calls: CallAllowance | undefined;
  #orders: LookupLoader<OrderState> | undefined;
  #refills: LookupLoader<RefillState> | undefined;
  #orderRecords: ItemLoader<OrderRecord | null> | undefined;
  #refillRecords: ItemLoader<RefillRecord | null> | undefined;
  #placements: ItemLoader<PlacementRecord | null> | undefined;
  #placementsById = new Map<string, Promise<PlacementRecord | null>>();
  #refillsOf: ItemLoader<readonly RefillRecord[]> | undefined;

  constructor({ panels, orders, settings }: LoadersOptions) {
    this.#panels = panels;
    this.#history = orders.history;
    this.#numbers = orders;
    this.#panelCalls = settings.panelCalls;
  }

  /** The state of an order, from its panel or from the ledger: see `findState`. */
  findOrder(ref: PanelItemRef): StateOf<OrderState> {
    return findState(ref, {
      panel: this.#panels.find(ref.panel),
      recent: (panel) => panel.orders,
      live: () => this.orders,
      remembered: () => this.orderRecords,
    });
  }

  /** The state of a refill: see `findState`. */
  findRefill(ref: PanelItemRef): StateOf<RefillState> {
    return findState(ref, {
      panel: this.#panels.find(ref.panel),
      recent: (panel) => panel.refills,
      live: () => this.refills,
      remembered: () => this.refillRecords,
    });
  }

  /** A placement by its id; null where there is none. It is read once, however often the request names it. */
  findPlacement(uuid: string): Promise<PlacementRecord | null> {
    const known = this.#placementsById.get(uuid) ?? this.#history.findPlacement(uuid);
    this.#placementsById.set(uuid, known);
    return known;
  }

  /** Forgets what was loaded, and begins a new allowance, for a request that lasts, such as a subscription. */
  clearAll(): void {
    this.#calls = undefined;
    this.#orders = undefined;
    this.#refills = undefined;
    this.#orderRecords = undefined;
    this.#refillRecords = undefined;
    this.#placements = undefined;
    this.#refillsOf = undefined;
    this.#placementsById = new Map();
  }

  /** The calls that the request may still cause, by its look-ups and its commands together. */
  get calls(): CallAllowance {
    this.#calls ??= new CallAllowance(this.#panelCalls);
    return this.#calls;
  }

  /** The states of orders, asked from their panels. */
  get orders(): LookupLoader<OrderState> {
    this.#orders ??= createLookupLoader({
      findCoalescer: (panel) => this.#panels.find(panel)?.orders,
      findRefused: (panel, numbers) => this.#numbers.findRefusedNumbers('order', panel, numbers),
      calls: this.calls,
    });
    return this.#orders;
  }

  /** The states of refills, asked from their panels. */
  get refills(): LookupLoader<RefillState> {
    this.#refills ??= createLookupLoader({
      findCoalescer: (panel) => this.#panels.find(panel)?.refills,
      findRefused: (panel, numbers) => this.#numbers.findRefusedNumbers('refill', panel, numbers),
      calls: this.calls,
    });
    return this.#refills;
  }

  /** Orders in the ledger; null for those that it does not hold. */
  get orderRecords(): ItemLoader<OrderRecord | null> {
    this.#orderRecords ??= createItemLoader((panel, numbers) => this.#history.findOrders(panel, numbers));
    return this.#orderRecords;
  }

  /** Refills in the ledger; null for those that it does not hold. */
  get refillRecords(): ItemLoader<RefillRecord | null> {
    this.#refillRecords ??= createItemLoader((panel, numbers) => this.#history.findRefills(panel, numbers));
    return this.#refillRecords;
  }

  /** The placements of orders; null for an order that was not placed through this gateway. */
  get placements(): ItemLoader<PlacementRecord | null> {
    this.#placements ??= createItemLoader((panel, numbers) => this.#history.findPlacementsOf(panel, numbers));
    return this.#placements;
  }

  /** The refills of each order, newest first. */
  get refillsOf(): ItemLoader<readonly RefillRecord[]> {
    this.#refillsOf ??= createItemLoader((panel, numbers) => this.#history.listRefillsOf(panel, numbers));
    return this.#refillsOf;
  }
}
