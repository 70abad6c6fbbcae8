/** An owner that is alive as long as it holds a session lock: the server frees it when the process or machine is gone. */
import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type pg from 'pg';
import type { LedgerDatabase } from '../database/tables.ts';
import type { OwnerPresence } from '../ledger/ledger-owner.ts';
import { PostgresSession } from './postgres-session.ts';

export async function openPostgresOwner(db: LedgerDatabase, config: pg.ClientConfig): Promise<OwnerPresence> {
  const id = randomUUID();
  const session = new PostgresSession({
    config,
    setUp: async (client) => {
      const { rows } = await client.query('select pg_try_advisory_lock($1::bigint) as held', [String(lockKey(id))]);
      // The server may not have noticed yet that the former session is dead. Until then that session still holds the
      // lock, and the gateway counts as alive; the next attempt takes the lock over.
      if (rows[0]?.held !== true) throw new Error('The lock of this gateway is still held by its former session.');
    },
  });
  await session.open();
  return {
    id,
    isHeld: () => session.isUp,
    findAlive: (owners) => findHeld(db, owners),
    needsGrace: true,
    close: () => session.close(),
  };
}

async function findHeld(db: LedgerDatabase, owners: readonly string[]): Promise<ReadonlySet<string>> {
  // Reads the list of locks. Trying to take a lock would hold it for a moment, in which its owner could not take it back.
  const { rows } = await sql<{ key: string }>`
    select ((classid::bigint << 32) | objid::bigint)::text as key from pg_locks
    where locktype = 'advisory' and objsubid = 1 and granted
      and database = (select oid from pg_database where datname = current_database())`.execute(db);
  const held = new Set(rows.map((row) => row.key));
  return new Set(owners.filter((owner) => held.has(String(lockKey(owner)))));
}

function lockKey(owner: string): bigint {
  return createHash('sha256').update(`panelgraph:${owner}`).digest().readBigInt64BE();
}
