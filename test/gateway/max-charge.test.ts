import { describe, expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { addOrder } from '../support/orders.ts';
import { healthyPanel, serviceEntry, startScriptedPanel } from '../support/scripted-panel.ts';

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
