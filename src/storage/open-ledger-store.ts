/** Opens the ledger's store by its URL and puts its parts together. */
import { sql } from 'kysely';
import type pg from 'pg';
import type { Database } from './database/database.ts';
import { createLocalFeed, type OpenChangeFeed } from './ledger/change-feed.ts';
import { createLeaseStore } from './ledger/lease-store.ts';
import { createAbsentOwner, createLocalOwner, type OwnerPresence } from './ledger/ledger-owner.ts';
import type { LedgerStore } from './ledger/ledger-store.ts';
import { SqlOrderStore } from './ledger/orders/sql-order-store.ts';
import { SqlPlacementStore } from './ledger/placements/sql-placement-store.ts';
import { SqlRefillStore } from './ledger/refills/sql-refill-store.ts';
import { createOrderRequestStore } from './ledger/requests/sql-order-request-store.ts';
import { type OpenDatabaseOptions, openDatabase } from './open-database.ts';
import { createAddTurnStore } from './postgres/postgres-add-turns.ts';
import { openPostgresFeed } from './postgres/postgres-feed.ts';
import { openPostgresOwner } from './postgres/postgres-owner.ts';

/** The statements of the owner's and the listener's session are tiny: an answer that takes longer is not coming. */
const SESSION_TIMEOUT_MS = 3_000;

/**
 * Opens the store with its tables up to date and the owner's lock held.
 * @throws StoreUnavailableError with a sentence that holds no credentials: another gateway has the file, the database
 *   cannot be reached, its tables are of a newer version
 */
export async function openLedgerStore(options: OpenDatabaseOptions): Promise<LedgerStore> {
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
  const { capabilities, db, writer } = database;
  const { isShared, hasCertainCommits } = capabilities;
  const parts = { capabilities, db, writer, owner };
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => {
    closing ??= closeInOrder(database, owner, changes);
    return closing;
  };
  return {
    isShared,
    hasCertainCommits,
    owner,
    placements: new SqlPlacementStore(parts),
    orders: new SqlOrderStore(parts),
    refills: new SqlRefillStore(parts),
    requests: createOrderRequestStore(parts),
    leases: createLeaseStore(parts),
    addTurns: isShared ? createAddTurnStore(parts) : null,
    changes,
    ping: async () => {
      await sql`select 1`.execute(db);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The owner's lock is freed after the last write: until then other gateways leave its placements alone. */
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
