import type { DatabaseCapabilities } from '../database/capabilities.ts';
import type { LedgerDatabase } from '../database/tables.ts';
import type { Writer } from '../database/writer.ts';
import type { OwnerPresence } from './ledger-owner.ts';

/** What the store of each table is built on. */
export interface StoreParts {
  readonly capabilities: DatabaseCapabilities;
  readonly db: LedgerDatabase;
  readonly writer: Writer;
  readonly owner: OwnerPresence;
}
