/**
 * The contract of the ledger's store, the same on SQLite and PostgreSQL.
 *
 * Every command is committed, durably, before its promise resolves. What throws StoreUnavailableError may or may not
 * have been committed (a connection can die within a commit): `insertPending` and `settle` may be repeated as they
 * are, and then answer as if for the first time.
 */
import type { BalanceEvidence } from '../../domain/balance-evidence.ts';
import type { Money } from '../../domain/money.ts';
import type { OrderState, RefillState } from '../../domain/order.ts';
import type {
  CheckSchedule,
  DueClaim,
  NewOrderRequest,
  NewRefill,
  OrderRecord,
  OrderRequestOutcome,
  OrderRequestRecord,
  RefillRecord,
  SavedState,
} from './orders/order-records.ts';
import type {
  InsertResult,
  NewPlacement,
  OperatorDecision,
  PlacementFilter,
  PlacementPage,
  PlacementPageRequest,
  PlacementRecord,
  PlacementRetry,
  PlacementState,
  RecoveredPlacements,
  Sending,
  Settlement,
  SettleResult,
} from './placements/placement-records.ts';

export type * from './orders/order-records.ts';
export type * from './placements/placement-records.ts';

/** Placements: each attempt to buy, its outcome, and the list of them. */
export interface PlacementStore {
  findByKey(caller: string, idempotencyKey: string): Promise<PlacementRecord | null>;
  findById(id: string): Promise<PlacementRecord | null>;
  /** In the order of `ids`; null for what is not there. */
  findMany(ids: readonly string[]): Promise<(PlacementRecord | null)[]>;
  /** Those that hold these orders of a panel, in the order of `orderNumbers`. */
  findByOrders(panel: string, orderNumbers: readonly string[]): Promise<(PlacementRecord | null)[]>;

  /**
   * Records a PENDING placement of this store's owner, attempt 1, unless (caller, key) is taken: then what stands
   * there comes back as `existing`. The caller counts `id` as running before it calls (see `recoverAbandoned`).
   * With `sent` it is marked as sent in the same commit, for a caller that sends it at once where it was inserted.
   */
  insertPending(placement: NewPlacement, sent?: Sending): Promise<InsertResult>;

  /**
   * Takes a REJECTED and retryable placement back to PENDING for this store's owner, with the next attempt and
   * without error and `sentAt`. Null where another was faster or it may not be tried again.
   */
  reopen(id: string, expected: { readonly attempt: number }, retry: PlacementRetry): Promise<PlacementRecord | null>;

  /**
   * The last thing before a byte goes out. True only once for an attempt: PENDING, not sent, still this store's
   * owner's. On false nothing may be sent: it has been taken for abandoned, or was marked before.
   */
  markSent(id: string, expected: { readonly attempt: number }, sent: Sending): Promise<boolean>;

  /**
   * Writes the outcome of an attempt, by compare-and-set on attempt and state (PENDING or UNKNOWN by default, so that
   * a late answer settles an UNKNOWN one); a person's decision stands. PLACED writes the order too, in the same commit.
   */
  settle(
    id: string,
    settlement: Settlement,
    expected: { readonly attempt: number; readonly states?: readonly PlacementState[] },
  ): Promise<SettleResult>;

  /** A person's decision: once, and only about an UNKNOWN placement; `stale` otherwise. */
  resolveByOperator(id: string, decision: OperatorDecision): Promise<SettleResult>;

  /** Notes what the balance said after an unknown outcome, where it was asked later; no state changes. */
  noteEvidence(id: string, evidence: BalanceEvidence): Promise<void>;

  /**
   * Settles PENDING placements whose owner is gone, and this owner's own that are not in `running`: without `sentAt`
   * REJECTED and retryable, with it UNKNOWN. On PostgreSQL an owner counts as gone when its lock has been seen
   * missing for `graceMs` (2,000 by default: a database restart frees every lock), so call it each second.
   */
  recoverAbandoned(options: {
    /** Read after the ledger has been, so that a placement recorded in the meantime is in it. */
    readonly running: ReadonlySet<string>;
    readonly at: number;
    readonly graceMs?: number;
  }): Promise<RecoveredPlacements>;

  /** Newest first, by (createdAt, seq): pages stay where they are while placements are added. */
  listPlacements(filter: PlacementFilter, page: PlacementPageRequest): Promise<PlacementPage>;
  /** Counts by index, in time linear in the matches; ask only where somebody wants to know. */
  countPlacements(filter: PlacementFilter): Promise<number>;
}

/** Orders in their last known state, and when each is to be asked for next. */
export interface OrderStore {
  /** In the order of `numbers`; null for what is not in the ledger. */
  findOrders(panel: string, numbers: readonly string[]): Promise<(OrderRecord | null)[]>;
  /**
   * Follows an order that was not placed here (a refill was asked for it, say): inserts it unless it is there.
   * True where it was inserted. Never call it for a number that an `add` in flight may be about to return.
   */
  insertForeignOrder(order: {
    readonly panel: string;
    readonly number: string;
    readonly caller: string;
    readonly state: OrderState;
    readonly nextCheckAt: number | null;
    readonly at: number;
  }): Promise<boolean>;
  /**
   * Writes what the panel told about orders of the ledger; others, and states older than the one that is there, are
   * passed over. Resolves to the orders that changed visibly, as they are now; only these get a new `version` and
   * `changeSeq`.
   */
  saveStates(panel: string, states: readonly SavedState<OrderState>[]): Promise<OrderRecord[]>;
  /** Due orders, earliest first (see DueClaim). Meant for the holder of the panel's lease. */
  claimDue(claim: DueClaim): Promise<OrderRecord[]>;
  /** Sets next checks as given, also of final orders (a refill reopens tracking). */
  schedule(panel: string, checks: readonly CheckSchedule[]): Promise<void>;
  /** Somebody watches these: `watchedUntil` moves out to `until`, and the next check of open ones up to `checkBy`. */
  watch(
    panel: string,
    numbers: readonly string[],
    times: { readonly until: number; readonly checkBy: number },
  ): Promise<void>;
  /** The earliest next check of a panel's orders; null where none is tracked. */
  nextCheckAt(panel: string): Promise<number | null>;
  /** How many orders each panel has under way. */
  countOpen(): Promise<ReadonlyMap<string, number>>;
  /** The place of the latest visible change, to begin `changesSince` with. */
  latestChange(): Promise<number>;
  /** Orders that changed visibly after `changeSeq`, in that order, each once in its latest state; none is skipped. */
  changesSince(changeSeq: number, limit: number): Promise<OrderRecord[]>;
}

/** Refills that were granted through this gateway. */
export interface RefillStore {
  /** True where it was new; one that is there stays as it is. */
  insertRefill(refill: NewRefill): Promise<boolean>;
  /** In the order of `numbers`; null for what is not in the ledger. */
  findRefills(panel: string, numbers: readonly string[]): Promise<(RefillRecord | null)[]>;
  /** For each of `orderNumbers` its refills, newest first. */
  listByOrders(panel: string, orderNumbers: readonly string[]): Promise<RefillRecord[][]>;
  /** As OrderStore.saveStates: resolves to those whose status or statusText changed. */
  saveStates(panel: string, states: readonly SavedState<RefillState>[]): Promise<RefillRecord[]>;
  claimDue(claim: DueClaim): Promise<RefillRecord[]>;
  schedule(panel: string, checks: readonly CheckSchedule[]): Promise<void>;
  nextCheckAt(panel: string): Promise<number | null>;
}

/** Refills and cancellations as they were asked for, with what became of them. */
export interface OrderRequestStore {
  /** Committed before anything is sent; all or none. */
  insertRequests(requests: readonly NewOrderRequest[]): Promise<void>;
  /** The first answer stands. */
  answerRequests(answers: readonly ({ readonly id: string } & OrderRequestOutcome)[]): Promise<void>;
  /** Newest first. */
  listRequests(panel: string, orderNumber: string): Promise<OrderRequestRecord[]>;
}

/** The adds at one account of a panel, among the gateways that share the ledger. */
export interface AddTurnStore {
  /**
   * Gives a PENDING placement of this store's owner its turn, unless as many as `atOnce` hold one: those that are
   * PENDING. Turns are numbered upwards at each account, with gaps. Null where it has to wait, or is not PENDING.
   */
  take(id: string, turn: { readonly account: string; readonly atOnce: number }): Promise<number | null>;
  /** What other gateways placed in the turns between two; null where one of them is unclear. */
  placedByOthers(
    account: string,
    turns: { readonly after: number; readonly before: number },
  ): Promise<readonly { readonly number: string; readonly charge: Money | null }[] | null>;
}

/** Work that one gateway does at a time. */
export interface LeaseStore {
  /** Takes or renews a lease for this store's owner; false while another's has not run out. */
  acquireLease(name: string, lease: { readonly ttlMs: number; readonly now: number }): Promise<boolean>;
  /** Gives it back, where it is still held. */
  releaseLease(name: string): Promise<void>;
}

/** This process as the other gateways see it. */
export interface LedgerOwner {
  /** A random id, new at each start. */
  readonly id: string;
  /**
   * Whether the others see it alive now. Without it nothing should be sent: `markSent` refuses what was taken over,
   * but a placement of ours would become UNKNOWN to others before its time.
   */
  isHeld(): boolean;
  /** Calls back at each loss and each return; the result unsubscribes. */
  onChange(callback: (isHeld: boolean) => void): () => void;
}

/** What a hint is about. */
export type ChangeTopic = 'orders' | 'placements';

/** Hints that something was committed, here or in another gateway. They may be lost or doubled: polling is the truth. */
export interface ChangeFeed {
  /** Never throws and never waits: a hint that cannot be given is dropped. */
  notify(topic: ChangeTopic): void;
  /** Also called back for every topic after each reconnect, since hints may have been missed. */
  subscribe(callback: (topic: ChangeTopic) => void): () => void;
}

export interface LedgerStore extends AsyncDisposable {
  readonly kind: 'sqlite' | 'postgres';
  readonly owner: LedgerOwner;
  readonly placements: PlacementStore;
  readonly orders: OrderStore;
  readonly refills: RefillStore;
  readonly requests: OrderRequestStore;
  readonly leases: LeaseStore;
  /** Null where no other gateway can share the ledger. */
  readonly addTurns: AddTurnStore | null;
  readonly changes: ChangeFeed;
  /** Resolves where the store answers, rejects with StoreUnavailableError where not: for readiness. */
  ping(): Promise<void>;
  /** Lets what runs finish, frees the owner's lock and every connection. */
  close(): Promise<void>;
}
