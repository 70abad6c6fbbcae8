/** Kysely over node:sqlite: one connection, on which Kysely's mutex runs one transaction at a time. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { toStoreError } from '../database/store-errors.ts';

/** A query with a list of values has a text for each length. The statements used least recently are dropped. */
const KEPT_STATEMENTS = 256;

export function createSqliteDialect(database: DatabaseSync): Dialect {
  return {
    createAdapter: () => new TransactionalSqliteAdapter(),
    createDriver: () => new ImmediateSqliteDriver(database),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** SQLite rolls back CREATE TABLE with the rest of a transaction, so a migration runs whole or not at all. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class ImmediateSqliteDriver extends SqliteDriver {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    super({ database: withPreparedStatements(database) });
    this.#database = database;
  }

  /** Takes the write lock at once: to take it after a read fails without a wait if another process wrote in between. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** SQLite has already rolled back when the disk is full; the error of a second rollback would hide that one. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.isOpen && this.#database.isTransaction) await super.rollbackTransaction(connection);
  }
}

function withPreparedStatements(database: DatabaseSync): SqliteDatabase {
  const kept = new Map<string, PreparedStatement>();
  return {
    close: () => {
      if (database.isOpen) database.close();
    },
    prepare: (sql) => {
      const { statement, reader } = mapped(() => prepare(database, kept, sql));
      return {
        reader,
        all: (parameters) => mapped(() => statement.all(...(parameters as SQLInputValue[]))),
        run: (parameters) => mapped(() => statement.run(...(parameters as SQLInputValue[]))),
        iterate: (parameters) => mapped(() => statement.iterate(...(parameters as SQLInputValue[]))),
      };
    },
  };
}

interface PreparedStatement {
  readonly statement: StatementSync;
  /** Whether it returns rows. */
  readonly reader: boolean;
}

function prepare(database: DatabaseSync, kept: Map<string, PreparedStatement>, sql: string): PreparedStatement {
  const prepared = kept.get(sql) ?? prepareNew(database, sql);
  // Inserted again at the end: a Map keeps the order of insertion, so its first entry was used least recently.
  kept.delete(sql);
  kept.set(sql, prepared);
  if (kept.size > KEPT_STATEMENTS) {
    for (const oldest of kept.keys()) {
      kept.delete(oldest);
      break;
    }
  }
  return prepared;
}

function prepareNew(database: DatabaseSync, sql: string): PreparedStatement {
  const statement = database.prepare(sql);
  return { statement, reader: statement.columns().length > 0 };
}

function mapped<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw toStoreError(error);
  }
}
