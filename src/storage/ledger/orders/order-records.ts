/**
 * What the ledger keeps of orders, refills and requests about them.
 * Instants are milliseconds since 1970; only the domain's own states hold a `Date`.
 */
import type { Outcome, ProviderCode } from '../../../domain/errors.ts';
import type { OrderState, RefillState } from '../../../domain/order.ts';

/** One order in its last known state. */
export interface OrderRecord {
  readonly panel: string;
  readonly number: string;
  readonly caller: string;
  /** Null for an order that this gateway did not place. */
  readonly placementId: string | null;
  /** PENDING with an empty `statusText`, as of its placing, until the panel has been asked for the first time. */
  readonly state: OrderState;
  /** Counts visible changes: status, statusText, charge, startCount, remains. From 1. */
  readonly version: number;
  /** Place in the sequence of all visible changes of all orders; 0 before the first. */
  readonly changeSeq: number;
  readonly isFinal: boolean;
  /** Null: not tracked. */
  readonly nextCheckAt: number | null;
  /** Somebody watches it until then, in this gateway or another; null where nobody did. */
  readonly watchedUntil: number | null;
  readonly trackedSince: number;
}

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

/** A state that a panel told, with the time of the next look. */
export interface SavedState<State> {
  readonly number: string;
  readonly state: State;
  /** Absent: as it was, and null where the state is final. */
  readonly nextCheckAt?: number | null;
}

export interface CheckSchedule {
  readonly number: string;
  /** Null: not tracked any more. */
  readonly nextCheckAt: number | null;
}

/** Takes what is due, earliest first, and puts its next check off, so that a crash in between loses no order. */
export interface DueClaim {
  readonly panel: string;
  readonly now: number;
  readonly limit: number;
  /** The next check of what was taken, until its state is saved. */
  readonly until: number;
}

/** A refill or a cancellation that was asked for; `id` is the caller's random uuid. */
export interface NewOrderRequest {
  readonly id: string;
  readonly kind: 'refill' | 'cancel';
  readonly panel: string;
  readonly orderNumber: string;
  readonly caller: string;
  readonly requestedAt: number;
}

export interface OrderRequestOutcome {
  /** `accepted`, or what became of the call (see `Outcome`). */
  readonly outcome: 'accepted' | Outcome;
  readonly code: ProviderCode | null;
  readonly panelMessage: string | null;
  readonly refillNumber: string | null;
  readonly answeredAt: number;
}

export interface OrderRequestRecord extends NewOrderRequest {
  /** Null: no answer recorded; after a crash it may or may not have been sent. */
  readonly answer: OrderRequestOutcome | null;
}
