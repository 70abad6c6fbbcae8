/** What each table's store is built on. */

import type { DatabaseKind, LedgerDatabase } from '../database/tables.ts';
import type { Writer } from '../database/writer.ts';
import type { OwnerPresence } from './ledger-owner.ts';

export interface StoreParts {
  readonly kind: DatabaseKind;
  readonly db: LedgerDatabase;
  readonly writer: Writer;
  readonly owner: OwnerPresence;
}
