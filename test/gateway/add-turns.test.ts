import { afterAll, describe, expect, it } from 'vitest';
import { pause } from '../../src/domain/time/pause.ts';
import { startGateway } from '../support/gateway.ts';
import { addOrder, createHold } from '../support/orders.ts';
import { type TestPostgres, tryStartPostgres } from '../support/postgres.ts';
import { healthyPanel, startScriptedPanel } from '../support/scripted-panel.ts';

const postgres = await tryStartPostgres();
const reason = typeof postgres === 'string' ? postgres : null;
afterAll(async () => {
  if (reason === null) await (postgres as TestPostgres).close();
});

/** A panel that counts how many adds it has under way; each takes a moment. */
async function startBusyPanel(addMs: number) {
  let underWay = 0;
  let next = 1;
  const seen = { most: 0 };
  const panel = await startScriptedPanel(
    healthyPanel({
      add: async () => {
        underWay += 1;
        seen.most = Math.max(seen.most, underWay);
        await pause(addMs);
        underWay -= 1;
        return { order: next++ };
      },
    }),
  );
  return { panel, seen };
}

const buyAll = (gateways: readonly Parameters<typeof addOrder>[0][], count: number) =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      addOrder(gateways[index % gateways.length]!, { link: `https://example.com/${index}` }),
    ),
  );
const numbersOf = (answers: Awaited<ReturnType<typeof buyAll>>) => new Set(answers.map(({ number }) => number));

describe('the adds at an account', () => {
  it('go one at a time', async () => {
    const { panel, seen } = await startBusyPanel(10);
    await using _panel = panel;
    await using gateway = await startGateway({ acme: panel.url });
    expect(numbersOf(await buyAll([gateway], 20)).size).toBe(20);
    expect(seen.most).toBe(1);
  });

  it('go as many at a time as are configured', async () => {
    const { panel, seen } = await startBusyPanel(30);
    await using _panel = panel;
    await using gateway = await startGateway({ acme: { url: panel.url, addConcurrency: 3 } });
    expect(numbersOf(await buyAll([gateway], 20)).size).toBe(20);
    expect(seen.most).toBe(3);
  });

  it('go one at a time where two panels of the configuration are one account, and beside another', async () => {
    const { panel, seen } = await startBusyPanel(20);
    await using _panel = panel;
    await using gateway = await startGateway({ acme: panel.url, twin: panel.url });
    const twin = { serviceId: 'Service:twin:1' };
    await Promise.all([addOrder(gateway), addOrder(gateway, twin), addOrder(gateway), addOrder(gateway, twin)]);
    expect(seen.most).toBe(1);
    await using another = await startGateway({
      acme: panel.url,
      twin: { url: panel.url, key: 'k3y-of-another-account' },
    });
    await Promise.all([addOrder(another), addOrder(another, twin)]);
    expect(seen.most).toBe(2);
  });

  it('that wait longer than the deadline are not sent, and may be bought under their key', async () => {
    const { held, release } = createHold();
    let isFirst = true;
    await using panel = await startScriptedPanel(
      healthyPanel({
        add: async () => {
          if (isFirst) {
            isFirst = false;
            await held;
          }
          return { order: isFirst ? 1 : 2 + panel.callsOf('add').length };
        },
      }),
    );
    await using gateway = await startGateway({ acme: { url: panel.url, deadlineMs: 300 } });
    const slow = addOrder(gateway, { link: 'slow' });
    await expect.poll(() => panel.callsOf('add').length).toBe(1);
    const waiting = { link: 'waits', idempotencyKey: 'waits' };
    expect(await addOrder(gateway, waiting)).toMatchObject({
      __typename: 'PanelUnavailable',
      code: 'RATE_LIMITED',
      retryAfterMs: 1000,
    });
    release();
    await slow;
    expect(await addOrder(gateway, waiting)).toMatchObject({ __typename: 'AddOrderSuccess', replayed: false });
    expect(panel.callsOf('add')).toHaveLength(2);
  });

  it.skipIf(reason !== null)(
    `go one at a time over three gateways of one ledger${reason === null ? '' : ` (skipped: ${reason})`}`,
    { timeout: 30_000 },
    async () => {
      const { panel, seen } = await startBusyPanel(10);
      await using _panel = panel;
      const store = await (postgres as TestPostgres).createLedger();
      await using one = await startGateway({ acme: panel.url }, { store });
      await using two = await startGateway({ acme: panel.url }, { store });
      await using three = await startGateway({ acme: panel.url }, { store });
      const answers = await buyAll([one, two, three], 30);
      expect(numbersOf(answers).size).toBe(30);
      expect(seen.most).toBe(1);
    },
  );
});
