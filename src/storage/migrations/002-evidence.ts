/** Adds the evidence of the balance to placements, and the turns of adds at a panel's account. */
import { type Kysely, sql } from 'kysely';

export async function addEvidence(db: Kysely<unknown>): Promise<void> {
  // The first tables kept balances without the time of their reading; such a balance proves nothing.
  for (const column of ['balance_before', 'balance_after']) {
    await db.schema.alterTable('placements').dropColumn(column).execute();
  }
  await db.schema.alterTable('placements').addColumn('balance_evidence', 'text').execute();
  await db.schema
    .alterTable('placements')
    .addColumn('is_unrecognised', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable('placements').addColumn('account', 'text').execute();
  await db.schema.alterTable('placements').addColumn('turn', 'bigint').execute();
  // Turns are written only where several gateways share a ledger.
  await db.schema
    .createIndex('placements_turn')
    .on('placements')
    .columns(['account', 'turn'])
    .where(sql.ref('turn'), 'is not', null)
    .execute();
  await db.schema
    .createTable('add_turns')
    .addColumn('account', 'text', (column) => column.primaryKey())
    .addColumn('turn', 'bigint', (column) => column.notNull())
    .execute();
}
