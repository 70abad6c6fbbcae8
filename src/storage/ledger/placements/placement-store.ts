import type { BalanceEvidence } from '../../../domain/balance-evidence.ts';
import type {
  InsertResult,
  ListedPlacements,
  NewPlacement,
  OperatorDecision,
  PlacementFilter,
  PlacementPageRequest,
  PlacementRecord,
  PlacementRetry,
  PlacementState,
  RecoveredPlacements,
  RecoveryRequest,
  Sending,
  Settlement,
  SettleResult,
} from './placement-records.ts';

/** Placements: each attempt to buy, its outcome, and the list of them. */
export interface PlacementStore {
  findByKey(caller: string, idempotencyKey: string): Promise<PlacementRecord | null>;
  findById(id: string): Promise<PlacementRecord | null>;
  /** In the order of `ids`; null for each that is not there. */
  findMany(ids: readonly string[]): Promise<(PlacementRecord | null)[]>;
  /** The placements of these orders of a panel, in the order of `orderNumbers`; null for each that has none. */
  findByOrders(panel: string, orderNumbers: readonly string[]): Promise<(PlacementRecord | null)[]>;

  /**
   * Records a PENDING placement of this store's owner, attempt 1. Where the caller has used the key before, it records
   * nothing and answers with the placement of that key as `existing`. With `sent` the placement is marked as sent in
   * the same commit; the caller then sends it at once if it was inserted. The caller counts `id` as running before it
   * calls (see `recoverAbandoned`).
   */
  insertPending(placement: NewPlacement, sent?: Sending): Promise<InsertResult>;

  /**
   * Takes a REJECTED and retryable placement back to PENDING for this store's owner, as the next attempt, without
   * error and `sentAt`. Null where the placement has another attempt by now or may not be tried again.
   */
  reopen(id: string, expected: { readonly attempt: number }, retry: PlacementRetry): Promise<PlacementRecord | null>;

  /**
   * Marks an attempt as sent: the last thing before a byte goes out. True at most once for each attempt, and only
   * while the placement is PENDING and belongs to this store's owner. On false nothing may be sent: the attempt was
   * marked before, or another gateway has taken the placement over.
   */
  markSent(id: string, expected: { readonly attempt: number }, sent: Sending): Promise<boolean>;

  /**
   * Writes the outcome of an attempt if the placement is still in this attempt and in one of `states`: PENDING or
   * UNKNOWN by default, so that a late answer settles an UNKNOWN one. A person's decision stands. PLACED writes the
   * order in the same commit.
   */
  settle(
    id: string,
    settlement: Settlement,
    expected: { readonly attempt: number; readonly states?: readonly PlacementState[] },
  ): Promise<SettleResult>;

  /** Writes a person's decision about an UNKNOWN placement. `stale` for a placement in any other state. */
  resolveByOperator(id: string, decision: OperatorDecision): Promise<SettleResult>;

  /** Records what the balance said after an outcome was stored as unknown. The state stays as it is. */
  noteEvidence(id: string, evidence: BalanceEvidence): Promise<void>;

  /**
   * Settles each PENDING placement whose owner is gone, and each of this store's owner that is not in `running`. One
   * without `sentAt` becomes REJECTED and retryable, one with it UNKNOWN.
   *
   * On a shared ledger an owner counts as gone when its lock has been missing for `graceMs`, because a restart of the
   * database frees every lock. Call it each second, so that it sees since when.
   */
  recoverAbandoned(request: RecoveryRequest): Promise<RecoveredPlacements>;

  /** Newest first, by (createdAt, seq). Placements that are added later do not move the pages of older ones. */
  listPlacements(filter: PlacementFilter, page: PlacementPageRequest): Promise<ListedPlacements>;
  /** Takes time linear in the number of matches, so call it only for a reader who asks for the count. */
  countPlacements(filter: PlacementFilter): Promise<number>;
}
