/** Writes the outcome of an attempt: one compare-and-set for every way in which an attempt can end. */
import type { Kysely } from 'kysely';
import type { DatabaseCapabilities } from '../../database/capabilities.ts';
import { fixedQuery } from '../../database/fixed-query.ts';
import type { LedgerTables, PlacementRow } from '../../database/tables.ts';
import { insertPlacedOrder } from './placed-order.ts';
import type { PlacementState, Settlement, SettleResult } from './placement-records.ts';
import { decodePlacement } from './placement-rows.ts';
import { encodeOutcome, type OutcomeColumns } from './settlement-rows.ts';

export interface SettleStep {
  readonly id: string;
  readonly settlement: Settlement;
  readonly settledBy: 'panel' | 'operator';
  readonly states: readonly PlacementState[];
  /** Null for whichever attempt is the latest. */
  readonly attempt: number | null;
}

/** Settles one placement. Runs within a transaction. */
export async function settleWithin(
  db: Kysely<LedgerTables>,
  step: SettleStep,
  { needsRowLocks }: Pick<DatabaseCapabilities, 'needsRowLocks'>,
): Promise<SettleResult> {
  const { id, settlement } = step;
  const orderNumber = settlement.state === 'PLACED' ? settlement.orderNumber : null;
  const find = needsRowLocks ? findLocked : findSought;
  const [row] = await find(db, { id, orderNumber });
  if (row === undefined) return { result: 'stale', placement: null };
  if (!matches(row, step)) {
    return { result: isRepeat(row, step) ? 'settled' : 'stale', placement: decodePlacement(row) };
  }
  if (settlement.state === 'PLACED' && isTaken(row, step)) {
    return { result: 'duplicate-order-number', placement: decodePlacement(row) };
  }
  const outcome = encodeOutcome(step, row);
  await writeOutcome(db, { seq: row.seq, ...outcome });
  if (settlement.state === 'PLACED') outcome.order_status = await insertPlacedOrder(db, row, settlement);
  return { result: 'settled', placement: decodePlacement({ ...row, ...outcome }) };
}

interface Sought {
  readonly id: string;
  /** Null where the outcome is not an order. */
  readonly orderNumber: string | null;
}

type SoughtRow = PlacementRow & {
  /** `seq` of the placement that has this order number already. */
  readonly holder: number | null;
  /** Since when the ledger has followed this order number. */
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

const findSought = fixedQuery(selectSought);

/**
 * Locks the row. What another gateway commits while this one waits for the lock does not show in `holder`; then the
 * table's own constraint refuses the write.
 */
const findLocked: typeof findSought = fixedQuery((db, sought) => selectSought(db, sought).forUpdate('placements'));

function matches(row: PlacementRow, { attempt, states }: SettleStep): boolean {
  return (attempt === null || row.attempt === attempt) && states.some((state) => state === row.state);
}

/** Whether this outcome of this attempt stands already: it was committed before, and the confirmation was lost. */
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
 * Whether the order number belongs to an older order: some panels answer a repeated link with the number of the old
 * order. An order that was followed before this placement was sent is older too, unless a person says otherwise.
 */
function isTaken(row: SoughtRow, { settledBy, settlement }: SettleStep): boolean {
  if (row.holder !== null) return true;
  if (settledBy === 'operator') return false;
  return row.followed_since !== null && row.followed_since < (row.sent_at ?? settlement.at);
}

const writeOutcome = fixedQuery<OutcomeColumns & { readonly seq: number }, unknown>((db, { seq, ...columns }) =>
  db.updateTable('placements').set(columns).where('seq', '=', seq),
);
