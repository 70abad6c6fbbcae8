/** An order as the ledger keeps it. Instants are milliseconds since 1970; only the domain's states hold a `Date`. */
import type { OrderState } from '../../../domain/order.ts';

/** One order in its last known state. */
export interface OrderRecord {
  readonly panel: string;
  readonly number: string;
  readonly caller: string;
  /** Null for an order that this gateway did not place. */
  readonly placementId: string | null;
  /** Until the panel has been asked for the first time: PENDING with an empty `statusText`, as of its placing. */
  readonly state: OrderState;
  /** Counts visible changes, which are those of status, statusText, charge, startCount and remains. Begins at 1. */
  readonly version: number;
  /** Place of the latest visible change in the sequence of those of all orders; 0 before the first. */
  readonly changeSeq: number;
  readonly isFinal: boolean;
  /** Null: not tracked. */
  readonly nextCheckAt: number | null;
  /** Until when somebody watches it, in this gateway or in another; null where nobody ever has. */
  readonly watchedUntil: number | null;
  readonly trackedSince: number;
}

/** An order that was not placed here. */
export interface ForeignOrder {
  readonly panel: string;
  readonly number: string;
  readonly caller: string;
  readonly state: OrderState;
  readonly nextCheckAt: number | null;
  readonly at: number;
}
