/**
 * The contract of the ledger's store, the same on SQLite and PostgreSQL.
 *
 * A command is durably committed before its promise resolves. One that throws StoreUnavailableError may have been
 * committed or not, unless `hasCertainCommits`. `insertPending` and `settle` may then be repeated as they are, and
 * answer as they would have the first time.
 */
import type { DatabaseCapabilities } from '../database/capabilities.ts';
import type { AddTurnStore } from './add-turn-store.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { LeaseStore } from './lease-store.ts';
import type { LedgerOwner } from './ledger-owner.ts';
import type { OrderStore } from './orders/order-store.ts';
import type { PlacementStore } from './placements/placement-store.ts';
import type { RefillStore } from './refills/refill-store.ts';
import type { OrderRequestStore } from './requests/order-request-store.ts';

export type { AddTurnStore } from './add-turn-store.ts';
export type { ChangeFeed } from './change-feed.ts';
export type * from './due-checks.ts';
export type { LeaseStore } from './lease-store.ts';
export type { LedgerOwner } from './ledger-owner.ts';
export type * from './orders/order-records.ts';
export type { OrderStore } from './orders/order-store.ts';
export type * from './placements/placement-records.ts';
export type { PlacementStore } from './placements/placement-store.ts';
export type * from './refills/refill-store.ts';
export type * from './requests/order-request-store.ts';

export interface LedgerStore extends Pick<DatabaseCapabilities, 'isShared' | 'hasCertainCommits'>, AsyncDisposable {
  readonly owner: LedgerOwner;
  readonly placements: PlacementStore;
  readonly orders: OrderStore;
  readonly refills: RefillStore;
  readonly requests: OrderRequestStore;
  readonly leases: LeaseStore;
  /** Null where the ledger is not shared: one process keeps the turns of its adds itself. */
  readonly addTurns: AddTurnStore | null;
  readonly changes: ChangeFeed;
  /** Resolves if the store answers, for the check of readiness. @throws StoreUnavailableError if it does not */
  ping(): Promise<void>;
  /** Waits for what runs, then frees the owner's lock and closes every connection. */
  close(): Promise<void>;
}
