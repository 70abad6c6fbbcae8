/** Opens the ledger's database by its URL: `sqlite:<path>`, `sqlite::memory:` or `postgres://…`. */
import { Kysely } from 'kysely';
import { StoreUnavailableError } from '../domain/errors.ts';
import type { Database } from './database/database.ts';
import type { LedgerTables } from './database/tables.ts';
import { createRefusingWriter } from './database/writer.ts';
import { checkMigrated, migrate } from './migrations/migrate.ts';
import { POSTGRES_CAPABILITIES } from './postgres/postgres-capabilities.ts';
import {
  createClientConfig,
  createPostgresDialect,
  createPostgresPool,
  type PostgresOptions,
} from './postgres/postgres-pool.ts';
import { createPostgresWriter } from './postgres/postgres-writer.ts';
import { SQLITE_CAPABILITIES } from './sqlite/sqlite-capabilities.ts';
import { openSqliteFile } from './sqlite/sqlite-file.ts';
import { SqliteWriter } from './sqlite/sqlite-writer.ts';

export interface OpenDatabaseOptions {
  readonly url: string;
  /**
   * A `gateway` (the default) migrates the tables, and is the only gateway of a SQLite file. A `reader` only reads, and
   * may do so while a gateway runs.
   */
  readonly mode?: 'gateway' | 'reader';
  /** Longest wait for a connection to PostgreSQL; 5,000 by default. */
  readonly connectTimeoutMs?: number;
  /** Longest time for one statement on PostgreSQL; 10,000 by default. */
  readonly statementTimeoutMs?: number;
  /** Connections to PostgreSQL, apart from the two that hold the owner's lock and listen; 10 by default. */
  readonly poolSize?: number;
}

/**
 * Opens the database with its tables up to date.
 * @throws StoreUnavailableError with a sentence that holds no credentials
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const { url, mode = 'gateway' } = options;
  if (url.startsWith('sqlite:')) return openSqlite(url.slice('sqlite:'.length), mode);
  if (/^postgres(?:ql)?:\/\//.test(url)) {
    const { connectTimeoutMs = 5_000, statementTimeoutMs = 10_000, poolSize = 10 } = options;
    return openPostgres({ url, mode, connectTimeoutMs, statementTimeoutMs, poolSize });
  }
  throw new StoreUnavailableError("The ledger's URL must begin with sqlite: or postgres://.");
}

async function openSqlite(path: string, mode: 'gateway' | 'reader'): Promise<Database> {
  if (path === '') throw new StoreUnavailableError("The ledger's URL names no file: write sqlite:<path>.");
  const file = openSqliteFile(path, mode);
  const db = new Kysely<LedgerTables>({ dialect: file.dialect });
  const writer = mode === 'reader' ? createRefusingWriter() : new SqliteWriter(db);
  const close = async (): Promise<void> => {
    await writer.drain();
    file.close();
  };
  const prepareTables = () => (mode === 'reader' ? checkMigrated(db) : migrate(db, SQLITE_CAPABILITIES));
  await closeOnFailure(prepareTables, close);
  return { capabilities: SQLITE_CAPABILITIES, db, writer, clientConfig: null, close };
}

async function openPostgres(options: PostgresOptions): Promise<Database> {
  const clientConfig = createClientConfig(options);
  if (options.mode === 'gateway') await migratePostgres(options);
  const pool = createPostgresPool(options);
  const db = new Kysely<LedgerTables>({ dialect: createPostgresDialect(pool) });
  const writer = options.mode === 'reader' ? createRefusingWriter() : createPostgresWriter(db);
  const close = (): Promise<void> => pool.end();
  if (options.mode === 'reader') await closeOnFailure(() => checkMigrated(db), close);
  return { capabilities: POSTGRES_CAPABILITIES, db, writer, clientConfig, close };
}

/**
 * Migrates on a connection that has no time limit: the index of a large table takes long, and so does waiting for
 * another gateway that migrates.
 */
async function migratePostgres(options: PostgresOptions): Promise<void> {
  const pool = createPostgresPool({ ...options, statementTimeoutMs: 0, poolSize: 1 });
  const db = new Kysely<LedgerTables>({ dialect: createPostgresDialect(pool) });
  const close = (): Promise<void> => pool.end();
  await closeOnFailure(() => migrate(db, POSTGRES_CAPABILITIES), close);
  await close();
}

async function closeOnFailure(work: () => Promise<void>, close: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}
