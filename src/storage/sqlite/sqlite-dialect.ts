/** Kysely over node:sqlite: one connection, whose transactions Kysely keeps apart with its mutex. */
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

/** Lists of values make many texts of one query; beyond this many the least used are prepared anew. */
const KEPT_STATEMENTS = 256;

export function createSqliteDialect(database: DatabaseSync): Dialect {
  return {
    createAdapter: () => new TransactionalSqliteAdapter(),
    createDriver: () => new ImmediateSqliteDriver(database),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** SQLite takes back CREATE TABLE with the rest of a transaction, so a migration runs whole or not at all. */
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

  /** A transaction that reads first and writes later would fail at once, not wait, if another process wrote between. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** SQLite itself rolls back on a full disk; a second rollback would hide that error behind its own. */
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
  /** Whether it gives rows. */
  readonly reader: boolean;
}

function prepare(database: DatabaseSync, kept: Map<string, PreparedStatement>, sql: string): PreparedStatement {
  const prepared = kept.get(sql) ?? prepareNew(database, sql);
  // Set anew at the end: a Map keeps the order of insertion, so its first entry is the least used.
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
