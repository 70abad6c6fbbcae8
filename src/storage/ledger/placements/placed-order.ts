/** The order that a placement has bought, written in the same transaction as its outcome. */
import { type Kysely, type Selectable, sql } from 'kysely';
import { fixedQuery } from '../../database/fixed-query.ts';
import { wholeMs } from '../../database/rows.ts';
import type { LedgerTables, OrdersTable, PlacementRow } from '../../database/tables.ts';
import type { Settlement } from './placement-records.ts';

/** An order that was followed before keeps its state and gets its placement. */
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

/** Writes the order of a PLACED placement and resolves to the status that the order then has. */
export async function insertPlacedOrder(
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
