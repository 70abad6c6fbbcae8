/** Writes what panels say of orders: never an older state over a newer one, and a number for each visible change. */
import { type Kysely, sql } from 'kysely';
import type { OrderState } from '../../../domain/order.ts';
import type { DatabaseCapabilities } from '../../database/capabilities.ts';
import { parts, wholeMs } from '../../database/rows.ts';
import type { LedgerTables, OrderRow } from '../../database/tables.ts';
import type { SavedState } from '../due-checks.ts';
import { scheduleNumbers } from '../due-table.ts';
import type { OrderRecord } from './order-records.ts';
import { decodeOrder, differsVisibly, encodeOrderState, type OrderStateColumns } from './order-rows.ts';

/** The counter that numbers visible changes. */
export const ORDER_CHANGE = 'order-change';

interface Change {
  readonly before: OrderRow;
  readonly after: OrderStateColumns & Pick<OrderRow, 'next_check_at'>;
}

interface SaveStep extends Pick<DatabaseCapabilities, 'needsRowLocks'> {
  readonly panel: string;
  readonly states: readonly SavedState<OrderState>[];
}

/** Runs within a transaction. Resolves to the orders that have changed visibly. */
export async function saveOrderStates(
  db: Kysely<LedgerTables>,
  { panel, states, needsRowLocks }: SaveStep,
): Promise<OrderRecord[]> {
  const newest = newestOf(states);
  const changes: Change[] = [];
  for (const part of parts([...newest.keys()])) {
    for (const before of await lockRows(db, { panel, numbers: part, needsRowLocks })) {
      const saved = newest.get(before.number);
      if (saved && saved.state.checkedAt.getTime() >= before.checked_at) changes.push(changeOf(before, saved));
    }
  }
  const { visible = [], hidden = [], touched = [] } = Object.groupBy(changes, newsOf);
  await touch(db, panel, touched);
  for (const { before, after } of hidden) await writeRow(db, before, after);
  return visible.length === 0 ? [] : writeVisible(db, visible);
}

/** The newest of the states that are given for each order. */
function newestOf(states: readonly SavedState<OrderState>[]): Map<string, SavedState<OrderState>> {
  const newest = new Map<string, SavedState<OrderState>>();
  for (const saved of states) {
    const known = newest.get(saved.number);
    if (!known || known.state.checkedAt <= saved.state.checkedAt) newest.set(saved.number, saved);
  }
  return newest;
}

interface LockStep extends Pick<DatabaseCapabilities, 'needsRowLocks'> {
  readonly panel: string;
  readonly numbers: readonly string[];
}

/** Locks rows in the order of their numbers: two gateways that lock the same rows never wait for each other. */
function lockRows(db: Kysely<LedgerTables>, { panel, numbers, needsRowLocks }: LockStep): Promise<OrderRow[]> {
  return db
    .selectFrom('orders')
    .selectAll()
    .where('panel', '=', panel)
    .where('number', 'in', numbers)
    .orderBy('number')
    .$if(needsRowLocks, (query) => query.forUpdate())
    .execute();
}

function changeOf(before: OrderRow, { state, nextCheckAt }: SavedState<OrderState>): Change {
  const columns = encodeOrderState(state);
  const unsaid = columns.is_final === 1 ? null : before.next_check_at;
  return { before, after: { ...columns, next_check_at: nextCheckAt === undefined ? unsaid : wholeMs(nextCheckAt) } };
}

/** What is new: something that subscribers are told of, something that they are not, or only the times. */
function newsOf({ before, after }: Change): 'visible' | 'hidden' | 'touched' {
  if (differsVisibly(before, after)) return 'visible';
  return before.child_numbers === after.child_numbers ? 'touched' : 'hidden';
}

/** Writes the new times of orders that are otherwise unchanged: one statement for all that were checked at one time. */
async function touch(db: Kysely<LedgerTables>, panel: string, changes: readonly Change[]): Promise<void> {
  for (const [checkedAt, group] of Map.groupBy(changes, ({ after }) => after.checked_at)) {
    for (const part of parts(group.map(({ before }) => before.number))) {
      await sql`update orders set checked_at = ${checkedAt}
        where panel = ${panel} and number in (${sql.join(part)})`.execute(db);
    }
  }
  const checks = changes
    .filter(({ before, after }) => before.next_check_at !== after.next_check_at)
    .map(({ before, after }) => ({ number: before.number, nextCheckAt: after.next_check_at }));
  await scheduleNumbers(db, 'orders', { panel, checks });
}

/**
 * The counter's row stays locked until the commit, so changes become readable in the order of their numbers. A reader
 * that has seen one number has therefore missed none before it.
 */
async function writeVisible(db: Kysely<LedgerTables>, changes: readonly Change[]): Promise<OrderRecord[]> {
  const { value } = await db
    .updateTable('counters')
    .set((expression) => ({ value: expression('value', '+', changes.length) }))
    .where('name', '=', ORDER_CHANGE)
    .returning('value')
    .executeTakeFirstOrThrow();
  const first = value - changes.length + 1;
  const written: OrderRecord[] = [];
  for (const [index, { before, after }] of changes.entries()) {
    const row = { ...before, ...after, version: before.version + 1, change_seq: first + index };
    await writeRow(db, before, { ...after, version: row.version, change_seq: row.change_seq });
    if (before.placement_id !== null && before.status !== after.status) {
      await db
        .updateTable('placements')
        .set({ order_status: after.status })
        .where('id', '=', before.placement_id)
        .execute();
    }
    written.push(decodeOrder(row));
  }
  return written;
}

async function writeRow(db: Kysely<LedgerTables>, { panel, number }: OrderRow, columns: Partial<OrderRow>) {
  await db.updateTable('orders').set(columns).where('panel', '=', panel).where('number', '=', number).execute();
}
