/** The ledger's first tables. A migration is never changed once it is released: write the next one. */
import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import type { DatabaseKind } from '../database/tables.ts';

const INSTANT = 'bigint';

export async function createLedger(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await createPlacements(db, kind);
  await createOrders(db, kind);
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

async function createPlacements(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await withSequence(db.schema.createTable('placements'), kind)
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
 * The list runs by (created_at, seq); each of its indexes ends there and begins with what a filter pins down. Those
 * that begin with the state leave out the pending ones, which are few and have indexes of their own: an insert and the
 * settlement that follows write to two thirds of the pages that they would.
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

async function createOrders(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  const table = db.schema.createTable('orders');
  // SQLite keeps the rows in the order of their key then, in place of an index beside them. Not so the refills, whose
  // orders SQLite would look for among all of a panel's.
  await (kind === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table)
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

/** The order of recording: SQLite counts its row ids itself, upwards since none is deleted; PostgreSQL needs an identity. */
function withSequence<Name extends string>(
  table: CreateTableBuilder<Name>,
  kind: DatabaseKind,
): CreateTableBuilder<Name, 'seq'> {
  return kind === 'sqlite'
    ? table.addColumn('seq', 'integer', (column) => column.primaryKey())
    : table.addColumn('seq', 'bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity());
}
