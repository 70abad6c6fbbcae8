/** The loaders of one request. */
import type { OrderState, RefillState } from '../domain/order.ts';
import type { AskedNumbers } from '../orders/asked-numbers.ts';
import type { PanelLookups } from '../providers/panel-lookups.ts';
import type { LedgerStore, OrderRecord, PlacementRecord, RefillRecord } from '../storage/ledger/ledger-store.ts';
import { createItemLoader, type ItemLoader } from './item-loader.ts';
import { createLookupLoader, type LookupLoader } from './lookup-loader.ts';

/** Each loader is made when it is first asked for: most requests need one of them, or none. */
export class Loaders {
  readonly #lookups: (panel: string) => PanelLookups | undefined;
  readonly #store: LedgerStore;
  readonly #askedNumbers: AskedNumbers;
  #orders: LookupLoader<OrderState> | undefined;
  #refills: LookupLoader<RefillState> | undefined;
  #orderRecords: ItemLoader<OrderRecord | null> | undefined;
  #refillRecords: ItemLoader<RefillRecord | null> | undefined;
  #placements: ItemLoader<PlacementRecord | null> | undefined;
  #refillsOf: ItemLoader<readonly RefillRecord[]> | undefined;

  constructor(sources: {
    lookups: (panel: string) => PanelLookups | undefined;
    store: LedgerStore;
    askedNumbers: AskedNumbers;
  }) {
    this.#lookups = sources.lookups;
    this.#store = sources.store;
    this.#askedNumbers = sources.askedNumbers;
  }

  /** What was loaded so far is old: for a request that goes on, as a subscription does. */
  clearAll(): void {
    this.#orders = undefined;
    this.#refills = undefined;
    this.#orderRecords = undefined;
    this.#refillRecords = undefined;
    this.#placements = undefined;
    this.#refillsOf = undefined;
  }

  /** Orders as their panels tell of them now. */
  get orders(): LookupLoader<OrderState> {
    this.#orders ??= createLookupLoader(
      (panel) => this.#lookups(panel)?.orders,
      (panel, numbers) => this.#askedNumbers.findRefused('order', panel, numbers),
    );
    return this.#orders;
  }

  /** Refills as their panels tell of them now. */
  get refills(): LookupLoader<RefillState> {
    this.#refills ??= createLookupLoader(
      (panel) => this.#lookups(panel)?.refills,
      (panel, numbers) => this.#askedNumbers.findRefused('refill', panel, numbers),
    );
    return this.#refills;
  }

  /** Orders as the ledger remembers them; null where it does not. */
  get orderRecords(): ItemLoader<OrderRecord | null> {
    const { orders } = this.#store;
    this.#orderRecords ??= createItemLoader((panel, numbers) => orders.findOrders(panel, numbers));
    return this.#orderRecords;
  }

  /** Refills as the ledger remembers them; null where it does not. */
  get refillRecords(): ItemLoader<RefillRecord | null> {
    const { refills } = this.#store;
    this.#refillRecords ??= createItemLoader((panel, numbers) => refills.findRefills(panel, numbers));
    return this.#refillRecords;
  }

  /** The placement of an order; null where it was not placed here. */
  get placements(): ItemLoader<PlacementRecord | null> {
    const { placements } = this.#store;
    this.#placements ??= createItemLoader((panel, numbers) => placements.findByOrders(panel, numbers));
    return this.#placements;
  }

  /** The refills of an order, newest first. */
  get refillsOf(): ItemLoader<readonly RefillRecord[]> {
    const { refills } = this.#store;
    this.#refillsOf ??= createItemLoader((panel, numbers) => refills.listByOrders(panel, numbers));
    return this.#refillsOf;
  }
}
