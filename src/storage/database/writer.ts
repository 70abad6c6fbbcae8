/** Commits what the ledger's tables have to write. */
import type { Kysely } from 'kysely';
import { StoreUnavailableError } from '../../domain/errors.ts';
import type { LedgerTables } from './tables.ts';

/** Runs in a transaction, possibly more than once, so it must do nothing but query `db`. */
export type Write<T> = (db: Kysely<LedgerTables>) => Promise<T>;

/** Each write is durable, and whole or absent, before its promise resolves. */
export interface Writer {
  /** Commits several statements as one. */
  transact<T>(write: Write<T>): Promise<T>;
  /** Commits one statement, which needs no transaction of its own. */
  run<T>(write: Write<T>): Promise<T>;
  /** Resolves when every write that has begun is committed or has failed. */
  drain(): Promise<void>;
}

/** The writer of a store that is opened for reading. */
export function createRefusingWriter(): Writer {
  const refuse = async (): Promise<never> => {
    throw new StoreUnavailableError('The ledger is opened for reading only.');
  };
  return { transact: refuse, run: refuse, drain: async () => undefined };
}
