/** The ledger's first tables. A released migration never changes: write the next one. */
import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import type { DatabaseCapabilities } from '../database/capabilities.ts';

const INSTANT = 'bigint';

export async function createLedger(db: Kysely<unknown>, capabilities: DatabaseCapabilities): Promise<void> {
  await createPlacements(db, capabilities);
  await createOrders(db, capabilities);
  await createRefills(db);
  await createOrderRequests(db);
  await db.schema
    .createTable('leases')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('expires_at', INSTANT, (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('counters')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'bigint', (column) => column.notNull())
    .execute();
  await sql`insert into counters (name, value) values ('order-change', 0)`.execute(db);
}

async function createPlacements(db: Kysely<unknown>, capabilities: DatabaseCapabilities): Promise<void> {
  await withSequence(db.schema.createTable('placements'), capabilities)
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('caller', 'text', (column) => column.notNull())
    .addColumn('idempotency_key', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('reference', 'text')
    .addColumn('panel', 'text', (column) => column.notNull())
    .addColumn('panel_host', 'text', (column) => column.notNull())
    .addColumn('panel_dialect', 'text', (column) => column.notNull())
    .addColumn('service_number', 'text', (column) => column.notNull())
    .addColumn('details', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('order_status', 'text', (column) => column.notNull())
    .addColumn('is_retryable', 'integer', (column) => column.notNull())
    .addColumn('settled_by', 'text')
    .addColumn('order_number', 'text')
    .addColumn('estimated_amount', 'text')
    .addColumn('estimated_currency', 'text')
    .addColumn('max_charge_amount', 'text')
    .addColumn('max_charge_currency', 'text')
    .addColumn('error_code', 'text')
    .addColumn('error_message', 'text')
    .addColumn('panel_message', 'text')
    .addColumn('retry_after_ms', 'bigint')
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .addColumn('sent_at', INSTANT)
    .addColumn('settled_at', INSTANT)
    .addColumn('balance_before', 'text')
    .addColumn('balance_after', 'text')
    .execute();
  await createPlacementIndexes(db);
}

/**
 * The list is sorted by (created_at, seq), so each of its indexes ends with these columns and begins with those that a
 * filter fixes. An index that begins with the state leaves out pending placements, which are few and have indexes of
 * their own: this saves a third of the pages that are written when a placement is recorded and settled.
 */
async function createPlacementIndexes(db: Kysely<unknown>): Promise<void> {
  const unique = (name: string) => db.schema.createIndex(name).on('placements').unique();
  const listed = (name: string, columns: readonly string[]) =>
    db.schema
      .createIndex(name)
      .on('placements')
      .columns([...columns, 'created_at', 'seq']);
  await unique('placements_key').columns(['caller', 'idempotency_key']).execute();
  await unique('placements_order')
    .columns(['panel', 'order_number'])
    .where(sql.ref('order_number'), 'is not', null)
    .execute();
  await listed('placements_newest', []).execute();
  await listed('placements_by_caller', ['caller']).execute();
  await listed('placements_pending', []).where(sql<boolean>`state = 'PENDING'`).execute();
  await listed('placements_pending_by_caller', ['caller']).where(sql<boolean>`state = 'PENDING'`).execute();
  for (const [name, columns] of [
    ['placements_by_state', ['state', 'order_status']],
    ['placements_by_panel', ['panel', 'state', 'order_status']],
    ['placements_by_caller_state', ['caller', 'state', 'order_status']],
    ['placements_by_caller_panel', ['caller', 'panel', 'state', 'order_status']],
  ] as const) {
    await listed(name, columns).where(sql<boolean>`state <> 'PENDING'`).execute();
  }
  for (const [name, columns] of [
    ['placements_by_reference', ['reference']],
    ['placements_by_caller_reference', ['caller', 'reference']],
  ] as const) {
    await listed(name, columns).where(sql.ref('reference'), 'is not', null).execute();
  }
}

async function createOrders(db: Kysely<unknown>, capabilities: DatabaseCapabilities): Promise<void> {
  const table = db.schema.createTable('orders');
  // Rows that are stored by their key need no index beside them. The table of refills is not stored so: SQLite would
  // then look for the refills of an order among all refills of the panel.
  await (capabilities.storesRowsByKey ? table.modifyEnd(sql`without rowid`) : table)
    .addColumn('panel', 'text', (column) => column.notNull())
    .addColumn('number', 'text', (column) => column.notNull())
    .addColumn('caller', 'text', (column) => column.notNull())
    .addColumn('placement_id', 'text', (column) => column.references('placements.id'))
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('status_text', 'text', (column) => column.notNull())
    .addColumn('charge_amount', 'text')
    .addColumn('charge_currency', 'text')
    .addColumn('start_count', 'bigint')
    .addColumn('remains', 'bigint')
    .addColumn('child_numbers', 'text', (column) => column.notNull())
    .addColumn('checked_at', INSTANT, (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('change_seq', 'bigint', (column) => column.notNull())
    .addColumn('is_final', 'integer', (column) => column.notNull())
    .addColumn('next_check_at', INSTANT)
    .addColumn('watched_until', INSTANT)
    .addColumn('tracked_since', INSTANT, (column) => column.notNull())
    .addPrimaryKeyConstraint('orders_pk', ['panel', 'number'])
    .execute();
  await createDueIndex(db, 'orders');
  await db.schema.createIndex('orders_open').on('orders').column('panel').where(sql<boolean>`is_final = 0`).execute();
  await db.schema
    .createIndex('orders_change')
    .on('orders')
    .column('change_seq')
    .where(sql<boolean>`change_seq > 0`)
    .execute();
}

async function createRefills(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('refills')
    .addColumn('panel', 'text', (column) => column.notNull())
    .addColumn('number', 'text', (column) => column.notNull())
    .addColumn('order_number', 'text', (column) => column.notNull())
    .addColumn('caller', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('status_text', 'text', (column) => column.notNull())
    .addColumn('checked_at', INSTANT, (column) => column.notNull())
    .addColumn('is_final', 'integer', (column) => column.notNull())
    .addColumn('next_check_at', INSTANT)
    .addColumn('created_at', INSTANT, (column) => column.notNull())
    .addPrimaryKeyConstraint('refills_pk', ['panel', 'number'])
    .execute();
  await createDueIndex(db, 'refills');
  await db.schema
    .createIndex('refills_by_order')
    .on('refills')
    .columns(['panel', 'order_number', 'created_at'])
    .execute();
}

async function createOrderRequests(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('order_requests')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('panel', 'text', (column) => column.notNull())
    .addColumn('order_number', 'text', (column) => column.notNull())
    .addColumn('caller', 'text', (column) => column.notNull())
    .addColumn('requested_at', INSTANT, (column) => column.notNull())
    .addColumn('outcome', 'text')
    .addColumn('code', 'text')
    .addColumn('panel_message', 'text')
    .addColumn('refill_number', 'text')
    .addColumn('answered_at', INSTANT)
    .execute();
  await db.schema
    .createIndex('order_requests_by_order')
    .on('order_requests')
    .columns(['panel', 'order_number', 'requested_at'])
    .execute();
}

async function createDueIndex(db: Kysely<unknown>, table: 'orders' | 'refills'): Promise<void> {
  await db.schema
    .createIndex(`${table}_due`)
    .on(table)
    .columns(['panel', 'next_check_at'])
    .where(sql.ref('next_check_at'), 'is not', null)
    .execute();
}

/** Adds the order of recording. Numbers that the database gives itself only rise, since no placement is deleted. */
function withSequence<Name extends string>(
  table: CreateTableBuilder<Name>,
  { numbersRowsItself }: DatabaseCapabilities,
): CreateTableBuilder<Name, 'seq'> {
  return numbersRowsItself
    ? table.addColumn('seq', 'integer', (column) => column.primaryKey())
    : table.addColumn('seq', 'bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity());
}
