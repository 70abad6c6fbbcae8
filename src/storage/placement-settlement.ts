/** Writing outcomes: the compare-and-set that every end of an attempt goes through. */
import { type Kysely, sql, type UpdateObject } from 'kysely';
import type { DatabaseKind } from './migrate.ts';
import type { PlacementState, Settlement, SettleResult } from './placement-records.ts';
import { decodePlacement, encodeError } from './placement-rows.ts';
import { wholeMs } from './rows.ts';
import type { LedgerTables, PlacementRow } from './schema.ts';

export interface SettleStep {
  readonly id: string;
  readonly settlement: Settlement;
  readonly settledBy: 'panel' | 'operator';
  readonly states: readonly PlacementState[];
  /** Null: whichever attempt stands. */
  readonly attempt: number | null;
}

/** One settlement, within a transaction of the caller's. */
export async function settleWithin(
  db: Kysely<LedgerTables>,
  kind: DatabaseKind,
  step: SettleStep,
): Promise<SettleResult> {
  const row = await findLocked(db, kind, step.id);
  if (row === null) return { result: 'stale', placement: null };
  const placement = decodePlacement(row);
  if (!matches(row, step)) {
    return isRepeat(row, step) ? { result: 'settled', placement } : { result: 'stale', placement };
  }
  if (step.settlement.state === 'PLACED' && (await isTaken(db, row, step, step.settlement.orderNumber))) {
    return { result: 'duplicate-order-number', placement };
  }
  const settled = await db
    .updateTable('placements')
    .set(changesOf(step))
    .where('seq', '=', row.seq)
    .returningAll()
    .executeTakeFirstOrThrow();
  if (step.settlement.state !== 'PLACED') return { result: 'settled', placement: decodePlacement(settled) };
  const orderStatus = await insertOrder(db, settled, step.settlement);
  return { result: 'settled', placement: { ...decodePlacement(settled), orderStatus } };
}

async function findLocked(db: Kysely<LedgerTables>, kind: DatabaseKind, id: string): Promise<PlacementRow | null> {
  const row = await db
    .selectFrom('placements')
    .selectAll()
    .where('id', '=', id)
    .$if(kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  return row ?? null;
}

function matches(row: PlacementRow, { attempt, states }: SettleStep): boolean {
  return (attempt === null || row.attempt === attempt) && states.some((state) => state === row.state);
}

/** The same outcome of the same attempt: its first writing was committed, but the answer was lost. */
function isRepeat(row: PlacementRow, { settlement, settledBy, attempt }: SettleStep): boolean {
  if (settledBy === 'operator' || row.settled_by === 'operator') return false;
  if (row.attempt !== attempt || row.state !== settlement.state) return false;
  switch (settlement.state) {
    case 'PLACED':
      return row.order_number === settlement.orderNumber;
    case 'REJECTED':
      return row.error_code === settlement.error.code && row.is_retryable === (settlement.isRetryable ? 1 : 0);
    case 'UNKNOWN':
      return row.error_code === settlement.error.code;
  }
}

/**
 * Some panels answer the old number for a repeated link. An order that was followed without a placement before this
 * one was sent is an old one too, unless a person says that it is this one.
 */
async function isTaken(
  db: Kysely<LedgerTables>,
  row: PlacementRow,
  { settledBy, settlement }: SettleStep,
  orderNumber: string,
): Promise<boolean> {
  const placed = await db
    .selectFrom('placements')
    .select('seq')
    .where('panel', '=', row.panel)
    .where('order_number', '=', orderNumber)
    .executeTakeFirst();
  if (placed !== undefined) return true;
  if (settledBy === 'operator') return false;
  const order = await db
    .selectFrom('orders')
    .select('tracked_since')
    .where('panel', '=', row.panel)
    .where('number', '=', orderNumber)
    .executeTakeFirst();
  return order !== undefined && order.tracked_since < (row.sent_at ?? settlement.at);
}

function changesOf({ settlement, settledBy }: SettleStep): UpdateObject<LedgerTables, 'placements'> {
  const at = wholeMs(settlement.at);
  switch (settlement.state) {
    case 'PLACED':
      return {
        state: 'PLACED',
        order_number: settlement.orderNumber,
        order_status: 'PENDING',
        is_retryable: 0,
        settled_by: settledBy,
        settled_at: at,
        ...encodeError(null),
        ...(settlement.balanceAfter !== undefined && { balance_after: settlement.balanceAfter }),
      };
    case 'REJECTED':
      return {
        state: 'REJECTED',
        is_retryable: settlement.isRetryable ? 1 : 0,
        settled_by: settlement.isRetryable ? null : settledBy,
        settled_at: at,
        ...encodeError(settlement.error),
      };
    case 'UNKNOWN':
      return {
        state: 'UNKNOWN',
        is_retryable: 0,
        settled_by: null,
        settled_at: null,
        ...encodeError(settlement.error),
        ...(settlement.balanceAfter !== undefined && { balance_after: settlement.balanceAfter }),
      };
  }
}

/** The order of a PLACED placement; one that was followed before keeps its state and gets its placement. */
async function insertOrder(
  db: Kysely<LedgerTables>,
  row: PlacementRow,
  settlement: Extract<Settlement, { state: 'PLACED' }>,
) {
  const at = wholeMs(settlement.at);
  const { status } = await db
    .insertInto('orders')
    .values({
      panel: row.panel,
      number: settlement.orderNumber,
      caller: row.caller,
      placement_id: row.id,
      status: 'PENDING',
      status_text: '',
      charge_amount: null,
      charge_currency: null,
      start_count: null,
      remains: null,
      child_numbers: '[]',
      checked_at: at,
      version: 1,
      change_seq: 0,
      is_final: 0,
      next_check_at: wholeMs(settlement.nextCheckAt),
      watched_until: null,
      tracked_since: at,
    })
    .onConflict((conflict) =>
      conflict.columns(['panel', 'number']).doUpdateSet({ placement_id: row.id, caller: row.caller }),
    )
    .returning('status')
    .executeTakeFirstOrThrow();
  if (status !== 'PENDING') {
    await sql`update placements set order_status = ${status} where seq = ${row.seq}`.execute(db);
  }
  return decodePlacement({ ...row, order_status: status }).orderStatus;
}
