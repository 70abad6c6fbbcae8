/** What the ledger holds: placements, orders and refills. */
import type { Caller } from '../access/caller.ts';
import type { PageArguments } from '../domain/paging.ts';
import type {
  LedgerStore,
  OrderRecord,
  PlacementFilter,
  PlacementRecord,
  RefillRecord,
} from '../storage/ledger/ledger-store.ts';
import { assertKey, assertReference } from './checking/key-issues.ts';
import { findPlacements, type PlacementHistoryPage } from './placing/placement-history.ts';

export class OrderHistory {
  readonly #store: LedgerStore;

  constructor(store: LedgerStore) {
    this.#store = store;
  }

  /** A page of the placements, newest first. @throws as `findPlacements`, and CallerError INVALID_INPUT for the filter */
  async findPlacements(filter: PlacementFilter, args: PageArguments): Promise<PlacementHistoryPage> {
    if (filter.reference !== undefined) assertReference(filter.reference, ['filter', 'reference']);
    return findPlacements(this.#store, filter, args);
  }

  countPlacements(filter: PlacementFilter): Promise<number> {
    return this.#store.placements.countPlacements(filter);
  }

  findPlacement(id: string): Promise<PlacementRecord | null> {
    return this.#store.placements.findById(id);
  }

  /** Finds a placement by one of the caller's own keys. @throws CallerError INVALID_INPUT for a text that is no key */
  async findPlacementByKey(caller: Caller, idempotencyKey: string): Promise<PlacementRecord | null> {
    assertKey(idempotencyKey);
    return this.#store.placements.findByKey(caller.name, idempotencyKey);
  }

  /** The placements of orders, in the order of `numbers`; null for an order that was not placed through the gateway. */
  findPlacementsOf(panel: string, numbers: readonly string[]): Promise<(PlacementRecord | null)[]> {
    return this.#store.placements.findByOrders(panel, numbers);
  }

  /** Orders in their last known state, in the order of `numbers`; null for those that the ledger does not hold. */
  findOrders(panel: string, numbers: readonly string[]): Promise<(OrderRecord | null)[]> {
    return this.#store.orders.findOrders(panel, numbers);
  }

  /** Refills in their last known state, in the order of `numbers`; null for those that the ledger does not hold. */
  findRefills(panel: string, numbers: readonly string[]): Promise<(RefillRecord | null)[]> {
    return this.#store.refills.findRefills(panel, numbers);
  }

  /** The refills of each order, newest first. */
  listRefillsOf(panel: string, orderNumbers: readonly string[]): Promise<RefillRecord[][]> {
    return this.#store.refills.listByOrders(panel, orderNumbers);
  }
}
