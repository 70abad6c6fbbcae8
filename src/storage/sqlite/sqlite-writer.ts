/** Commits on SQLite, many writes in one transaction. */
import { type Kysely, sql } from 'kysely';
import { StoreUnavailableError } from '../../domain/errors.ts';
import { toStoreError } from '../database/store-errors.ts';
import type { LedgerDatabase, LedgerTables } from '../database/tables.ts';
import type { Write, Writer } from '../database/writer.ts';

/** A commit waits for the disk about as long for a hundred writes as for one; more would block the event loop. */
const MOST_TOGETHER = 128;

/** Writes that arrive together are committed together, each in a savepoint of its own. */
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
      // After this pause the queue holds everything that the current turn of the event loop wants to write. Where the
      // last batch was a single write there is no pause: the first of a burst is written alone, the rest together.
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
          // A single write needs no savepoint: a failure undoes the whole transaction.
          const failure = batch.length === 1 ? await write.run(db) : await runInSavepoint(db, write);
          if (failure) failures.set(write, failure.error);
        }
      });
    } catch (error) {
      // Nothing of the batch is stored, not even the writes that ran without an error.
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

/** Undoes only this write when it fails; when the store itself fails, the whole transaction fails. */
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
