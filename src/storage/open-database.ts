/** Opens the ledger's database by URL: `sqlite:<path>`, `sqlite::memory:` or `postgres://…`. */
import { Kysely } from 'kysely';
import type pg from 'pg';
import { StoreUnavailableError } from '../domain/errors.ts';
import type { DatabaseKind, LedgerDatabase, LedgerTables } from './database/tables.ts';
import { createPostgresWriter, createRefusingWriter, SqliteWriter, type Writer } from './database/writer.ts';
import { checkMigrated, migrate } from './migrations/migrate.ts';
import {
  createClientConfig,
  createPostgresDialect,
  createPostgresPool,
  type PostgresOptions,
} from './postgres/postgres-pool.ts';
import { openSqliteFile } from './sqlite/sqlite-file.ts';

export interface OpenDatabaseOptions {
  readonly url: string;
  /** `gateway` (default) migrates and is the one gateway of a SQLite file; `reader` only reads, beside a gateway too. */
  readonly mode?: 'gateway' | 'reader';
  /** Longest wait for a connection to PostgreSQL; 5,000 by default. */
  readonly connectTimeoutMs?: number;
  /** Longest run of one statement on PostgreSQL; 10,000 by default. */
  readonly statementTimeoutMs?: number;
  /** Connections to PostgreSQL beside the two that hold the owner's lock and listen; 10 by default. */
  readonly poolSize?: number;
}

export interface Database {
  readonly kind: DatabaseKind;
  readonly db: LedgerDatabase;
  readonly writer: Writer;
  /** For connections beside the pool; null on SQLite. */
  readonly clientConfig: pg.ClientConfig | null;
  /** Lets what was begun finish, then frees everything. */
  close(): Promise<void>;
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
  throw new StoreUnavailableError("The ledger's URL begins sqlite: or postgres://.");
}

async function openSqlite(path: string, mode: 'gateway' | 'reader'): Promise<Database> {
  if (path === '') throw new StoreUnavailableError("The ledger's URL names no file: sqlite:<path>.");
  const file = openSqliteFile(path, mode);
  const db = new Kysely<LedgerTables>({ dialect: file.dialect });
  const writer = mode === 'reader' ? createRefusingWriter() : new SqliteWriter(db);
  const close = async (): Promise<void> => {
    await writer.drain();
    file.close();
  };
  await closeOnFailure(() => prepareTables(db, 'sqlite', mode), close);
  return { kind: 'sqlite', db, writer, clientConfig: null, close };
}

async function openPostgres(options: PostgresOptions): Promise<Database> {
  const clientConfig = createClientConfig(options);
  if (options.mode === 'gateway') await migratePostgres(options);
  const pool = createPostgresPool(options);
  const db = new Kysely<LedgerTables>({ dialect: createPostgresDialect(pool) });
  const writer = options.mode === 'reader' ? createRefusingWriter() : createPostgresWriter(db);
  const close = (): Promise<void> => pool.end();
  if (options.mode === 'reader') await closeOnFailure(() => checkMigrated(db, 'postgres'), close);
  return { kind: 'postgres', db, writer, clientConfig, close };
}

/** On a connection of its own without a time limit: an index of a large table, or waiting for another gateway's. */
async function migratePostgres(options: PostgresOptions): Promise<void> {
  const pool = createPostgresPool({ ...options, statementTimeoutMs: 0, poolSize: 1 });
  const db = new Kysely<LedgerTables>({ dialect: createPostgresDialect(pool) });
  const close = (): Promise<void> => pool.end();
  await closeOnFailure(() => migrate(db, 'postgres'), close);
  await close();
}

function prepareTables(db: LedgerDatabase, kind: DatabaseKind, mode: 'gateway' | 'reader'): Promise<void> {
  return mode === 'gateway' ? migrate(db, kind) : checkMigrated(db, kind);
}

async function closeOnFailure(work: () => Promise<void>, close: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}
