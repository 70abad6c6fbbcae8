/** Opens the ledger's store by URL and puts its parts together. */
import { sql } from 'kysely';
import type pg from 'pg';
import { createLocalFeed, type OpenChangeFeed, openPostgresFeed } from './ledger/change-feed.ts';
import { createLeaseStore } from './ledger/lease-store.ts';
import { createAbsentOwner, createLocalOwner, type OwnerPresence, openPostgresOwner } from './ledger/ledger-owner.ts';
import type { LedgerStore } from './ledger/ledger-store.ts';
import { SqlOrderStore } from './ledger/orders/sql-order-store.ts';
import { SqlPlacementStore } from './ledger/placements/sql-placement-store.ts';
import { SqlRefillStore } from './ledger/refills/sql-refill-store.ts';
import { createOrderRequestStore } from './ledger/requests/sql-order-request-store.ts';
import { type Database, type OpenDatabaseOptions, openDatabase } from './open-database.ts';
import { createAddTurnStore } from './postgres/add-turn-store.ts';

export type OpenLedgerOptions = OpenDatabaseOptions;

/** The owner's and the listener's statements are tiny; an answer that takes longer will not come. */
const SESSION_TIMEOUT_MS = 3_000;

/**
 * Opens the store, migrated and ready, with the owner's lock held.
 * @throws StoreUnavailableError with a sentence that holds no credentials: another gateway has the file, the database
 *   cannot be reached, its tables are of a newer version
 */
export async function openLedgerStore(options: OpenLedgerOptions): Promise<LedgerStore> {
  const database = await openDatabase(options);
  let owner: OwnerPresence | null = null;
  try {
    const config = options.mode === 'reader' ? null : sessionConfig(database.clientConfig);
    owner = await openOwner(database, config, options.mode === 'reader');
    const changes = config ? await openPostgresFeed(database.db, { config, origin: owner.id }) : createLocalFeed();
    return assemble(database, owner, changes);
  } catch (error) {
    await owner?.close();
    await database.close();
    throw error;
  }
}

function assemble(database: Database, owner: OwnerPresence, changes: OpenChangeFeed): LedgerStore {
  const { kind, db, writer } = database;
  const parts = { kind, db, writer, owner };
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => {
    closing ??= closeInOrder(database, owner, changes);
    return closing;
  };
  return {
    kind,
    owner,
    placements: new SqlPlacementStore(parts),
    orders: new SqlOrderStore(parts),
    refills: new SqlRefillStore(parts),
    requests: createOrderRequestStore(parts),
    leases: createLeaseStore(parts),
    addTurns: kind === 'sqlite' ? null : createAddTurnStore(parts),
    changes,
    ping: async () => {
      await sql`select 1`.execute(db);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The owner's lock goes last but the connections: until then others leave its placements alone. */
async function closeInOrder(database: Database, owner: OwnerPresence, changes: OpenChangeFeed): Promise<void> {
  await changes.close();
  await database.writer.drain();
  await owner.close();
  await database.close();
}

async function openOwner(
  database: Database,
  config: pg.ClientConfig | null,
  isReader: boolean,
): Promise<OwnerPresence> {
  if (isReader) return createAbsentOwner();
  return config ? openPostgresOwner(database.db, config) : createLocalOwner();
}

function sessionConfig(config: pg.ClientConfig | null): pg.ClientConfig | null {
  return config && { ...config, statement_timeout: SESSION_TIMEOUT_MS, query_timeout: SESSION_TIMEOUT_MS };
}
