/** Brings the tables of a ledger up to date, or checks that they are. */
import type { Kysely } from 'kysely';
import { type MigrationProvider, Migrator } from 'kysely/migration';
import { StoreUnavailableError } from '../../domain/errors.ts';
import type { DatabaseCapabilities } from '../database/capabilities.ts';
import { toStoreError } from '../database/store-errors.ts';
import type { LedgerDatabase } from '../database/tables.ts';
import { createLedger } from './001-ledger.ts';
import { addEvidence } from './002-evidence.ts';

/** In the order in which they run. The names stand in every ledger, so they never change. */
const MIGRATIONS: Readonly<Record<string, (db: Kysely<unknown>, capabilities: DatabaseCapabilities) => Promise<void>>> =
  {
    '001-ledger': createLedger,
    '002-evidence': addEvidence,
  };

/**
 * Runs every migration that has not run yet, all of them or none. Several processes may call it at once: on PostgreSQL
 * Kysely's migrator holds an advisory lock, and a SQLite file has only one gateway.
 */
export async function migrate(db: LedgerDatabase, capabilities: DatabaseCapabilities): Promise<void> {
  const { error } = await createMigrator(db, capabilities).migrateToLatest();
  if (error === undefined) return;
  if (isNewer(error)) throw new StoreUnavailableError(NEWER, { cause: error });
  throw toStoreError(error);
}

/** @throws StoreUnavailableError where the tables are not exactly those of this version */
export async function checkMigrated(db: LedgerDatabase): Promise<void> {
  const done = await findExecuted(db);
  const known = Object.keys(MIGRATIONS);
  if (done === null) throw new StoreUnavailableError('There is no ledger here yet: starting the gateway creates it.');
  if (done.some((name) => !known.includes(name))) throw new StoreUnavailableError(NEWER);
  if (known.some((name) => !done.includes(name))) {
    throw new StoreUnavailableError(
      'The ledger was written by an older version of the gateway: start this version once.',
    );
  }
}

const NEWER = 'The ledger was written by a newer version of the gateway: start that version, or a later one.';

function createMigrator(db: LedgerDatabase, capabilities: DatabaseCapabilities): Migrator {
  const provider: MigrationProvider = {
    getMigrations: async () =>
      Object.fromEntries(
        Object.entries(MIGRATIONS).map(([name, up]) => [
          name,
          { up: (target: Kysely<unknown>) => up(target, capabilities) },
        ]),
      ),
  };
  return new Migrator({ db, provider });
}

async function findExecuted(db: LedgerDatabase): Promise<string[] | null> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return null;
  const rows = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  return rows.map((row) => row.name);
}

function isNewer(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('corrupted migrations');
}
