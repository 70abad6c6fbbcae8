/** Writing outcomes: the compare-and-set that every end of an attempt goes through. */
import { type Kysely, type Selectable, sql } from 'kysely';
import { type FixedQuery, fixedQuery } from '../../database/fixed-query.ts';
import { wholeMs } from '../../database/rows.ts';
import type { DatabaseKind, LedgerTables, OrdersTable, PlacementRow, PlacementsTable } from '../../database/tables.ts';
import type { PlacementState, Settlement, SettleResult } from './placement-records.ts';
import { decodePlacement, encodeError, encodeEvidence } from './placement-rows.ts';

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
  const { id, settlement } = step;
  const orderNumber = settlement.state === 'PLACED' ? settlement.orderNumber : null;
  const [row] = await FIND[kind](db, { id, orderNumber });
  if (row === undefined) return { result: 'stale', placement: null };
  if (!matches(row, step)) {
    return { result: isRepeat(row, step) ? 'settled' : 'stale', placement: decodePlacement(row) };
  }
  if (settlement.state === 'PLACED' && isTaken(row, step)) {
    return { result: 'duplicate-order-number', placement: decodePlacement(row) };
  }
  const outcome = outcomeOf(step, row);
  await writeOutcome(db, { seq: row.seq, ...outcome });
  if (settlement.state === 'PLACED') outcome.order_status = await insertOrder(db, row, settlement);
  return { result: 'settled', placement: decodePlacement({ ...row, ...outcome }) };
}

interface Sought {
  readonly id: string;
  /** Null where the outcome is no order. */
  readonly orderNumber: string | null;
}

type SoughtRow = PlacementRow & {
  /** Another placement of the order number. */
  readonly holder: number | null;
  /** Since when the order number has been followed. */
  readonly followed_since: number | null;
};

function selectSought(db: Kysely<LedgerTables>, { id, orderNumber }: Sought) {
  return db
    .selectFrom('placements')
    .selectAll()
    .select((sought) => [
      sought
        .selectFrom('placements as other')
        .select('other.seq')
        .whereRef('other.panel', '=', 'placements.panel')
        .where('other.order_number', '=', orderNumber)
        .as('holder'),
      sought
        .selectFrom('orders')
        .select('tracked_since')
        .whereRef('orders.panel', '=', 'placements.panel')
        .where('orders.number', '=', orderNumber)
        .as('followed_since'),
    ])
    .where('id', '=', id);
}

/** What another gateway commits while PostgreSQL waits for the row is met by the table's own constraint. */
const FIND: Record<DatabaseKind, FixedQuery<Sought, SoughtRow>> = {
  sqlite: fixedQuery(selectSought),
  postgres: fixedQuery((db, sought) => selectSought(db, sought).forUpdate('placements')),
};

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
function isTaken(row: SoughtRow, { settledBy, settlement }: SettleStep): boolean {
  if (row.holder !== null) return true;
  if (settledBy === 'operator') return false;
  return row.followed_since !== null && row.followed_since < (row.sent_at ?? settlement.at);
}

type OutcomeColumns =
  | 'state'
  | 'order_number'
  | 'order_status'
  | 'is_retryable'
  | 'settled_by'
  | 'settled_at'
  | 'balance_evidence'
  | keyof ReturnType<typeof encodeError>;
type Outcome = Pick<Selectable<PlacementsTable>, OutcomeColumns>;

/** Evidence that is not given leaves what was noted. */
function outcomeOf({ settlement, settledBy }: SettleStep, row: PlacementRow): Outcome {
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
        balance_evidence: row.balance_evidence,
        ...encodeError(null),
      };
    case 'REJECTED':
      return {
        state: 'REJECTED',
        order_number: null,
        order_status: '',
        is_retryable: settlement.isRetryable ? 1 : 0,
        settled_by: settlement.isRetryable ? null : settledBy,
        settled_at: at,
        balance_evidence: encodeEvidence(settlement.balanceEvidence) ?? row.balance_evidence,
        ...encodeError(settlement.error),
      };
    case 'UNKNOWN':
      return {
        state: 'UNKNOWN',
        order_number: null,
        order_status: '',
        is_retryable: 0,
        settled_by: null,
        settled_at: null,
        balance_evidence: encodeEvidence(settlement.balanceEvidence) ?? row.balance_evidence,
        ...encodeError(settlement.error),
      };
  }
}

const writeOutcome = fixedQuery<Outcome & { readonly seq: number }, unknown>((db, { seq, ...columns }) =>
  db.updateTable('placements').set(columns).where('seq', '=', seq),
);

/** One that was followed before keeps its state and gets its placement. */
const upsertOrder = fixedQuery<Selectable<OrdersTable>, { readonly status: string }>((db, order) =>
  db
    .insertInto('orders')
    .values(order)
    .onConflict((conflict) =>
      conflict.columns(['panel', 'number']).doUpdateSet((update) => ({
        placement_id: update.ref('excluded.placement_id'),
        caller: update.ref('excluded.caller'),
      })),
    )
    .returning('status'),
);

/** The order of a PLACED placement; its status as it stands then. */
async function insertOrder(
  db: Kysely<LedgerTables>,
  row: PlacementRow,
  settlement: Extract<Settlement, { state: 'PLACED' }>,
): Promise<string> {
  const at = wholeMs(settlement.at);
  const [order] = await upsertOrder(db, {
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
  });
  const { status } = order!;
  if (status !== 'PENDING') {
    await sql`update placements set order_status = ${status} where seq = ${row.seq}`.execute(db);
  }
  return status;
}
