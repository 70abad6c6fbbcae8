import type { OrderState } from '../../../domain/order.ts';
import type { CheckSchedule, DueClaim, SavedState } from '../due-checks.ts';
import type { ForeignOrder, OrderRecord } from './order-records.ts';

/** Orders in their last known state, and when each is to be checked next. */
export interface OrderStore {
  /** In the order of `numbers`; null for each that is not in the ledger. */
  findOrders(panel: string, numbers: readonly string[]): Promise<(OrderRecord | null)[]>;
  /**
   * Starts to follow an order that was not placed here, for instance because a refill was asked for it. True where it
   * was inserted, false where the ledger had it. Never call it for a number that an `add` under way may be about to
   * return.
   */
  insertForeignOrder(order: ForeignOrder): Promise<boolean>;
  /**
   * Writes what the panel said of orders in the ledger. It passes over orders that the ledger does not have, and states
   * older than the stored one. Resolves to the orders that have changed visibly, as they are now; only these get a new
   * `version` and `changeSeq`.
   */
  saveStates(panel: string, states: readonly SavedState<OrderState>[]): Promise<OrderRecord[]>;
  /** Orders that are due, earliest first (see `DueClaim`). Meant for the gateway that holds the panel's lease. */
  claimDue(claim: DueClaim): Promise<OrderRecord[]>;
  /** Sets the next check of orders, final ones included: a refill of a final order makes it worth following again. */
  schedule(panel: string, checks: readonly CheckSchedule[]): Promise<void>;
  /**
   * Notes that somebody watches these orders: puts `watchedUntil` off to `until`, and brings the next check of each
   * order that is not final forward to `checkBy`.
   */
  watch(
    panel: string,
    numbers: readonly string[],
    times: { readonly until: number; readonly checkBy: number },
  ): Promise<void>;
  /** The earliest next check among a panel's orders; null where none is tracked. */
  nextCheckAt(panel: string): Promise<number | null>;
  /** `changeSeq` of the latest visible change of any order: where a reader of `changesSince` begins. */
  latestChange(): Promise<number>;
  /**
   * Orders that have changed visibly after `changeSeq`, in the order of their changes, each once in its latest state.
   * None is skipped: changes become readable in the order of their numbers.
   */
  changesSince(changeSeq: number, limit: number): Promise<OrderRecord[]>;
}
