/** An open database of the ledger, whichever it is. */
import type pg from 'pg';
import type { DatabaseCapabilities } from './capabilities.ts';
import type { LedgerDatabase } from './tables.ts';
import type { Writer } from './writer.ts';

export interface Database {
  readonly capabilities: DatabaseCapabilities;
  readonly db: LedgerDatabase;
  readonly writer: Writer;
  /** For connections outside the pool; null on SQLite. */
  readonly clientConfig: pg.ClientConfig | null;
  /** Waits for the writes that have begun, then closes every connection. */
  close(): Promise<void>;
}
