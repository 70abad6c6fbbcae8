/**
 * What the ledger keeps of one attempt to buy, and the words of its commands.
 * Instants are milliseconds since 1970, as `Clock` tells them.
 */
import type { BalanceEvidence } from '../../../domain/balance-evidence.ts';
import type { ProviderCode } from '../../../domain/errors.ts';
import type { Money } from '../../../domain/money.ts';
import type { OrderStatus } from '../../../domain/order.ts';

/** PENDING: waiting its turn or being sent. UNKNOWN: sent, and no trustworthy answer came. */
export const PLACEMENT_STATES = ['PENDING', 'PLACED', 'REJECTED', 'UNKNOWN'] as const;
export type PlacementState = (typeof PLACEMENT_STATES)[number];

/** Why a placement is REJECTED or UNKNOWN. */
export interface PlacementError {
  readonly code: ProviderCode;
  /** The gateway's sentence. */
  readonly message: string;
  /** The panel's own words, redacted; null where it said nothing readable. */
  readonly panelMessage: string | null;
  /** The panel's words are an error that the gateway does not know. */
  readonly isUnrecognised?: boolean;
  readonly retryAfterMs: number | null;
}

/** What is written before anything is sent. */
export interface NewPlacement {
  /** A random uuid, in small letters; also what a panel's idempotency parameter is sent. */
  readonly id: string;
  readonly caller: string;
  readonly idempotencyKey: string;
  /** Stands for serviceId and details; another one under the key is a conflict. */
  readonly fingerprint: string;
  readonly reference: string | null;
  readonly panel: string;
  /** Host and dialect as configured then, so that history reads when the panel is configured no more. */
  readonly panelHost: string;
  readonly panelDialect: string;
  readonly serviceNumber: string;
  /** The input as given: any JSON value. */
  readonly details: unknown;
  readonly estimatedCharge: Money | null;
  readonly maxCharge: Money | null;
  readonly createdAt: number;
}

export interface PlacementRecord extends NewPlacement {
  readonly state: PlacementState;
  /** Only of a REJECTED one: it was never sent, so its key may be tried again. */
  readonly isRetryable: boolean;
  /** Who gave a final outcome; null while there is none, and where it was never sent. */
  readonly settledBy: 'panel' | 'operator' | null;
  /** Only of a PLACED one. */
  readonly orderNumber: string | null;
  /** Last known status of its order; null unless PLACED. */
  readonly orderStatus: OrderStatus | null;
  readonly error: PlacementError | null;
  /** The gateway process that works, or worked last, on it. */
  readonly owner: string;
  /** 1 at first; one more each time its key is tried again. */
  readonly attempt: number;
  /** Committed before a byte goes out; null means that nothing was sent in this attempt. */
  readonly sentAt: number | null;
  /** When it became PLACED or REJECTED. */
  readonly settledAt: number | null;
  /** What the panel's balance says of it, for the person who decides about an UNKNOWN one; null before it was sent. */
  readonly balanceEvidence: BalanceEvidence | null;
  /** Its place among the adds of its panel's account, over all gateways; null where it has none, and on SQLite. */
  readonly turn: number | null;
  /** Order of recording, unique; with `createdAt` the key of paging. */
  readonly seq: number;
}

export type InsertResult =
  | { readonly result: 'inserted'; readonly placement: PlacementRecord }
  | { readonly result: 'existing'; readonly placement: PlacementRecord };

/** What is written as the last thing before a byte goes out. */
export interface Sending {
  readonly at: number;
  /** What is known of the balance before it. */
  readonly balanceEvidence?: BalanceEvidence | null;
}

/** What is known anew when a key is tried again. */
export type PlacementRetry = Pick<
  NewPlacement,
  'reference' | 'panelHost' | 'panelDialect' | 'estimatedCharge' | 'maxCharge'
>;

/** The outcome of one attempt. */
export type Settlement =
  | {
      readonly state: 'PLACED';
      readonly orderNumber: string;
      readonly at: number;
      /** When its order is asked for first; null leaves it untracked. */
      readonly nextCheckAt: number | null;
    }
  | {
      readonly state: 'REJECTED';
      /** It was never sent: the key may be tried again. */
      readonly isRetryable: boolean;
      readonly error: PlacementError;
      readonly at: number;
      readonly balanceEvidence?: BalanceEvidence | null;
    }
  | {
      readonly state: 'UNKNOWN';
      readonly error: PlacementError;
      readonly at: number;
      readonly balanceEvidence?: BalanceEvidence | null;
    };

export type SettleResult =
  | { readonly result: 'settled'; readonly placement: PlacementRecord }
  /** Something else settled it first; `placement` is what stands. Null where there is no such placement. */
  | { readonly result: 'stale'; readonly placement: PlacementRecord | null }
  /** The ledger has this order number for the panel already; nothing was written. */
  | { readonly result: 'duplicate-order-number'; readonly placement: PlacementRecord };

/** A person's decision about an UNKNOWN placement. */
export type OperatorDecision =
  | {
      readonly outcome: 'placed';
      readonly orderNumber: string;
      readonly at: number;
      readonly nextCheckAt: number | null;
    }
  | { readonly outcome: 'not-placed'; readonly at: number; readonly message: string };

/** PENDING placements that nobody works on any more, as they stand now. */
export interface RecoveredPlacements {
  /** Not sent: now REJECTED and retryable, SHUTTING_DOWN. */
  readonly retryable: readonly PlacementRecord[];
  /** Sent: now UNKNOWN, PANEL_ERROR. */
  readonly unknown: readonly PlacementRecord[];
}

/** Every member narrows; an absent one does not. An empty list matches nothing. */
export interface PlacementFilter {
  readonly callers?: readonly string[];
  readonly reference?: string;
  readonly panels?: readonly string[];
  readonly states?: readonly PlacementState[];
  /** Last known status of the order: only PLACED ones match. */
  readonly statuses?: readonly OrderStatus[];
  /** Later than this instant. */
  readonly createdAfter?: number;
  /** Earlier than this instant. */
  readonly createdBefore?: number;
}

/** Where a placement stands in the list: its own `createdAt` and `seq`. */
export type PlacementCursor = Pick<PlacementRecord, 'createdAt' | 'seq'>;

/** A page of the list that runs newest first. */
export interface PlacementPageRequest {
  /** At most this many. */
  readonly limit: number;
  /** Counted from the newest (Relay's `first`) or from the oldest (`last`) within the bounds; `start` by default. */
  readonly from?: 'start' | 'end';
  /** Only what stands after (is older than) this one. */
  readonly after?: PlacementCursor;
  /** Only what stands before (is newer than) this one. */
  readonly before?: PlacementCursor;
}

export interface PlacementPage {
  /** Newest first, whichever end was counted from. */
  readonly placements: readonly PlacementRecord[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}
