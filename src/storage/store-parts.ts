/** What each table's store is built on. */
import type { OwnerPresence } from './ledger-owner.ts';
import type { DatabaseKind, LedgerDatabase } from './schema.ts';
import type { Writer } from './writer.ts';

export interface StoreParts {
  readonly kind: DatabaseKind;
  readonly db: LedgerDatabase;
  readonly writer: Writer;
  readonly owner: OwnerPresence;
}
