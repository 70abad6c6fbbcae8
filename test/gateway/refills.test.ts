import { describe, expect, it } from 'vitest';
import { COMPLETED, createChangingOrders, underWay } from '../support/changing-orders.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { createLedgerFile } from '../support/ledger-file.ts';
import { readOrderRequests } from '../support/order-requests.ts';
import { addOrder, createHold } from '../support/orders.ts';
import { healthyPanel, type ScriptedAnswer, startScriptedPanel } from '../support/scripted-panel.ts';

/** Nothing is asked but by the tests themselves, and every look-up reaches the panel. */
const QUIET = { tracker: { enabled: false }, statusTtlMs: 0 };
const IMPATIENT = { timeoutMs: 300, addTimeoutMs: 300, deadlineMs: 600, breaker: { consecutiveFailures: 1000 } };

const REFILL = `mutation ($ids: [ID!]!) { refillOrders(orderIds: $ids) { __typename
  ... on RefillOrderSuccess { orderId refillId } ... on Error { code }
  ... on OutcomeUnknown { panel { name } placement { id } } } }`;
const CANCEL = `mutation ($ids: [ID!]!) { cancelOrders(orderIds: $ids) { __typename
  ... on CancelOrderSuccess { orderId } ... on Error { code }
  ... on OutcomeUnknown { panel { name } placement { id } } } }`;
const REFILLS = `{ order(id: "Order:acme:7") { refills { id number status statusText checkedAt order { number } } } }`;

const refill = async (gateway: TestGateway, ...ids: string[]) => (await gateway.ask(REFILL, { ids })).data.refillOrders;

describe('refills', () => {
  /** A panel that numbers refills from 1 on. */
  function countingPanel() {
    let next = 1;
    const statuses = new Map<string, string>();
    const answer = healthyPanel({
      refill: ({ order, orders }) =>
        order === undefined
          ? (orders ?? '').split(',').map((number) => ({ order: number, refill: next++ }))
          : { refill: next++ },
      refill_status: ({ refill: one, refills }) =>
        one === undefined
          ? (refills ?? '').split(',').map((id) => ({ refill: id, status: statuses.get(id) ?? 'Pending' }))
          : { status: statuses.get(one) ?? 'Pending' },
    });
    return { statuses, answer };
  }

  it('stand at their order, newest first, each in its state of now', async () => {
    const { statuses, answer } = countingPanel();
    await using panel = await startScriptedPanel(answer);
    await using gateway = await startGateway({ acme: panel.url }, QUIET);
    for (let time = 0; time < 3; time += 1) await refill(gateway, 'Order:acme:7');
    await refill(gateway, 'Order:acme:8');
    statuses.set('2', 'Completed');
    statuses.set('1', 'Rejected');
    const { order } = (await gateway.ask(REFILLS)).data;
    expect(order.refills).toMatchObject([
      { id: 'Refill:acme:3', number: '3', status: 'PENDING', order: { number: '7' } },
      { id: 'Refill:acme:2', number: '2', status: 'COMPLETED', order: { number: '7' } },
      { id: 'Refill:acme:1', number: '1', status: 'REJECTED', order: { number: '7' } },
    ]);
    expect(panel.callsOf('refill_status')).toHaveLength(1);
  });

  it('know their order, and one that was not asked for here does not', async () => {
    const { answer } = countingPanel();
    await using panel = await startScriptedPanel(answer);
    await using gateway = await startGateway({ acme: panel.url }, QUIET);
    await addOrder(gateway);
    await refill(gateway, 'Order:acme:23501');
    const { data } = await gateway.ask(`{ refills(ids: ["Refill:acme:1", "Refill:acme:99"]) {
      number order { number placement { state } } } }`);
    expect(data.refills).toEqual([
      { number: '1', order: { number: '23501', placement: { state: 'PLACED' } } },
      { number: '99', order: null },
    ]);
  });

  it('are remembered by a gateway that starts again', async () => {
    using ledger = createLedgerFile();
    const { answer } = countingPanel();
    await using panel = await startScriptedPanel(answer);
    {
      await using gateway = await startGateway({ acme: panel.url }, { ...QUIET, store: ledger.url });
      await refill(gateway, 'Order:acme:7');
    }
    await using gateway = await startGateway({ acme: panel.url }, { ...QUIET, store: ledger.url });
    expect((await gateway.ask(REFILLS)).data.order.refills).toMatchObject([{ number: '1' }]);
  });

  it('are followed to their end by the tracker, and then asked for no more', async () => {
    const { statuses, answer } = countingPanel();
    await using panel = await startScriptedPanel(answer);
    using ledger = createLedgerFile();
    await using gateway = await startGateway(
      { acme: panel.url },
      { tracker: { minIntervalMs: 50 }, statusTtlMs: 0, store: ledger.url },
    );
    await refill(gateway, 'Order:acme:7');
    await using reader = await ledger.openReader();
    const stored = async () => (await reader.refills.findRefills('acme', ['1']))[0];
    await expect.poll(async () => (await stored())?.state.statusText).toBe('Pending');
    statuses.set('1', 'Completed');
    await expect.poll(stored).toMatchObject({ state: { status: 'COMPLETED' }, isFinal: true, nextCheckAt: null });
  });

  it('reopen the following of an order that was final', async () => {
    const orders = createChangingOrders({ '23501': COMPLETED });
    await using panel = await startScriptedPanel(orders.answer);
    using ledger = createLedgerFile();
    await using gateway = await startGateway(
      { acme: panel.url },
      { tracker: { minIntervalMs: 50 }, statusTtlMs: 0, store: ledger.url },
    );
    await addOrder(gateway);
    await using reader = await ledger.openReader();
    const stored = async () => (await reader.orders.findOrders('acme', ['23501']))[0];
    await expect.poll(stored).toMatchObject({ isFinal: true, nextCheckAt: null });
    orders.states.set('23501', underWay(30));
    await refill(gateway, 'Order:acme:23501');
    await expect.poll(stored).toMatchObject({ isFinal: false, state: { status: 'IN_PROGRESS', remains: 30 } });
    orders.states.set('23501', COMPLETED);
    await expect.poll(stored).toMatchObject({ isFinal: true, nextCheckAt: null });
  });

  it('show the state of their order anew within the request that asked for them', async () => {
    const orders = createChangingOrders(
      { '7': COMPLETED },
      {
        refill: () => {
          orders.states.set('7', underWay(30));
          return { refill: 1 };
        },
      },
    );
    await using panel = await startScriptedPanel(orders.answer);
    await using gateway = await startGateway({ acme: panel.url }, { tracker: { enabled: false } });
    const { data } = await gateway.ask(`mutation {
      cancelOrders(orderIds: ["Order:acme:7"]) { ... on CancelOrderSuccess { order { status } } }
      refillOrders(orderIds: ["Order:acme:7"]) { ... on RefillOrderSuccess { refill { order { status } } } } }`);
    expect(data).toEqual({
      cancelOrders: [{ order: { status: 'COMPLETED' } }],
      refillOrders: [{ refill: { order: { status: 'IN_PROGRESS' } } }],
    });
  });
});

describe('a refill or a cancellation without a trustworthy answer', () => {
  const ANSWERS: readonly (readonly [string, ScriptedAnswer, string])[] = [
    ['HTML', '<html>no</html>', 'UNREADABLE_REPLY'],
    ['HTTP 500', (response) => void response.writeHead(500).end(), 'PANEL_ERROR'],
    ['truncated JSON', '[{"order":7,', 'UNREADABLE_REPLY'],
    ['null', 'null', 'UNREADABLE_REPLY'],
    ['an empty body', '', 'UNREADABLE_REPLY'],
    ['a reset', (response) => void response.destroy(), 'PANEL_ERROR'],
    ['silence', () => {}, 'PANEL_TIMEOUT'],
  ];
  it.each(ANSWERS)('is unknown after %s, sent once, and recorded so', async (_name, answer, code) => {
    using ledger = createLedgerFile();
    await using panel = await startScriptedPanel(healthyPanel({ refill: () => answer, cancel: () => answer }));
    await using gateway = await startGateway(
      { acme: { url: panel.url, ...IMPATIENT } },
      { ...QUIET, store: ledger.url },
    );
    const unknown = { __typename: 'OutcomeUnknown', code, panel: { name: 'acme' }, placement: null };
    const ids = ['Order:acme:7', 'Order:acme:8'];
    expect((await gateway.ask(REFILL, { ids })).data.refillOrders).toEqual([unknown, unknown]);
    expect((await gateway.ask(CANCEL, { ids })).data.cancelOrders).toEqual([unknown, unknown]);
    expect(panel.callsOf('refill')).toHaveLength(1);
    expect(panel.callsOf('cancel')).toHaveLength(1);
    expect(await readOrderRequests(ledger.url, 'acme', '7')).toMatchObject([
      { kind: 'cancel', answer: { outcome: 'unknown', code, refillNumber: null } },
      { kind: 'refill', answer: { outcome: 'unknown', code, refillNumber: null } },
    ]);
    panel.answer = healthyPanel();
    expect(await refill(gateway, 'Order:acme:7')).toMatchObject([{ refillId: 'Refill:acme:97' }]);
  });

  it('is recorded before the panel sees it', async () => {
    using ledger = createLedgerFile();
    const seen: unknown[] = [];
    await using panel = await startScriptedPanel(
      healthyPanel({
        refill: async () => {
          seen.push(...(await readOrderRequests(ledger.url, 'acme', '7')));
          return { refill: 1 };
        },
      }),
    );
    await using gateway = await startGateway({ acme: panel.url }, { ...QUIET, store: ledger.url });
    await refill(gateway, 'Order:acme:7');
    expect(seen).toMatchObject([{ kind: 'refill', orderNumber: '7', answer: null }]);
  });

  it('is not sent at all while the gateway shuts down, and what was sent is stored', async () => {
    using ledger = createLedgerFile();
    const { held, release } = createHold();
    await using panel = await startScriptedPanel(
      healthyPanel({ cancel: () => held.then(() => [{ order: 7, cancel: 1 }]) }),
    );
    const gateway = await startGateway({ acme: panel.url }, { ...QUIET, store: ledger.url });
    const sent = gateway.ask(CANCEL, { ids: ['Order:acme:7'] });
    await expect.poll(() => panel.callsOf('cancel').length).toBe(1);
    const closing = gateway.gateway.close();
    release();
    expect((await sent).data.cancelOrders).toEqual([{ __typename: 'CancelOrderSuccess', orderId: 'Order:acme:7' }]);
    await closing;
    expect(await readOrderRequests(ledger.url, 'acme', '7')).toMatchObject([
      { kind: 'cancel', answer: { outcome: 'accepted' } },
    ]);
  });
});

describe('a panel that is down', () => {
  it('leaves the last known state of the orders and refills of the ledger, with its time', async () => {
    const orders = createChangingOrders({ '23501': underWay(40) });
    await using panel = await startScriptedPanel(orders.answer);
    await using gateway = await startGateway({ acme: { url: panel.url, ...IMPATIENT } }, QUIET);
    await addOrder(gateway);
    await refill(gateway, 'Order:acme:23501');
    const query = `{
      order(id: "Order:acme:23501") { status remains checkedAt refills { number status checkedAt } placement { state } }
      refill(id: "Refill:acme:923501") { status checkedAt order { remains } } }`;
    const known = await gateway.ask(query);
    expect(known.data.order).toMatchObject({ remains: 40, refills: [{ number: '923501', status: 'COMPLETED' }] });
    panel.answer = () => (response) => void response.destroy();
    const down = await gateway.ask(query);
    expect(down.errors).toBeUndefined();
    expect(down.data).toEqual(known.data);
    expect(new Date(down.data.order.checkedAt).getTime()).toBeLessThanOrEqual(Date.now());
    const foreign = await gateway.ask(
      '{ order(id: "Order:acme:1") { status } refill(id: "Refill:acme:1") { status } }',
    );
    expect(foreign.data).toEqual({ order: null, refill: null });
    expect(foreign.errors?.map(({ extensions }) => extensions?.panel)).toEqual(['acme', 'acme']);
  });
});

describe('a panel that is configured no more', () => {
  it('is still read in the history: its placements, orders and refills as they were last known', async () => {
    using ledger = createLedgerFile();
    const orders = createChangingOrders({ '23501': underWay(40) });
    await using panel = await startScriptedPanel(orders.answer);
    await using other = await startScriptedPanel(healthyPanel());
    {
      await using gateway = await startGateway({ acme: panel.url }, { ...QUIET, store: ledger.url });
      await addOrder(gateway, { idempotencyKey: 'yes', reference: 'customer 1' });
      await refill(gateway, 'Order:acme:23501');
      await gateway.ask('{ order(id: "Order:acme:23501") { status } refill(id: "Refill:acme:923501") { status } }');
      panel.answer = healthyPanel({ add: () => 'null' });
      await addOrder(gateway, { idempotencyKey: 'what' });
    }
    const calls = panel.calls.length;
    await using gateway = await startGateway({ other: other.url }, { ...QUIET, store: ledger.url });
    const { data, errors } = await gateway.ask(`{
      placements(filter: { panels: ["Panel:acme"] }) { totalCount nodes {
        idempotencyKey state serviceId service { name } estimatedCharge { amount currency }
        panel { id name host dialect currency balance { amount { amount } } health { circuit } }
        error { __typename code ... on OutcomeUnknown { panel { host } } }
        order { number status remains charge { amount currency } panel { name host }
          refills { number status order { number } } placement { reference } } } }
      order(id: "Order:acme:23501") { remains }
      refill(id: "Refill:acme:923501") { status }
    }`);
    expect(errors).toBeUndefined();
    const host = new URL(panel.url).host;
    const gone = { id: 'Panel:acme', name: 'acme', host, dialect: 'standard', currency: null, balance: null };
    expect(data.placements).toMatchObject({
      totalCount: 2,
      nodes: [
        {
          idempotencyKey: 'what',
          state: 'UNKNOWN',
          panel: gone,
          service: null,
          order: null,
          error: { __typename: 'OutcomeUnknown', code: 'UNREADABLE_REPLY', panel: { host } },
        },
        {
          idempotencyKey: 'yes',
          state: 'PLACED',
          panel: gone,
          serviceId: 'Service:acme:1',
          service: null,
          estimatedCharge: { amount: '0.09', currency: 'USD' },
          error: null,
          order: {
            number: '23501',
            status: 'IN_PROGRESS',
            remains: 40,
            charge: { amount: '0.09', currency: 'USD' },
            panel: { name: 'acme', host },
            refills: [{ number: '923501', status: 'COMPLETED', order: { number: '23501' } }],
            placement: { reference: 'customer 1' },
          },
        },
      ],
    });
    expect(data).toMatchObject({ order: { remains: 40 }, refill: { status: 'COMPLETED' } });
    expect(panel.calls).toHaveLength(calls);
    // Its keys still answer, and an unknown one can still be settled.
    expect(await addOrder(gateway, { idempotencyKey: 'yes' })).toMatchObject({ number: '23501', replayed: true });
    expect(await addOrder(gateway, { idempotencyKey: 'new' })).toMatchObject({ code: 'INVALID_INPUT' });
  });
});
