/** Commits. Each write is durable, and whole or absent, before its promise resolves. */
import { type Kysely, sql } from 'kysely';
import { StoreUnavailableError } from '../../domain/errors.ts';
import { isRepeatable, toStoreError } from './store-errors.ts';
import type { LedgerDatabase, LedgerTables } from './tables.ts';

/** Runs in a transaction, maybe more than once: it does nothing but query `db`. */
export type Write<T> = (db: Kysely<LedgerTables>) => Promise<T>;

export interface Writer {
  /** Several statements, as one. */
  transact<T>(write: Write<T>): Promise<T>;
  /** One statement, which needs no transaction of its own. */
  run<T>(write: Write<T>): Promise<T>;
  /** Resolves when every write that has been begun is committed or has failed. */
  drain(): Promise<void>;
}

const MOST_REPEATS = 4;

/** PostgreSQL: a transaction each; one that lost to another (a deadlock) is run again. */
export function createPostgresWriter(db: LedgerDatabase): Writer {
  const repeat = async <T>(work: () => Promise<T>, repeats = MOST_REPEATS): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (isRepeatable(error) && repeats > 0) return repeat(work, repeats - 1);
      throw toStoreError(error);
    }
  };
  return {
    transact: (write) => repeat(() => db.transaction().execute(write)),
    run: (write) => repeat(() => write(db)),
    drain: async () => undefined,
  };
}

/** For a store that is opened for reading. */
export function createRefusingWriter(): Writer {
  const refuse = async (): Promise<never> => {
    throw new StoreUnavailableError('The ledger is opened for reading only.');
  };
  return { transact: refuse, run: refuse, drain: async () => undefined };
}

/** One commit waits for the disk about as long as a hundred do; more would keep the event loop. */
const MOST_TOGETHER = 128;

/** SQLite: writes that arrive together are committed together, each in a savepoint of its own. */
export class SqliteWriter implements Writer {
  readonly #db: LedgerDatabase;
  #waiting: QueuedWrite[] = [];
  #flushing: Promise<void> | null = null;
  #wasAlone = true;

  constructor(db: LedgerDatabase) {
    this.#db = db;
  }

  transact<T>(write: Write<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    let result: T;
    this.#waiting.push({
      run: async (db) => {
        result = await write(db);
      },
      succeed: () => resolve(result),
      fail: reject,
    });
    this.#flushing ??= this.#flush();
    return promise;
  }

  run<T>(write: Write<T>): Promise<T> {
    return this.transact(write);
  }

  async drain(): Promise<void> {
    while (this.#flushing !== null) await this.#flushing;
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      // By then everything that this turn of the event loop wants written stands in the queue. Who was alone the last
      // time goes at once: the first of a burst is written by itself, the rest of it together.
      if (!this.#wasAlone) await new Promise((resolve) => setImmediate(resolve));
      const batch = this.#waiting.splice(0, MOST_TOGETHER);
      this.#wasAlone = batch.length === 1;
      await this.#commit(batch);
    }
    this.#flushing = null;
  }

  async #commit(batch: readonly QueuedWrite[]): Promise<void> {
    const failures = new Map<QueuedWrite, unknown>();
    try {
      await this.#db.transaction().execute(async (db) => {
        for (const write of batch) {
          // One that is alone is undone with its transaction.
          const failure = batch.length === 1 ? await write.run(db) : await runInSavepoint(db, write);
          if (failure) failures.set(write, failure.error);
        }
      });
    } catch (error) {
      // Nothing of it is stored, not even what had run well.
      const failure = toStoreError(error);
      for (const write of batch) write.fail(failure);
      return;
    }
    for (const write of batch) {
      if (failures.has(write)) write.fail(failures.get(write));
      else write.succeed();
    }
  }
}

interface QueuedWrite {
  run(db: Kysely<LedgerTables>): Promise<void>;
  succeed(): void;
  fail(error: unknown): void;
}

/** Undoes a write that fails by itself; a store that fails takes the whole transaction with it. */
async function runInSavepoint(db: Kysely<LedgerTables>, write: QueuedWrite): Promise<{ error: unknown } | null> {
  await sql`savepoint one_write`.execute(db);
  try {
    await write.run(db);
    await sql`release one_write`.execute(db);
    return null;
  } catch (error) {
    if (error instanceof StoreUnavailableError) throw error;
    await sql`rollback to one_write`.execute(db);
    await sql`release one_write`.execute(db);
    return { error };
  }
}
