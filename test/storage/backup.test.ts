import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { openLedgerStore } from '../../src/storage/open-ledger-store.ts';
import { newPlacement, place } from '../conformance/ledger/ledger-samples.ts';
import { createLedgerFile } from '../support/ledger-file.ts';

it('is copied whole while a gateway writes to it, as docs/money.md says', async () => {
  using ledger = createLedgerFile();
  await using gateway = await openLedgerStore({ url: ledger.url });
  const { id } = await place(gateway, '23501');
  const writing = Promise.all(Array.from({ length: 500 }, () => gateway.placements.insertPending(newPlacement())));
  const copy = `${ledger.path}.copy`;
  const shell = new DatabaseSync(ledger.path, { readOnly: true });
  shell.exec(`VACUUM INTO '${copy}'`);
  shell.close();
  await writing;
  await using restored = await openLedgerStore({ url: `sqlite:${copy}` });
  expect(await restored.placements.findById(id)).toMatchObject({ state: 'PLACED', orderNumber: '23501' });
  expect((await restored.orders.findOrders('acme', ['23501']))[0]).not.toBeNull();
  expect((await restored.placements.insertPending(newPlacement())).result).toBe('inserted');
  // The gateway goes on with its own file.
  expect(await gateway.placements.countPlacements({})).toBe(501);
});
