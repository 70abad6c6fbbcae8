import { describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { createLedgerFile } from '../support/ledger-file.ts';
import { createMovedTime } from '../support/moved-time.ts';
import { addOrder, createHold, RESOLVE } from '../support/orders.ts';
import { healthyPanel, type ScriptedAnswer, type SentForm, startScriptedPanel } from '../support/scripted-panel.ts';

const KEY = { idempotencyKey: 'invoice-1' };
const PATIENT = { breaker: { consecutiveFailures: 1000 } };

async function resolve(gateway: TestGateway, id: string, outcome: object) {
  return (await gateway.ask(RESOLVE, { id, outcome })).data.resolvePlacement;
}

describe('an answer that cannot be trusted', () => {
  const ANSWERS: readonly (readonly [string, ScriptedAnswer, string])[] = [
    ['HTML', '<html><body>Just a moment</body></html>', 'UNREADABLE_REPLY'],
    ['HTTP 500', (response) => void response.writeHead(500).end('{"order":1}'), 'PANEL_ERROR'],
    ['truncated JSON', '{"order": 235', 'UNREADABLE_REPLY'],
    [
      'a body that breaks off',
      (response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{"order":');
        setImmediate(() => response.destroy());
      },
      'PANEL_ERROR',
    ],
    ['null', 'null', 'UNREADABLE_REPLY'],
    ['an empty body', '', 'UNREADABLE_REPLY'],
    ['a reset', (response) => void response.destroy(), 'PANEL_ERROR'],
    ['silence', () => {}, 'PANEL_TIMEOUT'],
  ];
  const cases = ANSWERS.flatMap(([name, answer, code]) =>
    [false, true].map((acts) => [name, acts ? 'after' : 'before', { answer, code, acts }] as const),
  );
  it.each(cases)('%s, %s the panel acts, leaves the outcome unknown and is not asked again', async (...[, , given]) => {
    const bought: SentForm[] = [];
    await using panel = await startScriptedPanel(
      healthyPanel({
        add: (form) => {
          if (given.acts) bought.push(form);
          return given.answer;
        },
      }),
    );
    await using gateway = await startGateway({ acme: { url: panel.url, addTimeoutMs: 300, ...PATIENT } });
    const first = await addOrder(gateway, KEY);
    expect(first).toMatchObject({
      __typename: 'OutcomeUnknown',
      code: given.code,
      placement: { state: 'UNKNOWN', error: { code: given.code } },
    });
    panel.answer = healthyPanel();
    expect(await addOrder(gateway, KEY)).toEqual(first);
    expect(panel.callsOf('add')).toHaveLength(1);
    expect(bought).toHaveLength(given.acts ? 1 : 0);
  });

  it('that comes after the time limit settles nothing by itself', async () => {
    const { held, release } = createHold();
    const ended = createHold();
    await using panel = await startScriptedPanel(
      healthyPanel({
        add: async () => {
          await held;
          ended.release();
          return { order: 77 };
        },
      }),
    );
    await using gateway = await startGateway({ acme: { url: panel.url, addTimeoutMs: 200 } });
    const first = await addOrder(gateway, KEY);
    expect(first).toMatchObject({ __typename: 'OutcomeUnknown', code: 'PANEL_TIMEOUT' });
    release();
    await ended.held;
    expect(await addOrder(gateway, KEY)).toEqual(first);
  });

  it('holds an order number that the ledger has already', async () => {
    await using panel = await startScriptedPanel(healthyPanel({ add: () => ({ order: 5 }) }));
    await using gateway = await startGateway({ acme: panel.url });
    expect(await addOrder(gateway, { idempotencyKey: 'first' })).toMatchObject({ number: '5' });
    const second = await addOrder(gateway, { idempotencyKey: 'second' });
    expect(second).toMatchObject({
      __typename: 'OutcomeUnknown',
      code: 'UNREADABLE_REPLY',
      message: expect.stringContaining('order 5'),
      placement: { state: 'UNKNOWN' },
    });
    expect(await addOrder(gateway, { idempotencyKey: 'second' })).toEqual(second);
    expect(await addOrder(gateway, { idempotencyKey: 'first' })).toMatchObject({ number: '5', replayed: true });
    expect(panel.callsOf('add')).toHaveLength(2);
  });

  it('shows the balance before and after, where it is known, to who decides', async () => {
    using ledger = createLedgerFile();
    let balance = '100.00';
    await using panel = await startScriptedPanel(
      healthyPanel({
        balance: () => ({ balance, currency: 'USD' }),
        add: () => {
          balance = '99.91';
          return 'null';
        },
      }),
    );
    await using gateway = await startGateway({ acme: panel.url }, { store: ledger.url });
    await addOrder(gateway, KEY);
    await using reader = await ledger.openReader();
    await expect
      .poll(() => reader.placements.findByKey('local', 'invoice-1'))
      .toMatchObject({
        state: 'UNKNOWN',
        balanceEvidence: {
          before: { reading: { amount: '100.00', currency: 'USD' }, ordersBetween: 0 },
          after: { amount: '99.91', currency: 'USD' },
          finding: 'FELL_BY_CHARGE',
          reason: null,
        },
      });
  });
});

describe('a refusal of the panel', () => {
  it('is final for its key, whatever the panel would say now', async () => {
    await using panel = await startScriptedPanel(
      healthyPanel({ add: () => ({ error: 'Not enough funds on balance' }) }),
    );
    await using gateway = await startGateway({ acme: panel.url });
    const first = await addOrder(gateway, KEY);
    expect(first).toMatchObject({
      __typename: 'PanelRejected',
      code: 'INSUFFICIENT_FUNDS',
      panelMessage: 'Not enough funds on balance',
      panel: { name: 'acme' },
    });
    panel.answer = healthyPanel();
    expect(await addOrder(gateway, KEY)).toEqual(first);
    expect(panel.callsOf('add')).toHaveLength(1);
    expect(await addOrder(gateway, { idempotencyKey: 'invoice-2' })).toMatchObject({ __typename: 'AddOrderSuccess' });
  });
});

describe('an order that was not sent', () => {
  it('because the connection was refused may be bought under its key', async () => {
    const gone = await startScriptedPanel(healthyPanel());
    const { url } = gone;
    await using gateway = await startGateway({ acme: { url, currency: 'USD', ...PATIENT } });
    await gateway.ask('{ services { totalCount } }');
    await gone[Symbol.asyncDispose]();
    expect(await addOrder(gateway, KEY)).toMatchObject({ __typename: 'PanelUnavailable', code: 'PANEL_UNREACHABLE' });
    const before = (await gateway.ask('{ placements { nodes { id state error { code } } } }')).data.placements.nodes;
    expect(before).toEqual([{ id: before[0].id, state: 'REJECTED', error: { code: 'PANEL_UNREACHABLE' } }]);
    await using panel = await startScriptedPanel(healthyPanel(), '/api/v2', Number(new URL(url).port));
    const bought = await addOrder(gateway, KEY);
    expect(bought).toMatchObject({ __typename: 'AddOrderSuccess', replayed: false, placement: { id: before[0].id } });
    expect(await addOrder(gateway, KEY)).toEqual({ ...bought, replayed: true });
    expect(panel.callsOf('add')).toHaveLength(1);
    expect(gone.callsOf('add')).toEqual([]);
  });

  it('because the circuit was open may be bought under its key', async () => {
    await using panel = await startScriptedPanel(healthyPanel({ add: () => '', balance: () => '' }));
    const time = createMovedTime();
    await using gateway = await startGateway(
      { acme: { url: panel.url, currency: 'USD', breaker: { consecutiveFailures: 1, halfOpenAfterMs: 200 } } },
      {},
      time,
    );
    await gateway.ask('{ services { totalCount } }');
    expect(await addOrder(gateway, { idempotencyKey: 'opens it' })).toMatchObject({ __typename: 'OutcomeUnknown' });
    expect(await addOrder(gateway, KEY)).toMatchObject({ __typename: 'PanelUnavailable', code: 'CIRCUIT_OPEN' });
    expect(panel.callsOf('add')).toHaveLength(1);
    panel.answer = healthyPanel();
    await time.advance(200);
    await expect.poll(() => addOrder(gateway, KEY)).toMatchObject({ __typename: 'AddOrderSuccess', replayed: false });
    expect(panel.callsOf('add')).toHaveLength(2);
  });

  it('because the panel said 429 may be bought under its key', async () => {
    await using panel = await startScriptedPanel(
      healthyPanel({ add: () => (response) => void response.writeHead(429, { 'retry-after': '1' }).end() }),
    );
    await using gateway = await startGateway({ acme: panel.url });
    const refused = await addOrder(gateway, KEY);
    expect(refused).toMatchObject({ __typename: 'PanelUnavailable', code: 'RATE_LIMITED', retryAfterMs: 1000 });
    panel.answer = healthyPanel();
    expect(await addOrder(gateway, KEY)).toMatchObject({ __typename: 'AddOrderSuccess', replayed: false });
    expect(panel.callsOf('add')).toHaveLength(2);
  });

  it('is checked again when it is repeated, and conflicts with another input', async () => {
    await using panel = await startScriptedPanel(
      healthyPanel({ add: () => (response) => void response.writeHead(429, { 'retry-after': '1' }).end() }),
    );
    await using gateway = await startGateway({ acme: panel.url });
    await addOrder(gateway, KEY);
    panel.answer = healthyPanel();
    expect(await addOrder(gateway, { ...KEY, maxCharge: { amount: '0.01', currency: 'USD' } })).toMatchObject({
      code: 'PRICE_CHANGED',
    });
    expect(await addOrder(gateway, { ...KEY, link: 'other' })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    expect(await addOrder(gateway, { ...KEY, reference: 'the second try' })).toMatchObject({
      __typename: 'AddOrderSuccess',
    });
    const { data } = await gateway.ask('{ placements { nodes { reference state } } }');
    expect(data.placements.nodes).toEqual([{ reference: 'the second try', state: 'PLACED' }]);
  });
});

describe('a panel with an idempotency parameter', () => {
  const PANEL = { idempotencyParameter: 'request_id', addTimeoutMs: 300, ...PATIENT };

  it("is sent the placement's own random id", async () => {
    await using panel = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway({ acme: { url: panel.url, ...PANEL } });
    const answers = [await addOrder(gateway, KEY), await addOrder(gateway)];
    const sent = panel.callsOf('add').map((form) => form['request_id']);
    expect(sent.map((id) => `Placement:${id}`)).toEqual(answers.map(({ placement }) => placement!.id));
    expect(sent[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it.each<[string, ScriptedAnswer]>([
    ['not at all', () => {}],
    ['with HTML', '<html>no</html>'],
    ['with a reset', (response) => void response.destroy()],
  ])('that answers %s is asked again with the same value, and the order is placed', async (_name, first) => {
    const ids: string[] = [];
    await using panel = await startScriptedPanel(
      healthyPanel({
        add: (form) => {
          ids.push(form['request_id'] ?? '');
          return ids.length === 1 ? first : { order: 77 };
        },
      }),
    );
    await using gateway = await startGateway({ acme: { url: panel.url, ...PANEL } });
    expect(await addOrder(gateway, KEY)).toMatchObject({
      __typename: 'AddOrderSuccess',
      number: '77',
      replayed: false,
      placement: { state: 'PLACED' },
    });
    expect(ids).toEqual([ids[0], ids[0]]);
  });

  it('is not believed when it refuses the repeat: the first may have been bought', async () => {
    const answers: ScriptedAnswer[] = ['null', { error: 'Duplicate request' }, { order: 77 }];
    await using panel = await startScriptedPanel(healthyPanel({ add: () => answers.shift() ?? 'null' }));
    await using gateway = await startGateway({ acme: { url: panel.url, ...PANEL } });
    expect(await addOrder(gateway, KEY)).toMatchObject({ __typename: 'AddOrderSuccess', number: '77' });
    expect(panel.callsOf('add')).toHaveLength(3);
  });

  it('is asked again neither after a refusal nor while the gateway shuts down', async () => {
    await using panel = await startScriptedPanel(healthyPanel({ add: () => ({ error: 'Incorrect link' }) }));
    const gateway = await startGateway({ acme: { url: panel.url, ...PANEL } });
    expect(await addOrder(gateway)).toMatchObject({ __typename: 'PanelRejected' });
    panel.answer = healthyPanel({ add: () => 'null' });
    const unknown = addOrder(gateway, KEY);
    await expect.poll(() => panel.callsOf('add').length).toBe(2);
    const closing = gateway.gateway.close();
    expect(await unknown).toMatchObject({ __typename: 'OutcomeUnknown' });
    await closing;
    expect(panel.callsOf('add').length).toBeLessThanOrEqual(3);
  });
});

describe('resolvePlacement', () => {
  async function startUnknown(answer: ScriptedAnswer = 'null') {
    const panel = await startScriptedPanel(healthyPanel({ add: () => answer }));
    const gateway = await startGateway({ acme: panel.url });
    const { placement } = await addOrder(gateway, KEY);
    return {
      panel,
      gateway,
      id: placement!.id,
      [Symbol.asyncDispose]: async () => {
        await gateway[Symbol.asyncDispose]();
        await panel[Symbol.asyncDispose]();
      },
    };
  }

  it('with an order number makes the key answer by that order, which is followed', async () => {
    await using unknown = await startUnknown();
    const { panel, gateway, id } = unknown;
    expect(await resolve(gateway, id, { orderNumber: ' 4711 ' })).toEqual({
      __typename: 'ResolvePlacementSuccess',
      placement: { id, state: 'PLACED', settledAt: expect.any(String), order: { number: '4711' }, error: null },
    });
    expect(await addOrder(gateway, KEY)).toMatchObject({
      __typename: 'AddOrderSuccess',
      orderId: 'Order:acme:4711',
      replayed: true,
    });
    const { data } = await gateway.ask('{ order(id: "Order:acme:4711") { placement { id } } }');
    expect(data.order.placement.id).toBe(id);
    expect(panel.callsOf('add')).toHaveLength(1);
  });

  it('with notPlaced makes the key answer that nothing was bought, for good', async () => {
    await using unknown = await startUnknown();
    const { panel, gateway, id } = unknown;
    expect(await resolve(gateway, id, { notPlaced: true })).toMatchObject({
      placement: { state: 'REJECTED', order: null, error: { code: 'SETTLED_NOT_PLACED' } },
    });
    panel.answer = healthyPanel();
    expect(await addOrder(gateway, KEY)).toMatchObject({ __typename: 'PanelRejected', code: 'SETTLED_NOT_PLACED' });
    expect(panel.callsOf('add')).toHaveLength(1);
  });

  it('settles a placement once, whichever way', async () => {
    await using unknown = await startUnknown();
    const { gateway, id } = unknown;
    const outcomes = [{ orderNumber: '1' }, { notPlaced: true }, { orderNumber: '2' }, { notPlaced: true }];
    const results = await Promise.all(outcomes.map((outcome) => resolve(gateway, id, outcome)));
    expect(results.filter(({ __typename }) => __typename === 'ResolvePlacementSuccess')).toHaveLength(1);
    for (const result of results.filter(({ __typename }) => __typename === 'InvalidInput')) {
      expect(result).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: ['id'] }] });
    }
  });

  it.each<[string, ScriptedAnswer]>([
    ['PLACED', { order: 5 }],
    ['REJECTED', { error: 'Incorrect link' }],
  ])('leaves a %s placement as it is', async (state, answer) => {
    await using panel = await startScriptedPanel(healthyPanel({ add: () => answer }));
    await using gateway = await startGateway({ acme: panel.url });
    await addOrder(gateway, KEY);
    const find = async () =>
      (await gateway.ask('{ placement(idempotencyKey: "invoice-1") { id state order { number } error { code } } }'))
        .data.placement;
    const before = await find();
    expect(before.state).toBe(state);
    for (const outcome of [{ orderNumber: '9' }, { notPlaced: true }]) {
      expect(await resolve(gateway, before.id, outcome)).toMatchObject({
        code: 'INVALID_INPUT',
        issues: [{ path: ['id'], message: expect.stringContaining(state) }],
      });
    }
    expect(await find()).toEqual(before);
  });

  it.each([
    ['a blank number', { orderNumber: ' ' }, 'orderNumber'],
    ['a number with a comma', { orderNumber: '1,2' }, 'orderNumber'],
    ['a number with white space', { orderNumber: '1 2' }, 'orderNumber'],
    ['a number too long', { orderNumber: '1'.repeat(129) }, 'orderNumber'],
    ['notPlaced: false', { notPlaced: false }, 'notPlaced'],
  ])('refuses %s and leaves it open', async (_name, outcome, field) => {
    await using unknown = await startUnknown();
    const { gateway, id } = unknown;
    expect(await resolve(gateway, id, outcome)).toMatchObject({
      __typename: 'InvalidInput',
      code: 'INVALID_INPUT',
      issues: [{ path: ['outcome', field] }],
    });
    expect(await addOrder(gateway, KEY)).toMatchObject({ __typename: 'OutcomeUnknown' });
    expect(await resolve(gateway, id, { notPlaced: true })).toMatchObject({ placement: { state: 'REJECTED' } });
  });

  it('refuses an order number of another placement', async () => {
    await using panel = await startScriptedPanel(
      healthyPanel({ add: ({ link }) => (link === 'a' ? { order: 5 } : '') }),
    );
    await using gateway = await startGateway({ acme: panel.url });
    await addOrder(gateway, { link: 'a' });
    const { placement } = await addOrder(gateway, { link: 'b' });
    expect(await resolve(gateway, placement!.id, { orderNumber: '5' })).toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ path: ['outcome', 'orderNumber'] }],
    });
    expect(await resolve(gateway, placement!.id, { orderNumber: '6' })).toMatchObject({
      placement: { state: 'PLACED' },
    });
  });

  it.each(['Placement:00000000-0000-4000-8000-000000000000', 'Order:acme:1', 'nonsense'])(
    'refuses the id %s',
    async (id) => {
      await using panel = await startScriptedPanel(healthyPanel());
      await using gateway = await startGateway({ acme: panel.url });
      expect(await resolve(gateway, id, { notPlaced: true })).toMatchObject({ code: 'INVALID_INPUT' });
    },
  );

  it('adopts an order that was followed without a placement', async () => {
    await using unknown = await startUnknown();
    const { gateway, id } = unknown;
    const watched = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { orderUpdated(ids: ["Order:acme:4711"]) { status } }' }),
    });
    expect(await watched.text()).toContain('"status":"PARTIAL"');
    expect(await resolve(gateway, id, { orderNumber: '4711' })).toMatchObject({ placement: { state: 'PLACED' } });
    const { data } = await gateway.ask('{ placements(filter: { statuses: [PARTIAL] }) { nodes { id } } }');
    expect(data.placements.nodes).toEqual([{ id }]);
  });
});
