/** The loaders of one request. */
import type { OrderState, RefillState } from '../domain/order.ts';
import type { PanelLookups } from '../providers/panel-lookups.ts';
import type { LedgerStore, OrderRecord, PlacementRecord, RefillRecord } from '../storage/ledger-store.ts';
import { createLedgerLoader, type LedgerLoader } from './ledger-loader.ts';
import { createLookupLoader, type LookupLoader } from './lookup-loader.ts';

export interface Loaders {
  /** As the panels tell them now. */
  readonly orders: LookupLoader<OrderState>;
  readonly refills: LookupLoader<RefillState>;
  /** As the ledger remembers them; null where it does not. */
  readonly orderRecords: LedgerLoader<OrderRecord | null>;
  readonly refillRecords: LedgerLoader<RefillRecord | null>;
  /** The placement of an order. */
  readonly placements: LedgerLoader<PlacementRecord | null>;
  /** The refills of an order, newest first. */
  readonly refillsOf: LedgerLoader<readonly RefillRecord[]>;
}

export function createLoaders({
  lookups,
  store,
}: {
  readonly lookups: (panel: string) => PanelLookups | undefined;
  readonly store: LedgerStore;
}): Loaders {
  return {
    orders: createLookupLoader((panel) => lookups(panel)?.orders),
    refills: createLookupLoader((panel) => lookups(panel)?.refills),
    orderRecords: createLedgerLoader((panel, numbers) => store.orders.findOrders(panel, numbers)),
    refillRecords: createLedgerLoader((panel, numbers) => store.refills.findRefills(panel, numbers)),
    placements: createLedgerLoader((panel, numbers) => store.placements.findByOrders(panel, numbers)),
    refillsOf: createLedgerLoader((panel, numbers) => store.refills.listByOrders(panel, numbers)),
  };
}
