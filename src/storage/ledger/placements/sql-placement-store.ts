/** Placements over Kysely, on SQLite and PostgreSQL alike. */
import type { BalanceEvidence } from '../../../domain/balance-evidence.ts';
import type { DatabaseCapabilities } from '../../database/capabilities.ts';
import { inOrderOf, parts } from '../../database/rows.ts';
import { isUniqueViolation } from '../../database/store-errors.ts';
import type { LedgerDatabase } from '../../database/tables.ts';
import type { Writer } from '../../database/writer.ts';
import type { OwnerPresence } from '../ledger-owner.ts';
import type { StoreParts } from '../store-parts.ts';
import { countPlacements, listPlacements } from './list/placement-list.ts';
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
import { PlacementRecovery } from './placement-recovery.ts';
import {
  decodePlacement,
  encodeCharges,
  encodeError,
  encodeEvidence,
  encodeNewPlacement,
  encodeSending,
} from './placement-rows.ts';
import { type SettleStep, settleWithin } from './placement-settlement.ts';
import type { PlacementStore } from './placement-store.ts';
import { insertUnlessTaken, markUnsent, selectByKey } from './purchase-queries.ts';

const UNSETTLED: readonly PlacementState[] = ['PENDING', 'UNKNOWN'];

export class SqlPlacementStore implements PlacementStore {
  readonly #capabilities: DatabaseCapabilities;
  readonly #db: LedgerDatabase;
  readonly #writer: Writer;
  readonly #owner: OwnerPresence;
  readonly #recovery: PlacementRecovery;

  constructor(store: StoreParts) {
    this.#capabilities = store.capabilities;
    this.#db = store.db;
    this.#writer = store.writer;
    this.#owner = store.owner;
    this.#recovery = new PlacementRecovery(store);
  }

  async findByKey(caller: string, idempotencyKey: string): Promise<PlacementRecord | null> {
    const [row] = await selectByKey(this.#db, { caller, idempotencyKey });
    return row === undefined ? null : decodePlacement(row);
  }

  async findById(id: string): Promise<PlacementRecord | null> {
    const row = await this.#db.selectFrom('placements').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : decodePlacement(row);
  }

  async findMany(ids: readonly string[]): Promise<(PlacementRecord | null)[]> {
    const found = await Promise.all(
      parts(ids).map((part) => this.#db.selectFrom('placements').selectAll().where('id', 'in', part).execute()),
    );
    return inOrderOf(ids, found.flat().map(decodePlacement), ({ id }) => id);
  }

  async findByOrders(panel: string, orderNumbers: readonly string[]): Promise<(PlacementRecord | null)[]> {
    const found = await Promise.all(
      parts(orderNumbers).map((part) =>
        this.#db
          .selectFrom('placements')
          .selectAll()
          .where('panel', '=', panel)
          .where('order_number', 'in', part)
          .execute(),
      ),
    );
    return inOrderOf(orderNumbers, found.flat().map(decodePlacement), ({ orderNumber }) => orderNumber ?? '');
  }

  async insertPending(placement: NewPlacement, sent?: Sending): Promise<InsertResult> {
    const values = encodeNewPlacement(placement, { owner: this.#owner.id, sent });
    const [row] = await this.#writer.run((db) => insertUnlessTaken(db, values));
    if (row !== undefined) return { result: 'inserted', placement: decodePlacement({ ...values, ...row }) };
    const existing = await this.findByKey(placement.caller, placement.idempotencyKey);
    if (existing === null)
      throw new Error('A placement that had the key is gone, although placements are never deleted.');
    // With the same random id it is this very insert: it was committed before, and the confirmation was lost.
    return { result: existing.id === placement.id ? 'inserted' : 'existing', placement: existing };
  }

  async reopen(
    id: string,
    { attempt }: { readonly attempt: number },
    retry: PlacementRetry,
  ): Promise<PlacementRecord | null> {
    const row = await this.#writer.run((db) =>
      db
        .updateTable('placements')
        .set({
          state: 'PENDING',
          is_retryable: 0,
          settled_by: null,
          settled_at: null,
          sent_at: null,
          owner: this.#owner.id,
          attempt: attempt + 1,
          reference: retry.reference,
          panel_host: retry.panelHost,
          panel_dialect: retry.panelDialect,
          account: null,
          turn: null,
          balance_evidence: null,
          ...encodeCharges(retry),
          ...encodeError(null),
        })
        .where('id', '=', id)
        .where('state', '=', 'REJECTED')
        .where('is_retryable', '=', 1)
        .where('attempt', '=', attempt)
        .returningAll()
        .executeTakeFirst(),
    );
    return row === undefined ? null : decodePlacement(row);
  }

  async markSent(id: string, { attempt }: { readonly attempt: number }, sent: Sending): Promise<boolean> {
    const values = { id, attempt, owner: this.#owner.id, ...encodeSending(sent) };
    const [row] = await this.#writer.run((db) => markUnsent(db, values));
    return row !== undefined;
  }

  settle(
    id: string,
    settlement: Settlement,
    { attempt, states = UNSETTLED }: { readonly attempt: number; readonly states?: readonly PlacementState[] },
  ): Promise<SettleResult> {
    return this.#settle({ id, settlement, attempt, states, settledBy: 'panel' });
  }

  resolveByOperator(id: string, decision: OperatorDecision): Promise<SettleResult> {
    const { at } = decision;
    const settlement: Settlement =
      decision.outcome === 'placed'
        ? { state: 'PLACED', orderNumber: decision.orderNumber, nextCheckAt: decision.nextCheckAt, at }
        : {
            state: 'REJECTED',
            isRetryable: false,
            error: { code: 'SETTLED_NOT_PLACED', message: decision.message, panelMessage: null, retryAfterMs: null },
            at,
          };
    return this.#settle({ id, settlement, attempt: null, states: ['UNKNOWN'], settledBy: 'operator' });
  }

  async noteEvidence(id: string, evidence: BalanceEvidence): Promise<void> {
    const values = { balance_evidence: encodeEvidence(evidence) };
    await this.#writer.run((db) => db.updateTable('placements').set(values).where('id', '=', id).execute());
  }

  recoverAbandoned(options: RecoveryRequest): Promise<RecoveredPlacements> {
    return this.#recovery.recover(options);
  }

  listPlacements(filter: PlacementFilter, page: PlacementPageRequest): Promise<ListedPlacements> {
    return listPlacements(this.#db, filter, page);
  }

  countPlacements(filter: PlacementFilter): Promise<number> {
    return countPlacements(this.#db, filter);
  }

  async #settle(step: SettleStep): Promise<SettleResult> {
    const { needsRowLocks } = this.#capabilities;
    try {
      return await this.#writer.transact((db) => settleWithin(db, step, { needsRowLocks }));
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      // Another gateway committed the same order number after this one had looked for it.
      const placement = await this.findById(step.id);
      return placement === null ? { result: 'stale', placement } : { result: 'duplicate-order-number', placement };
    }
  }
}
