import type { RefillState } from '../../../domain/order.ts';
import type { CheckSchedule, DueClaim, SavedState } from '../due-checks.ts';

export interface RefillRecord {
  readonly panel: string;
  readonly number: string;
  readonly orderNumber: string;
  readonly caller: string;
  readonly state: RefillState;
  readonly isFinal: boolean;
  readonly nextCheckAt: number | null;
  readonly createdAt: number;
}

export type NewRefill = Omit<RefillRecord, 'isFinal'>;

/** Refills that were granted through this gateway. */
export interface RefillStore {
  /** True where it was inserted; a refill that the ledger has stays as it is. */
  insertRefill(refill: NewRefill): Promise<boolean>;
  /** In the order of `numbers`; null for each that is not in the ledger. */
  findRefills(panel: string, numbers: readonly string[]): Promise<(RefillRecord | null)[]>;
  /** The refills of each order, newest first, in the order of `orderNumbers`. */
  listByOrders(panel: string, orderNumbers: readonly string[]): Promise<RefillRecord[][]>;
  /** As `OrderStore.saveStates`. Resolves to the refills whose status or statusText has changed. */
  saveStates(panel: string, states: readonly SavedState<RefillState>[]): Promise<RefillRecord[]>;
  /** Refills that are due, earliest first (see `DueClaim`). */
  claimDue(claim: DueClaim): Promise<RefillRecord[]>;
  schedule(panel: string, checks: readonly CheckSchedule[]): Promise<void>;
  nextCheckAt(panel: string): Promise<number | null>;
}
