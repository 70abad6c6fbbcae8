/** Balances that look as they did before, although the order was bought: words that nobody knows settle nothing there. */
import { expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { addOrder } from '../support/orders.ts';
import { healthyPanel, type ScriptedPanel, serviceEntry, startScriptedPanel } from '../support/scripted-panel.ts';

const NOBODY_KNOWS = { error: 'Zwirbel 7 krumt' };
const CENTS_MICROS = 10_000;

interface Account {
  micros: number;
  /** What the next order costs; 0 where it is billed later. */
  chargeMicros: number;
  /** Whether the next order is answered with words, after it was bought. */
  isWordy: boolean;
}

async function openAccount(service: object, show: (micros: number) => string) {
  const account: Account = { micros: 100_000_000, chargeMicros: 90_000, isWordy: false };
  let number = 23_500;
  const panel = await startScriptedPanel(
    healthyPanel({
      services: () => [serviceEntry(1, service)],
      balance: () => ({ balance: show(account.micros), currency: 'USD' }),
      add: () => {
        account.micros -= account.chargeMicros;
        number += 1;
        return account.isWordy ? NOBODY_KNOWS : { order: number };
      },
      cancel: () => {
        account.micros += account.chargeMicros;
        return [{ order: number, cancel: 1 }];
      },
    }),
  );
  return { account, panel };
}

const exact = (micros: number): string => (micros / 1e6).toFixed(6);

async function withGateway<T>(panel: ScriptedPanel, act: (gateway: TestGateway) => Promise<T>): Promise<T> {
  await using _panel = panel;
  await using gateway = await startGateway({ acme: panel.url }, { tracker: { enabled: false } });
  return await act(gateway);
}

it.each([
  ['canceled through the gateway', true],
  ['paid back by the panel of itself', false],
])('an equal order that was %s just before does not hide what was bought', async (_, isAsked) => {
  const { account, panel } = await openAccount({}, exact);
  await withGateway(panel, async (gateway) => {
    const first = await addOrder(gateway, { link: 'https://example.com/first' });
    if (isAsked) {
      const cancel = 'mutation ($ids: [ID!]!) { cancelOrders(orderIds: $ids) { __typename } }';
      await gateway.ask(cancel, { ids: [first.orderId] });
    } else account.micros += account.chargeMicros;
    account.isWordy = true;
    const second = await addOrder(gateway, { link: 'https://example.com/second' });
    expect(second).toMatchObject({ __typename: 'OutcomeUnknown' });
  });
});

it.each([
  ['costs less than the balance can show', { rate: '0.01' }, (micros: number) => (micros / 1e6).toFixed(2), 1_000],
  ['costs nothing', { rate: '0' }, exact, 0],
])('an order that %s is not called refused for a balance that has not changed', async (_, service, show, charge) => {
  const { account, panel } = await openAccount(service, show);
  account.chargeMicros = charge;
  account.micros += CENTS_MICROS / 2;
  account.isWordy = true;
  await withGateway(panel, async (gateway) => {
    expect(await addOrder(gateway)).toMatchObject({ __typename: 'OutcomeUnknown' });
  });
});

it('a subscription, which some panels bill a post, is not called refused for a balance that has not changed', async () => {
  const { account, panel } = await openAccount({ type: 'Subscriptions' }, exact);
  account.chargeMicros = 0;
  account.isWordy = true;
  const subscription = { username: 'ann', min: 100, max: 100, posts: 2, delay: 0 };
  await withGateway(panel, async (gateway) => {
    expect(await addOrder(gateway, { details: { subscription } })).toMatchObject({ __typename: 'OutcomeUnknown' });
  });
});

it('an order is not called refused where the balance fell by more than it costs', async () => {
  const { account, panel } = await openAccount({}, exact);
  account.isWordy = true;
  account.chargeMicros = 90_000 + 12_345;
  await withGateway(panel, async (gateway) => {
    expect(await addOrder(gateway)).toMatchObject({ __typename: 'OutcomeUnknown' });
  });
});
