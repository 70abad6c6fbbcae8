/** Brings the tables of a ledger up to date, or says that they are not. */
import type { Kysely } from 'kysely';
import { type MigrationProvider, Migrator } from 'kysely/migration';
import { StoreUnavailableError } from '../../domain/errors.ts';
import { toStoreError } from '../database/store-errors.ts';
import type { DatabaseKind, LedgerDatabase } from '../database/tables.ts';
import { createLedger } from './001-ledger.ts';
import { addEvidence } from './002-evidence.ts';

/** In order; names are numbered and never change. */
const MIGRATIONS: Readonly<Record<string, (db: Kysely<unknown>, kind: DatabaseKind) => Promise<void>>> = {
  '001-ledger': createLedger,
  '002-evidence': addEvidence,
};

/**
 * Runs what has not been run, all or none of it. Several processes may do so at once: on PostgreSQL Kysely's
 * migrator holds an advisory lock meanwhile, on SQLite there is one gateway a file.
 */
export async function migrate(db: LedgerDatabase, kind: DatabaseKind): Promise<void> {
  const { error } = await createMigrator(db, kind).migrateToLatest();
  if (error === undefined) return;
  if (isNewer(error)) throw new StoreUnavailableError(NEWER, { cause: error });
  throw toStoreError(error);
}

/** @throws StoreUnavailableError where the tables are not exactly those of this version */
export async function checkMigrated(db: LedgerDatabase, kind: DatabaseKind): Promise<void> {
  const done = await findExecuted(db);
  const known = Object.keys(MIGRATIONS);
  if (done === null) throw new StoreUnavailableError('There is no ledger here yet: start the gateway once.');
  if (done.some((name) => !known.includes(name))) throw new StoreUnavailableError(NEWER);
  if (known.some((name) => !done.includes(name))) {
    throw new StoreUnavailableError(
      `The ${kind === 'sqlite' ? 'file' : 'database'} of the ledger is of an older version: start the gateway once.`,
    );
  }
}

const NEWER = 'The ledger was written by a newer version of the gateway: start that version or a newer one.';

function createMigrator(db: LedgerDatabase, kind: DatabaseKind): Migrator {
  const provider: MigrationProvider = {
    getMigrations: async () =>
      Object.fromEntries(
        Object.entries(MIGRATIONS).map(([name, up]) => [name, { up: (target: Kysely<unknown>) => up(target, kind) }]),
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
