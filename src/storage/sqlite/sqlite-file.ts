/** Opens a ledger in a SQLite file, for one gateway at a time and any number of readers. */
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Dialect } from 'kysely';
import { StoreUnavailableError } from '../../domain/errors.ts';
import { toStoreError } from '../database/store-errors.ts';
import { createSqliteDialect } from './sqlite-dialect.ts';
import { assertReadableLedger, prepareLedgerPath } from './sqlite-path.ts';

/** Only another process, such as an operator's shell, can hold the file: this one has a single connection. */
const BUSY_TIMEOUT_MS = 250;
const CACHE_KIB = 32 * 1024;
/** The write-ahead log is cut back to this size after a burst of writes. */
const LOG_BYTES = 64 * 1024 * 1024;
const MEMORY = ':memory:';

export interface SqliteFile {
  readonly dialect: Dialect;
  /** Closes the file and frees it for another gateway. Every later query throws StoreUnavailableError. */
  close(): void;
}

/** @throws StoreUnavailableError if another gateway uses the file, or it cannot be opened */
export function openSqliteFile(path: string, mode: 'gateway' | 'reader'): SqliteFile {
  if (mode === 'reader') {
    if (path === MEMORY) throw new StoreUnavailableError('A ledger in memory can be read by its own gateway alone.');
    assertReadableLedger(path);
    const database = configured(path, true, 'pragma query_only = on');
    return createFile(database, null);
  }
  const lock = path === MEMORY ? null : lockFile(path);
  try {
    // What is committed survives a crash of the process (WAL) and of the machine (FULL).
    const database = configured(
      path,
      false,
      `pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -${CACHE_KIB}; pragma journal_size_limit = ${LOG_BYTES}`,
    );
    return createFile(database, lock);
  } catch (error) {
    lock?.close();
    throw error;
  }
}

function createFile(database: DatabaseSync, lock: DatabaseSync | null): SqliteFile {
  return {
    dialect: createSqliteDialect(database),
    close: () => {
      if (database.isOpen) database.close();
      if (lock?.isOpen) lock.close();
    },
  };
}

/**
 * Locks `<file>.lock`, another SQLite file, for the life of this connection. The kernel holds the lock and drops it
 * with the process, however that ends; the ledger's own file stays free for readers and backups.
 */
function lockFile(path: string): DatabaseSync {
  let lock: DatabaseSync | null = null;
  prepareLedgerPath(path);
  try {
    lock = new DatabaseSync(`${realPath(path)}.lock`, { timeout: 0 });
    lock.exec('pragma locking_mode = exclusive; begin exclusive');
    return lock;
  } catch (error) {
    lock?.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === 5) {
      throw new StoreUnavailableError(
        `Another gateway uses the ledger at ${path}. Stop it first, give this one a file of its own, or let both use PostgreSQL.`,
      );
    }
    throw openingError(path, error);
  }
}

/** Resolves links, so that two names of one file lead to one lock. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  return join(realpathSync(dirname(resolve(path))), basename(path));
}

function configured(path: string, readOnly: boolean, pragmas: string): DatabaseSync {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path, { readOnly, timeout: BUSY_TIMEOUT_MS });
    database.exec(pragmas);
    return database;
  } catch (error) {
    database?.close();
    throw openingError(path, error);
  }
}

function openingError(path: string, error: unknown): unknown {
  const known = toStoreError(error);
  const reason = known instanceof StoreUnavailableError ? known.message : (error as Error).message;
  const advice = isDamaged(error) ? ' Restore a backup of it (docs/money.md says how), or name another file.' : '';
  return new StoreUnavailableError(`The ledger at ${path} cannot be opened: ${reason}${advice}`, { cause: error });
}

/** SQLITE_CORRUPT and SQLITE_NOTADB, behind a header that is right. */
function isDamaged(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error)) return false;
  return error.errcode === 11 || error.errcode === 26;
}
