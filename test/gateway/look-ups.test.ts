import { describe, expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { healthyPanel, serviceEntry, startScriptedPanel } from '../support/scripted-panel.ts';

const ORDERS = 'query ($ids: [ID!]!) { orders(ids: $ids) { id number status } }';
const REFILLS = 'query ($ids: [ID!]!) { refills(ids: $ids) { id status } }';

describe('looking up orders', () => {
  it('asks 550 ids of two panels in ceil(distinct / 100) calls a panel, results in order', async () => {
    await using plus = await startScriptedPanel(healthyPanel());
    await using cloud = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway({ plus: plus.url, cloud: cloud.url });
    const ids = Array.from(
      { length: 550 },
      (_, index) => `Order:${index % 2 ? 'plus' : 'cloud'}:${1000 + (index % 500)}`,
    );
    const { data, errors } = await gateway.ask(ORDERS, { ids });
    expect(errors).toBeUndefined();
    expect(data.orders.map((order: { id: string }) => order.id)).toEqual(ids);
    for (const panel of [plus, cloud]) {
      expect(panel.callsOf('status')).toHaveLength(Math.ceil(250 / 100));
      for (const { orders = '' } of panel.callsOf('status')) expect(orders.split(',').length).toBeLessThanOrEqual(100);
    }
  });

  it('asks a single id with the single form', async () => {
    await using panel = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway({ acme: panel.url });
    const { data } = await gateway.ask(
      '{ order(id: "Order:acme:23501") { status statusText charge { amount currency } startCount remains } }',
    );
    expect(data.order).toEqual({
      status: 'PARTIAL',
      statusText: 'Partial',
      charge: { amount: '0.27819', currency: 'USD' },
      startCount: 3572,
      remains: 5,
    });
    expect(panel.callsOf('status')).toEqual([{ action: 'status', order: '23501' }]);
  });

  it('joins the look-ups of concurrent requests', async () => {
    const healthy = healthyPanel();
    await using panel = await startScriptedPanel(async (form) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return healthy(form);
    });
    await using gateway = await startGateway({ acme: panel.url }, { statusTtlMs: 0 });
    await Promise.all(Array.from({ length: 60 }, (_, index) => gateway.ask(ORDERS, { ids: [`Order:acme:${index}`] })));
    expect(panel.callsOf('status').length).toBeLessThan(20);
  });

  it('remembers that a panel refuses batches, and asks singly', async () => {
    await using panel = await startScriptedPanel((form) =>
      'orders' in form ? { error: 'Incorrect request' } : healthyPanel()(form),
    );
    await using gateway = await startGateway({ acme: panel.url }, { statusTtlMs: 0 });
    const ids = ['1', '2', '3', '4', '5'].map((number) => `Order:acme:${number}`);
    const first = await gateway.ask(ORDERS, { ids });
    expect(first.data.orders).toHaveLength(5);
    expect(first.errors).toBeUndefined();
    const refused = panel.calls.filter((form) => 'orders' in form).length;
    const second = await gateway.ask(ORDERS, { ids });
    expect(second.data.orders.map((order: { id: string }) => order.id)).toEqual(ids);
    expect(panel.calls.filter((form) => 'orders' in form)).toHaveLength(refused);
  });

  it('finds the size of the batches that a panel takes', async () => {
    await using panel = await startScriptedPanel((form) =>
      (form['orders'] ?? '').split(',').length > 30 ? { error: 'Too many orders in one call' } : healthyPanel()(form),
    );
    await using gateway = await startGateway({ acme: panel.url }, { statusTtlMs: 0 });
    const ids = Array.from({ length: 100 }, (_, index) => `Order:acme:${index + 1}`);
    expect((await gateway.ask(ORDERS, { ids })).data.orders.every(Boolean)).toBe(true);
    const before = panel.calls.length;
    expect((await gateway.ask(ORDERS, { ids })).data.orders.every(Boolean)).toBe(true);
    expect(panel.calls.length - before).toBe(4);
  });

  it('asks an id that a batch leaves out singly before it counts as not found', async () => {
    await using panel = await startScriptedPanel(
      healthyPanel({
        status: ({ order, orders }) => {
          if (order === '3') return { error: 'Incorrect order ID' };
          const state = { status: 'Completed', charge: '1' };
          return order
            ? state
            : Object.fromEntries(
                (orders ?? '')
                  .split(',')
                  .filter((id) => id !== '2' && id !== '3')
                  .map((id) => [id, state]),
              );
        },
      }),
    );
    await using gateway = await startGateway({ acme: panel.url });
    const { data } = await gateway.ask(ORDERS, {
      ids: ['Order:acme:1', 'Order:acme:2', 'Order:acme:3', 'Order:acme:4'],
    });
    expect(data.orders.map((order: { status: string } | null) => order?.status ?? null)).toEqual([
      'COMPLETED',
      'COMPLETED',
      null,
      'COMPLETED',
    ]);
  });

  it('costs a failing panel only its own ids, and a bad id only itself', async () => {
    await using good = await startScriptedPanel(healthyPanel());
    await using bad = await startScriptedPanel(() => (response) => response.writeHead(500).end('oops'));
    await using gateway = await startGateway({ good: good.url, bad: { url: bad.url, deadlineMs: 1500 } });
    const { data, errors } = await gateway.ask(ORDERS, {
      ids: ['Order:good:1', 'Order:bad:1', 'nonsense', 'Service:good:1', 'Order:nowhere:1', 'Order:good:a,b'],
    });
    expect(data.orders[0].status).toBe('PARTIAL');
    expect(data.orders.slice(1)).toEqual([null, null, null, null, null]);
    expect(errors?.map(({ path, extensions }) => [path?.[1], extensions?.code, extensions?.panel])).toEqual(
      expect.arrayContaining([
        [1, 'PANEL_ERROR', 'bad'],
        [2, 'INVALID_INPUT', undefined],
        [3, 'INVALID_INPUT', undefined],
        [5, 'INVALID_INPUT', undefined],
      ]),
    );
    expect(errors).toHaveLength(4);
  });
});

describe('looking up refills', () => {
  it('falls back to single calls on a pica panel that refuses `refills`, and never sends action=refill', async () => {
    await using panel = await startScriptedPanel(
      healthyPanel({
        refill_status: ({ refill, refills }) =>
          refills ? { error: 'Incorrect request' } : { status: refill === '2' ? 'Rejected' : 'Completed' },
      }),
      '/api2/v2',
    );
    await using gateway = await startGateway({ pica: { url: panel.url, dialect: 'pica' } }, { statusTtlMs: 0 });
    const ids = ['Refill:pica:1', 'Refill:pica:2', 'Refill:pica:3'];
    const { data } = await gateway.ask(REFILLS, { ids });
    expect(data.refills).toEqual([
      { id: 'Refill:pica:1', status: 'COMPLETED' },
      { id: 'Refill:pica:2', status: 'REJECTED' },
      { id: 'Refill:pica:3', status: 'COMPLETED' },
    ]);
    await gateway.ask(REFILLS, { ids });
    expect(panel.calls.filter((form) => 'refills' in form)).toHaveLength(1);
    expect(panel.callsOf('refill')).toEqual([]);
  });

  it('asks several in one call where the panel takes it', async () => {
    await using panel = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway({ acme: panel.url });
    await gateway.ask(REFILLS, { ids: ['Refill:acme:1', 'Refill:acme:2'] });
    expect(panel.callsOf('refill_status')).toEqual([{ action: 'refill_status', refills: '1,2' }]);
  });
});

describe('the catalogue', () => {
  it('asks each panel for its list once, however many queries come at once', async () => {
    await using panel = await startScriptedPanel(healthyPanel());
    await using other = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway({ acme: panel.url, other: other.url });
    const query = '{ services { totalCount nodes { id rate { amount currency } } } }';
    const answers = await Promise.all(Array.from({ length: 50 }, () => gateway.ask(query)));
    for (const { data } of answers) expect(data.services.totalCount).toBe(2);
    expect(panel.callsOf('services')).toHaveLength(1);
    expect(other.callsOf('services')).toHaveLength(1);
  });

  it('keeps huge numbers, letters and odd prices exact', async () => {
    const list = `[
      {"service":90071992547409931234,"name":"Huge","type":"Default","category":"A","rate":0.00011999999999999999,"min":1,"max":3000000000},
      {"service":"a1b2-c3:d4","name":"Letters","type":"Default","category":"A","rate":"1,500.50000","min":"1","max":"10"}
    ]`;
    await using panel = await startScriptedPanel(
      healthyPanel({ services: () => list, add: () => '{"order":18446744073709551617}' }),
    );
    await using gateway = await startGateway({ acme: panel.url });
    const { data } = await gateway.ask(
      '{ services { nodes { id max rate { amount } quote(quantity: 1000) { amount } } } }',
    );
    expect(data.services.nodes).toEqual([
      {
        id: 'Service:acme:90071992547409931234',
        max: 3000000000,
        rate: { amount: '0.00011999999999999999' },
        quote: { amount: '0.00011999999999999999' },
      },
      { id: 'Service:acme:a1b2-c3:d4', max: 10, rate: { amount: '1500.50000' }, quote: { amount: '1500.5' } },
    ]);
    const placed = await gateway.ask(
      'mutation { addOrder(input: {serviceId: "Service:acme:90071992547409931234", details: {default: {link: "x", quantity: 3000000000}}}) { ... on AddOrderSuccess { orderId number } } }',
    );
    expect(placed.data.addOrder).toEqual({
      orderId: 'Order:acme:18446744073709551617',
      number: '18446744073709551617',
    });
    expect(panel.callsOf('add')[0]).toMatchObject({ service: '90071992547409931234', quantity: '3000000000' });
    const order = await gateway.ask('{ order(id: "Order:acme:18446744073709551617") { number } }');
    expect(order.data.order.number).toBe('18446744073709551617');
  });

  it('counts an entry that cannot be read, and keeps the others', async () => {
    await using panel = await startScriptedPanel(
      healthyPanel({ services: () => [serviceEntry(1), { service: 2, name: '' }, serviceEntry(1), serviceEntry(3)] }),
    );
    await using gateway = await startGateway({ acme: panel.url });
    const { data } = await gateway.ask(
      '{ services { totalCount catalogues { panel { name } serviceCount skippedCount error } } }',
    );
    expect(data.services).toEqual({
      totalCount: 2,
      catalogues: [{ panel: { name: 'acme' }, serviceCount: 2, skippedCount: 2, error: null }],
    });
  });
});
