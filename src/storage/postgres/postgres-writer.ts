/** Commits on PostgreSQL, each write in a transaction of its own. */
import { isRepeatable, toStoreError } from '../database/store-errors.ts';
import type { LedgerDatabase } from '../database/tables.ts';
import type { Writer } from '../database/writer.ts';

const MOST_REPEATS = 4;

/** Runs a transaction again when it has lost to another one, as in a deadlock. */
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
