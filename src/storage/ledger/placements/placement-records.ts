/** A placement as the ledger keeps it, and the words of its commands. Instants are milliseconds since 1970. */
import type { BalanceEvidence } from '../../../domain/balance-evidence.ts';
import type { ProviderCode } from '../../../domain/errors.ts';
import type { Money } from '../../../domain/money.ts';
import type { OrderStatus } from '../../../domain/order.ts';

/** PENDING: waits to be sent, or is being sent. UNKNOWN: was sent, and no trustworthy answer came. */
export const PLACEMENT_STATES = ['PENDING', 'PLACED', 'REJECTED', 'UNKNOWN'] as const;
export type PlacementState = (typeof PLACEMENT_STATES)[number];

/** Why a placement is REJECTED or UNKNOWN. */
export interface PlacementError {
  readonly code: ProviderCode;
  /** The gateway's sentence. */
  readonly message: string;
  /** The panel's own words, with its key blanked out; null where it said nothing readable. */
  readonly panelMessage: string | null;
  /** True where the panel refused in words that the gateway does not know. */
  readonly isUnrecognised?: boolean;
  readonly retryAfterMs: number | null;
}

/** What is recorded before anything is sent. */
export interface NewPlacement {
  /** A random uuid in lower case. A panel with an idempotency parameter is sent it as the token. */
  readonly id: string;
  readonly caller: string;
  readonly idempotencyKey: string;
  /** A digest of serviceId and details: another fingerprint under the same key is a conflict. */
  readonly fingerprint: string;
  readonly reference: string | null;
  readonly panel: string;
  /** Host and dialect as they were configured, for the history of a panel that is no longer configured. */
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
  /** True only of a REJECTED one that was never sent: its key may be tried again. */
  readonly isRetryable: boolean;
  /** Who decided the final outcome; null while there is none, and for a placement that was never sent. */
  readonly settledBy: 'panel' | 'operator' | null;
  /** Null unless PLACED. */
  readonly orderNumber: string | null;
  /** Last known status of its order; null unless PLACED. */
  readonly orderStatus: OrderStatus | null;
  readonly error: PlacementError | null;
  /** The id of the gateway process that works on it, or was the last to. */
  readonly owner: string;
  /** 1 at first; one more each time its key is tried again. */
  readonly attempt: number;
  /** Committed before a byte goes out, so null means that nothing was sent in this attempt. */
  readonly sentAt: number | null;
  /** When it became PLACED or REJECTED. */
  readonly settledAt: number | null;
  /** What the balance says of it, for the person who decides about an UNKNOWN one; null before it is sent. */
  readonly balanceEvidence: BalanceEvidence | null;
  /** Its turn among the adds of all gateways at the panel's account; null where it has none or the ledger is not shared. */
  readonly turn: number | null;
  /** Unique, and rises in the order of recording. Pages are cut by `createdAt` and `seq`. */
  readonly seq: number;
}

export type InsertResult =
  | { readonly result: 'inserted'; readonly placement: PlacementRecord }
  | { readonly result: 'existing'; readonly placement: PlacementRecord };

/** What is committed as the last thing before a byte goes out. */
export interface Sending {
  readonly at: number;
  /** What is known of the balance before the order. */
  readonly balanceEvidence?: BalanceEvidence | null;
}

/** What a repeat of the key may bring anew. */
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
      /** When the order is checked for the first time; null leaves it untracked. */
      readonly nextCheckAt: number | null;
    }
  | {
      readonly state: 'REJECTED';
      /** True where it was never sent: the key may be tried again. */
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
  /** It was settled otherwise before; `placement` is what stands, or null where there is no such placement. */
  | { readonly result: 'stale'; readonly placement: PlacementRecord | null }
  /** The order number belongs to an older order of the panel, so nothing was written. */
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

/** What to take for abandoned. */
export interface RecoveryRequest {
  /**
   * Ids of the placements that this gateway works on. Give the live set: it is looked at after the ledger has been
   * read, so that it holds every placement that was found there.
   */
  readonly running: ReadonlySet<string>;
  readonly at: number;
  /** How long an owner's lock must be missing before the owner counts as gone; 2,000 by default. */
  readonly graceMs?: number;
}

/** Placements that were PENDING and that no gateway works on any more, as they stand now. */
export interface RecoveredPlacements {
  /** Were not sent: now REJECTED and retryable, with the code SHUTTING_DOWN. */
  readonly retryable: readonly PlacementRecord[];
  /** Were sent: now UNKNOWN, with the code PANEL_ERROR. */
  readonly unknown: readonly PlacementRecord[];
}

/** A placement must match every member that is given. An empty list matches nothing. */
export interface PlacementFilter {
  readonly callers?: readonly string[];
  readonly reference?: string;
  readonly panels?: readonly string[];
  readonly states?: readonly PlacementState[];
  /** Last known status of the order, so only PLACED ones match. */
  readonly statuses?: readonly OrderStatus[];
  /** Later than this instant. */
  readonly createdAfter?: number;
  /** Earlier than this instant. */
  readonly createdBefore?: number;
}

/** The place of a placement in the list. */
export type PlacementCursor = Pick<PlacementRecord, 'createdAt' | 'seq'>;

/** Which page of the list, which is sorted newest first. */
export interface PlacementPageRequest {
  /** Size of the page. */
  readonly limit: number;
  /** `start` (the default) takes the newest within the bounds (Relay's `first`), `end` the oldest (`last`). */
  readonly from?: 'start' | 'end';
  /** Only placements after this one in the list, which are older. */
  readonly after?: PlacementCursor;
  /** Only placements before this one in the list, which are newer. */
  readonly before?: PlacementCursor;
}

/** One page of the list. */
export interface ListedPlacements {
  /** Newest first, whichever end the page was counted from. */
  readonly placements: readonly PlacementRecord[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}
