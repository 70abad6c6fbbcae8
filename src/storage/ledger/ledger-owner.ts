/** Who is alive: the owner of placements as the other gateways see it. */
import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type pg from 'pg';
import type { LedgerDatabase } from '../database/tables.ts';
import { PostgresSession } from '../postgres/postgres-session.ts';
import type { LedgerOwner } from './ledger-store.ts';

export interface OwnerPresence extends LedgerOwner {
  /** Owners of this database that hold their lock now. */
  findAlive(owners: readonly string[]): Promise<ReadonlySet<string>>;
  /** A restart of the database frees the locks of the living too, so a missing lock must stay missing for a while. */
  readonly needsGrace: boolean;
  close(): Promise<void>;
}

/** SQLite: one gateway a file, so whoever is not this process is gone. */
export function createLocalOwner(): OwnerPresence {
  const id = randomUUID();
  return {
    id,
    isHeld: () => true,
    onChange: () => () => undefined,
    findAlive: async (owners) => new Set(owners.filter((owner) => owner === id)),
    needsGrace: false,
    close: async () => undefined,
  };
}

/** A reader owns nothing. */
export function createAbsentOwner(): OwnerPresence {
  return { ...createLocalOwner(), isHeld: () => false };
}

/** PostgreSQL: a session lock named after the owner; the server frees it when the process or its machine is gone. */
export async function openPostgresOwner(db: LedgerDatabase, config: pg.ClientConfig): Promise<OwnerPresence> {
  const id = randomUUID();
  const callbacks = new Set<(isHeld: boolean) => void>();
  const tell = (isHeld: boolean): void => {
    for (const callback of callbacks) callback(isHeld);
  };
  const session = new PostgresSession({
    config,
    setUp: async (client) => {
      const { rows } = await client.query('select pg_try_advisory_lock($1::bigint) as held', [String(lockKey(id))]);
      // The old session may be half dead: then it still speaks for us, and its lock is taken over when it ends.
      if (rows[0]?.held !== true) throw new Error('The lock of this gateway is still held by its former session.');
    },
    onUp: () => tell(true),
    onDown: () => tell(false),
  });
  await session.open();
  return {
    id,
    isHeld: () => session.isUp,
    onChange: (callback) => {
      callbacks.add(callback);
      return () => void callbacks.delete(callback);
    },
    findAlive: (owners) => findHeld(db, owners),
    needsGrace: true,
    close: () => session.close(),
  };
}

async function findHeld(db: LedgerDatabase, owners: readonly string[]): Promise<ReadonlySet<string>> {
  // Looking at the locks, not trying them: a lock tried is for a moment a lock that its owner cannot take again.
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
