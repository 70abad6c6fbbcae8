/** A ledger in a file of its own, deleted at the end. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerStore } from '../../src/storage/ledger/ledger-store.ts';
import { openLedgerStore } from '../../src/storage/open-ledger-store.ts';

export interface LedgerFile extends Disposable {
  readonly path: string;
  /** For the setting `store`. */
  readonly url: string;
  /** A second connection, which sees only what is committed. */
  openReader(): Promise<LedgerStore>;
}

export function createLedgerFile(): LedgerFile {
  const directory = mkdtempSync(join(tmpdir(), 'panelgraph-gateway-'));
  const path = join(directory, 'ledger.db');
  const url = `sqlite:${path}`;
  return {
    path,
    url,
    openReader: () => openLedgerStore({ url, mode: 'reader' }),
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  };
}
