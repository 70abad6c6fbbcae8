import { connect } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { COMPLETED, createChangingOrders, underWay } from '../support/changing-orders.ts';
import { openEventStream } from '../support/event-stream.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { addOrder, createHold } from '../support/orders.ts';
import { type TestPostgres, tryStartPostgres } from '../support/postgres.ts';
import { startScriptedPanel } from '../support/scripted-panel.ts';

const started = await tryStartPostgres();
const reason = typeof started === 'string' ? started : null;
const postgres = started as TestPostgres;
afterAll(async () => {
  if (reason === null) await postgres.close();
});

/** Nothing is asked but by the tests themselves, and every look-up reaches the panel. */
const QUIET = { tracker: { enabled: false }, statusTtlMs: 0 };
/** Orders are followed closely. */
const BUSY = { tracker: { minIntervalMs: 50 }, statusTtlMs: 0 };

const WATCH = `subscription ($ids: [ID!]!) {
  orderUpdated(ids: $ids) { number status statusText remains charge { amount } } }`;

const watch = (gateway: TestGateway, ...numbers: string[]) =>
  openEventStream(gateway.url, WATCH, { ids: numbers.map((number) => `Order:acme:${number}`) });
const lookUp = async (gateway: TestGateway, number: string) =>
  (await gateway.ask(`{ order(id: "Order:acme:${number}") { remains } }`)).data.order;
const watchedOrders = async (gateway: TestGateway): Promise<number> => {
  const text = await (await fetch(new URL('/metrics', gateway.url))).text();
  return Number(/^panelgraph_watched_orders (\d+)$/m.exec(text)?.[1]);
};
const updateOf = (answer: { data: { orderUpdated: object } } | null) => answer?.data.orderUpdated;

describe('orderUpdated', () => {
  it('tells the present state at once, then each change once and in order, and ends with the last final one', async () => {
    const orders = createChangingOrders({ '1': underWay(3), '2': underWay(90) });
    await using panel = await startScriptedPanel(orders.answer);
    await using gateway = await startGateway({ acme: panel.url }, QUIET);
    await using stream = await watch(gateway, '1', '2');
    const present = [updateOf(await stream.next()), updateOf(await stream.next())];
    expect(present).toEqual([
      { number: '1', status: 'IN_PROGRESS', statusText: 'In progress', remains: 3, charge: { amount: '0.09' } },
      { number: '2', status: 'IN_PROGRESS', statusText: 'In progress', remains: 90, charge: { amount: '0.09' } },
    ]);
    for (const state of [underWay(2), underWay(2), underWay(2, { charge: '0.10' }), underWay(1), COMPLETED]) {
      orders.states.set('1', state);
      await lookUp(gateway, '1');
    }
    orders.states.set('2', COMPLETED);
    await lookUp(gateway, '2');
    const changes = (await stream.rest()).map(updateOf);
    expect(changes.filter((change) => 'number' in change! && change.number === '1')).toMatchObject([
      { remains: 2, charge: { amount: '0.09' } },
      { remains: 2, charge: { amount: '0.10' } },
      { remains: 1 },
      { status: 'COMPLETED', remains: 0 },
    ]);
    expect(changes.at(-1)).toMatchObject({ number: '2', status: 'COMPLETED' });
    expect(changes).toHaveLength(5);
  });

  it('follows an order that was placed here without anybody asking', async () => {
    const orders = createChangingOrders({ '23501': underWay(100, { status: 'Pending' }) });
    await using panel = await startScriptedPanel(orders.answer);
    await using gateway = await startGateway({ acme: panel.url }, BUSY);
    await addOrder(gateway);
    await using stream = await watch(gateway, '23501');
    expect(updateOf(await stream.next())).toMatchObject({ status: 'PENDING', remains: 100 });
    orders.states.set('23501', underWay(40));
    expect(updateOf(await stream.next())).toMatchObject({ status: 'IN_PROGRESS', remains: 40 });
    orders.states.set('23501', COMPLETED);
    expect((await stream.rest()).map(updateOf)).toMatchObject([{ status: 'COMPLETED' }]);
  });

  it('follows an order that was not placed here', async () => {
    const orders = createChangingOrders({ 'x-1': underWay(9) });
    await using panel = await startScriptedPanel(orders.answer);
    await using gateway = await startGateway({ acme: panel.url }, BUSY);
    await using stream = await watch(gateway, 'x-1');
    expect(updateOf(await stream.next())).toMatchObject({ number: 'x-1', remains: 9 });
    orders.states.set('x-1', COMPLETED);
    expect((await stream.rest()).map(updateOf)).toMatchObject([{ status: 'COMPLETED' }]);
    expect((await gateway.ask('{ order(id: "Order:acme:x-1") { placement { id } } }')).data.order.placement).toBeNull();
  });

  it('tells final orders once and ends', async () => {
    const orders = createChangingOrders({ '1': COMPLETED, '2': underWay(5, { status: 'Canceled' }) });
    await using panel = await startScriptedPanel(orders.answer);
    await using gateway = await startGateway({ acme: panel.url }, QUIET);
    await using stream = await watch(gateway, '1', '2', '1');
    expect((await stream.rest()).map(updateOf)).toMatchObject([{ status: 'COMPLETED' }, { status: 'CANCELED' }]);
    expect(await watchedOrders(gateway)).toBe(0);
  });

  it('leaves out an order that the panel does not know', async () => {
    const orders = createChangingOrders({ '1': COMPLETED });
    await using panel = await startScriptedPanel(orders.answer);
    await using gateway = await startGateway({ acme: panel.url }, QUIET);
    await using stream = await watch(gateway, '404', '1');
    expect((await stream.rest()).map(updateOf)).toMatchObject([{ number: '1' }]);
  });

  it.each([
    ['no panel knows any', ['Order:acme:404', 'Order:nowhere:1'], { code: 'ORDER_NOT_FOUND' }],
    ['an id is malformed', ['Order:acme:1', 'nonsense'], { code: 'INVALID_INPUT' }],
    ['an id is of another type', ['Service:acme:1'], { code: 'INVALID_INPUT' }],
    ['the panel is silent', ['Order:silent:1'], { code: 'PANEL_TIMEOUT', panel: 'silent' }],
  ])('ends with an error where %s', async (_name, ids, extensions) => {
    const orders = createChangingOrders({ '1': underWay(1) });
    await using panel = await startScriptedPanel(orders.answer);
    await using silent = await startScriptedPanel(() => () => {});
    await using gateway = await startGateway(
      { acme: panel.url, silent: { url: silent.url, timeoutMs: 200, deadlineMs: 400 } },
      QUIET,
    );
    await using stream = await openEventStream(gateway.url, WATCH, { ids });
    const results = await stream.rest();
    expect(results).toHaveLength(1);
    expect(results[0]!.data?.orderUpdated ?? null).toBeNull();
    expect(results[0]!.errors?.[0]?.extensions).toMatchObject(extensions);
    expect(await watchedOrders(gateway)).toBe(0);
  });

  it('begins with the last known state of an order whose panel does not answer', async () => {
    const orders = createChangingOrders({ '23501': underWay(40) });
    await using panel = await startScriptedPanel(orders.answer);
    await using gateway = await startGateway(
      { acme: { url: panel.url, timeoutMs: 200, deadlineMs: 300, breaker: { consecutiveFailures: 1000 } } },
      BUSY,
    );
    await addOrder(gateway);
    await expect.poll(() => lookUp(gateway, '23501')).toMatchObject({ remains: 40 });
    panel.answer = () => (response) => void response.destroy();
    await using stream = await watch(gateway, '23501');
    expect(updateOf(await stream.next())).toMatchObject({ remains: 40 });
    orders.states.set('23501', COMPLETED);
    panel.answer = orders.answer;
    expect((await stream.rest()).map(updateOf)).toMatchObject([{ status: 'COMPLETED' }]);
  });

  it('reads what belongs to the order anew for each change', async () => {
    const orders = createChangingOrders({ '1': underWay(9) });
    await using panel = await startScriptedPanel(orders.answer);
    await using gateway = await startGateway({ acme: panel.url }, QUIET);
    await using stream = await openEventStream(
      gateway.url,
      'subscription { orderUpdated(ids: ["Order:acme:1"]) { remains refills { number } } }',
    );
    expect(updateOf(await stream.next())).toEqual({ remains: 9, refills: [] });
    await gateway.ask('mutation { refillOrders(orderIds: ["Order:acme:1"]) { __typename } }');
    orders.states.set('1', underWay(8));
    await lookUp(gateway, '1');
    expect(updateOf(await stream.next())).toEqual({ remains: 8, refills: [{ number: '91' }] });
  });

  it('tells every subscriber, and frees each that leaves at once', async () => {
    const orders = createChangingOrders({ '1': underWay(9), '2': underWay(9) });
    await using panel = await startScriptedPanel(orders.answer);
    await using gateway = await startGateway({ acme: panel.url }, QUIET);
    const both = await watch(gateway, '1', '2');
    const one = await watch(gateway, '1');
    await Promise.all([both.next(), both.next(), one.next()].map(async (read) => expect(await read).not.toBeNull()));
    expect(await watchedOrders(gateway)).toBe(2);
    both.leave();
    await expect.poll(() => watchedOrders(gateway)).toBe(1);
    orders.states.set('1', underWay(8));
    await lookUp(gateway, '1');
    expect(updateOf(await one.next())).toMatchObject({ remains: 8 });
    one.leave();
    await expect.poll(() => watchedOrders(gateway)).toBe(0);
  });

  it('frees a client that leaves before the panel has answered', async () => {
    const { held, release } = createHold();
    const orders = createChangingOrders({}, { status: () => held.then(() => underWay(1)) });
    await using panel = await startScriptedPanel(orders.answer);
    await using gateway = await startGateway({ acme: panel.url }, QUIET);
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    const body = JSON.stringify({ query: WATCH, variables: { ids: ['Order:acme:1'] } });
    socket.write(
      `POST /graphql HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await expect.poll(() => panel.callsOf('status').length).toBe(1);
    expect(await watchedOrders(gateway)).toBe(1);
    socket.destroy();
    release();
    await expect.poll(() => watchedOrders(gateway)).toBe(0);
  });

  it('gives a slow reader the latest state instead of all that it missed', async () => {
    const CHANGES = 150;
    // Long events fill what lies between the gateway and a reader that does not read.
    const long = (change: number): object => underWay(change, { status: `Word ${'x'.repeat(200)}` });
    const words = Array.from({ length: 1_000 }, (_, index) => `s${index}: statusText`).join(' ');
    const query = `subscription { orderUpdated(ids: ["Order:acme:1"]) { remains ${words} } }`;
    const limits = { aliases: 1_000, fields: 2_000, tokens: 10_000 };
    const orders = createChangingOrders({ '1': long(0) });
    await using panel = await startScriptedPanel(orders.answer);
    await using gateway = await startGateway({ acme: panel.url }, { ...QUIET, limits });
    await using stream = await openEventStream(gateway.url, query, {});
    await stream.next();
    for (let change = 1; change <= CHANGES; change += 1) {
      orders.states.set('1', long(change));
      await lookUp(gateway, '1');
    }
    orders.states.set('1', COMPLETED);
    await lookUp(gateway, '1');
    const remains = (await stream.rest()).map(({ data }) => data.orderUpdated.remains);
    expect(remains.at(-1)).toBe(0);
    const changes = remains.slice(0, -1);
    expect(changes).toEqual([...changes].sort((left, right) => left - right));
    expect(changes.length).toBeLessThan(CHANGES);
  });

  it('ends for everybody when the gateway shuts down', async () => {
    const orders = createChangingOrders({ '1': underWay(9) });
    await using panel = await startScriptedPanel(orders.answer);
    const gateway = await startGateway({ acme: panel.url }, BUSY);
    const streams = await Promise.all([watch(gateway, '1'), watch(gateway, '1')]);
    for (const stream of streams) await stream.next();
    await gateway.gateway.close();
    for (const stream of streams) expect(await stream.rest()).toEqual([]);
  });
});

describe.skipIf(reason !== null)(
  `orderUpdated over several gateways${reason === null ? '' : ` (skipped: ${reason})`}`,
  () => {
    it('tells on one what a look-up on another has found, each change once and in order', async () => {
      const orders = createChangingOrders({ '1': underWay(5) });
      await using panel = await startScriptedPanel(orders.answer);
      const store = await postgres.createLedger();
      await using one = await startGateway({ acme: panel.url }, { ...QUIET, store });
      await using two = await startGateway({ acme: panel.url }, { ...QUIET, store });
      await using stream = await watch(one, '1');
      expect(updateOf(await stream.next())).toMatchObject({ remains: 5 });
      for (const remains of [4, 3, 2, 1]) {
        orders.states.set('1', underWay(remains));
        await lookUp(remains % 2 === 0 ? one : two, '1');
        expect(updateOf(await stream.next())).toMatchObject({ remains });
      }
      orders.states.set('1', COMPLETED);
      await lookUp(two, '1');
      expect((await stream.rest()).map(updateOf)).toMatchObject([{ status: 'COMPLETED' }]);
      expect(await watchedOrders(one)).toBe(0);
    });

    it('tells on one what the tracker of another has found, of an order that the other placed', async () => {
      const orders = createChangingOrders({ '23501': underWay(5) });
      await using panel = await startScriptedPanel(orders.answer);
      const store = await postgres.createLedger();
      await using one = await startGateway({ acme: panel.url }, { ...QUIET, store });
      await using two = await startGateway({ acme: panel.url }, { ...BUSY, store });
      await addOrder(two);
      await using stream = await watch(one, '23501');
      await expect
        .poll(async () => (stream.results.length > 0 ? stream.results.at(-1) : stream.next()))
        .toMatchObject({ data: { orderUpdated: { remains: 5 } } });
      orders.states.set('23501', COMPLETED);
      expect((await stream.rest()).map(updateOf)).toMatchObject([{ status: 'COMPLETED' }]);
    });
  },
);
