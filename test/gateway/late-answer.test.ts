import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { createLedgerFile } from '../support/ledger-file.ts';
import { addOrder } from '../support/orders.ts';
import { healthyPanel, startScriptedPanel } from '../support/scripted-panel.ts';

it('lets the decision of a person stand when the panel answers afterwards, and logs the order that it named', async () => {
  using ledger = createLedgerFile();
  await using panel = await startScriptedPanel(
    healthyPanel({
      add: () => {
        // As another gateway does that takes this one for dead, and a person who is too fast.
        using shell = new DatabaseSync(ledger.path);
        shell.exec(`update placements set state = 'REJECTED', settled_by = 'operator', settled_at = 1,
          error_code = 'SETTLED_NOT_PLACED', error_message = 'Nothing was bought.'`);
        return { order: 4711 };
      },
    }),
  );
  await using gateway = await startGateway({ acme: panel.url }, { store: ledger.url });
  const order = { idempotencyKey: 'settled too soon' };
  const settled = { __typename: 'PanelRejected', code: 'SETTLED_NOT_PLACED' };
  expect(await addOrder(gateway, order)).toMatchObject(settled);
  expect(await addOrder(gateway, order)).toMatchObject(settled);
  expect(panel.callsOf('add')).toHaveLength(1);
  const line = gateway.logs.find((text) => text.includes('4711'));
  expect(JSON.parse(line ?? '{}')).toMatchObject({
    level: 'error',
    err: { message: 'The panel answered with order 4711 when the placement was REJECTED already.' },
  });
});
