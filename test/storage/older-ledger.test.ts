import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { expect, it } from 'vitest';
import { createLedger } from '../../src/storage/migrations/001-ledger.ts';
import { openLedgerStore } from '../../src/storage/open-ledger-store.ts';
import { SQLITE_CAPABILITIES } from '../../src/storage/sqlite/sqlite-capabilities.ts';
import { openSqliteFile } from '../../src/storage/sqlite/sqlite-file.ts';
import { createLedgerFile } from '../support/ledger-file.ts';

/** A placement as the first tables held it. */
const PLACEMENT = {
  id: '6f9c0f9e-0d0a-4d58-9a55-0f1d2e3c4b5a',
  caller: 'local',
  idempotency_key: 'invoice-1',
  fingerprint: 'f',
  panel: 'acme',
  panel_host: 'acme.example',
  panel_dialect: 'standard',
  service_number: '1',
  details: '{"default":{"link":"https://example.com/x","quantity":100}}',
  state: 'UNKNOWN',
  order_status: '',
  is_retryable: 0,
  error_code: 'PANEL_TIMEOUT',
  error_message: 'The panel did not answer.',
  owner: 'gone',
  attempt: 1,
  created_at: 1_763_000_000_000,
  sent_at: 1_763_000_000_001,
  balance_before: '100.00',
  balance_after: '99.91',
};

async function writeOlderLedger(path: string): Promise<void> {
  const file = openSqliteFile(path, 'gateway');
  const db = new Kysely<{ placements: typeof PLACEMENT }>({ dialect: file.dialect });
  const migrations = { '001-ledger': { up: (target: Kysely<unknown>) => createLedger(target, SQLITE_CAPABILITIES) } };
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest();
  if (error) throw error;
  await db.insertInto('placements').values(PLACEMENT).execute();
  file.close();
}

it('a ledger with the first tables is taken over as it stands, without balances that nobody can date', async () => {
  using ledger = createLedgerFile();
  await writeOlderLedger(ledger.url.slice('sqlite:'.length));
  await using store = await openLedgerStore({ url: ledger.url });
  expect(await store.placements.findByKey('local', 'invoice-1')).toMatchObject({
    id: PLACEMENT.id,
    state: 'UNKNOWN',
    error: { code: 'PANEL_TIMEOUT', message: 'The panel did not answer.' },
    sentAt: PLACEMENT.sent_at,
    balanceEvidence: null,
    turn: null,
  });
  const placed = { outcome: 'placed', orderNumber: '5', at: 1_763_000_100_000, nextCheckAt: null } as const;
  expect(await store.placements.resolveByOperator(PLACEMENT.id, placed)).toMatchObject({ result: 'settled' });
});
