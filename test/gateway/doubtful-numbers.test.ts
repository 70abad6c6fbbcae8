import { describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { addOrder } from '../support/orders.ts';
import { healthyPanel, type ScriptedPanel, startScriptedPanel } from '../support/scripted-panel.ts';

/** The panel reads ids as PHP does: whatever begins like an integer is one, and all of them are order 7. */
const QUIET = { statusTtlMs: 0, tracker: { enabled: false } };
const numbering = (...orders: string[]): ScriptedPanel['answer'] =>
  healthyPanel({ add: () => ({ order: orders.shift() ?? 'none left' }) });

async function numbersShown(gateway: TestGateway, numbers: readonly string[]): Promise<readonly (string | null)[]> {
  const { data, errors } = await gateway.ask('query ($ids: [ID!]!) { orders(ids: $ids) { number } }', {
    ids: numbers.map((number) => `Order:acme:${number}`),
  });
  expect(errors).toBeUndefined();
  return data.orders.map((order: { number: string } | null) => order?.number ?? null);
}

const asked = (panel: ScriptedPanel): string[] =>
  panel.calls.flatMap(({ order, orders }) => [...(order ? [order] : []), ...(orders ? orders.split(',') : [])]);

describe('an order number that a panel would read as another', () => {
  it('is not asked for with leading zeros or in other digits', async () => {
    await using panel = await startScriptedPanel(numbering());
    await using gateway = await startGateway({ acme: panel.url }, QUIET);
    expect(await numbersShown(gateway, ['007', '7', '+7', '٧'])).toEqual([null, '7', null, null]);
    expect(asked(panel)).toEqual(['7']);
    const { data } = await gateway.ask(
      '{ order(id: "Order:acme:007") { number } node(id: "Order:acme:0007") { id } refill(id: "Refill:acme:09") { number } }',
    );
    expect(data).toEqual({ order: null, node: null, refill: null });
    expect(panel.callsOf('refill_status')).toEqual([]);
  });

  it.each(['refillOrders', 'cancelOrders'])('is neither refilled nor canceled: %s', async (command) => {
    await using panel = await startScriptedPanel(numbering('23501'));
    await using gateway = await startGateway({ acme: panel.url }, QUIET);
    await addOrder(gateway);
    const { data } = await gateway.ask(
      `mutation { ${command}(orderIds: ["Order:acme:007", "Order:acme:7", "Order:acme:7abc"]) { __typename
        ... on InvalidInput { code message issues { path } } } }`,
    );
    expect(data[command]).toEqual([
      {
        __typename: 'InvalidInput',
        code: 'ORDER_NOT_FOUND',
        message: 'The panel `acme` has no order 007.',
        issues: [{ path: ['orderIds', '0'] }],
      },
      { __typename: expect.stringContaining('Success') },
      expect.objectContaining({ __typename: 'InvalidInput', code: 'ORDER_NOT_FOUND' }),
    ]);
    expect(asked(panel)).toEqual(['7']);
  });

  it('is asked for where the ledger holds an order of exactly that number', async () => {
    await using panel = await startScriptedPanel(numbering('0070', '7abc'));
    await using gateway = await startGateway({ acme: panel.url }, QUIET);
    for (const link of ['a', 'b']) expect((await addOrder(gateway, { link })).__typename).toBe('AddOrderSuccess');
    expect(await numbersShown(gateway, ['0070', '7abc', '070'])).toEqual(['0070', '7abc', null]);
    const { data } = await gateway.ask('mutation { cancelOrders(orderIds: ["Order:acme:0070"]) { __typename } }');
    expect(data.cancelOrders).toEqual([{ __typename: 'CancelOrderSuccess' }]);
  });

  it.each([
    ['no order', [], ['7abc', '7.0', '7e1']],
    ['an order with letters', ['23501', '3f2a-9c1e'], ['7abc', '7.0', '7e1']],
    ['plain numbers alone', ['23501', '23502'], [null, null, null]],
  ])('is asked for with letters after it by what the ledger shows: %s', async (_what, orders, shown) => {
    await using panel = await startScriptedPanel(numbering(...orders));
    await using gateway = await startGateway({ acme: panel.url }, QUIET);
    for (const link of orders) await addOrder(gateway, { link });
    expect(await numbersShown(gateway, ['7abc', '7.0', '7e1'])).toEqual(shown);
  });
});
