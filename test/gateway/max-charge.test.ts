import { describe, expect, it } from 'vitest';
import { createChangingOrders, underWay } from '../support/changing-orders.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { createLedgerFile } from '../support/ledger-file.ts';
import { addOrder } from '../support/orders.ts';
import { BALANCE, healthyPanel, serviceEntry, startScriptedPanel } from '../support/scripted-panel.ts';

const USD_1 = { amount: '1', currency: 'USD' };

describe("an order in the panel's own parameters", () => {
  const NEW_TYPE = healthyPanel({ services: () => [serviceEntry(1, { type: 'Something New' })] });
  const other = (fields: Readonly<Record<string, string>>): object => ({
    other: Object.entries({ link: 'a', ...fields }).map(([name, value]) => ({ name, value })),
  });

  it.each([
    ['runs that multiply the quantity', { quantity: '100', runs: '100' }, 'The order would cost 9 USD'],
    ['a parameter that may multiply it', { quantity: '100', days: '30' }, 'may multiply it by `days`'],
    ['no quantity', { colour: 'red' }, 'it has no `quantity`'],
  ])('is not bought under a maxCharge with %s, and bought without', async (_what, fields, message) => {
    await using panel = await startScriptedPanel(NEW_TYPE);
    await using gateway = await startGateway({ acme: panel.url });
    const details = other(fields);
    expect(await addOrder(gateway, { details, maxCharge: USD_1 })).toMatchObject({
      __typename: 'InvalidInput',
      code: 'PRICE_CHANGED',
      message: expect.stringContaining(message),
    });
    expect(panel.callsOf('add')).toEqual([]);
    expect(await addOrder(gateway, { details })).toMatchObject({ __typename: 'AddOrderSuccess' });
    expect(panel.callsOf('add')).toEqual([{ action: 'add', service: '1', link: 'a', ...fields }]);
  });

  it.each([
    ['a quantity given twice', { quantity: '100', 'quantity[]': '10000' }, 'details.other.2.name'],
    ["the gateway's own key", { quantity: '100', 'KEY[]': 'x' }, 'details.other.2.name'],
    ['a quantity that reads as two numbers', { quantity: '100e2' }, 'details.other.1.value'],
  ])('is never bought with %s', async (_what, fields, path) => {
    await using panel = await startScriptedPanel(NEW_TYPE);
    await using gateway = await startGateway({ acme: panel.url });
    const answer = await addOrder(gateway, { details: other(fields) });
    expect(answer).toMatchObject({ __typename: 'InvalidInput', issues: [{ path: path.split('.') }] });
    expect(panel.callsOf('add')).toEqual([]);
  });
});

describe('an order at a panel that has not told its currency', () => {
  const ESTIMATE = '{ placements(first: 1) { edges { node { estimatedCharge { amount currency } } } } }';

  it('is bought in its currency as soon as the panel tells it, and is not sent before under a maxCharge', async () => {
    let isAway = true;
    const balance = () => (isAway ? '<html>no</html>' : BALANCE);
    await using panel = await startScriptedPanel(healthyPanel({ balance }));
    await using gateway = await startGateway({ acme: panel.url });
    expect(await addOrder(gateway, { maxCharge: USD_1 })).toMatchObject({
      __typename: 'PanelUnavailable',
      code: 'PANEL_UNREACHABLE',
      message: expect.stringContaining("The panel's currency cannot be read"),
    });
    expect(panel.callsOf('add')).toEqual([]);
    isAway = false;
    const bought = async () => (await addOrder(gateway, { maxCharge: USD_1 })).__typename;
    await expect.poll(bought, { timeout: 5_000 }).toBe('AddOrderSuccess');
    expect((await gateway.ask(ESTIMATE)).data.placements.edges[0].node).toEqual({
      estimatedCharge: { amount: '0.09', currency: 'USD' },
    });
  });

  it('is estimated in the currency that the panel told before a restart', async () => {
    using ledger = createLedgerFile();
    await using panel = await startScriptedPanel(healthyPanel());
    const store = { store: ledger.url };
    {
      await using before = await startGateway({ acme: panel.url }, store);
      await addOrder(before);
    }
    panel.answer = healthyPanel({ balance: () => '<html>no</html>', add: () => ({ order: 9 }) });
    await using gateway = await startGateway({ acme: panel.url }, store);
    await addOrder(gateway, { link: 'another' });
    expect((await gateway.ask(ESTIMATE)).data.placements.edges[0].node).toEqual({
      estimatedCharge: { amount: '0.09', currency: 'USD' },
    });
    expect(await addOrder(gateway, { maxCharge: USD_1 })).toMatchObject({ __typename: 'PanelUnavailable' });
  });

  it('is refused under a maxCharge where the panel names none, with the remedy, and bought without', async () => {
    await using panel = await startScriptedPanel(healthyPanel({ balance: () => ({ balance: '1' }) }));
    await using gateway = await startGateway({ acme: panel.url });
    expect(await addOrder(gateway, { maxCharge: USD_1 })).toMatchObject({
      __typename: 'InvalidInput',
      code: 'PRICE_CHANGED',
      message: 'The panel does not tell the currency of its prices; it can be configured as `currency`.',
    });
    expect(await addOrder(gateway)).toMatchObject({ __typename: 'AddOrderSuccess' });
  });
});

describe('a charge above what an order allowed', () => {
  const ORDER = '{ order(id: "Order:acme:23501") { remains charge { amount } } }';
  /** No order is asked for unless a test asks. */
  const QUIET = { statusTtlMs: 0, tracker: { enabled: false } };

  async function countedOf(gateway: TestGateway): Promise<number> {
    const text = await (await fetch(new URL('/metrics', gateway.url))).text();
    return Number(/^panelgraph_charges_above_max_total\{panel="acme"\} ([0-9]{1,9})$/m.exec(text)?.[1] ?? 0);
  }
  const linesOf = (gateway: TestGateway, text: string) =>
    gateway.logs.filter((line) => line.includes(text)).map((line) => JSON.parse(line));

  it('is logged and counted once, however often the panel tells it', async () => {
    const { states, answer } = createChangingOrders({ 23501: underWay(100, { charge: '0.09' }) });
    await using panel = await startScriptedPanel(answer);
    await using gateway = await startGateway({ acme: panel.url }, QUIET);
    await addOrder(gateway, { maxCharge: USD_1 });
    for (const [remains, charge] of [
      [90, '1.5'],
      [80, '1.5'],
      [70, '1.6'],
      [60, '1.6'],
    ] as const) {
      states.set('23501', underWay(remains, { charge }));
      expect((await gateway.ask(ORDER)).data.order).toEqual({ remains, charge: { amount: charge } });
      await expect.poll(() => countedOf(gateway)).toBe(1);
    }
    expect(linesOf(gateway, 'more than the order allowed')).toEqual([
      expect.objectContaining({
        level: 'warn',
        panel: 'acme',
        orderNumber: '23501',
        charge: '1.5 USD',
        above: 'maxCharge',
        limit: '1 USD',
      }),
    ]);
  });

  it('is logged where it is above the price of the list, and not counted', async () => {
    const { states, answer } = createChangingOrders({ 23501: underWay(100, { charge: '0.5' }) });
    await using panel = await startScriptedPanel(answer);
    await using gateway = await startGateway({ acme: panel.url }, QUIET);
    await addOrder(gateway, { maxCharge: USD_1 });
    states.set('23501', underWay(90, { charge: '0.5' }));
    await gateway.ask(ORDER);
    await expect.poll(() => linesOf(gateway, 'more than estimated')).toHaveLength(1);
    expect(linesOf(gateway, 'more than estimated')[0]).toMatchObject({ level: 'info', limit: '0.09 USD' });
    expect(await countedOf(gateway)).toBe(0);
  });
});
