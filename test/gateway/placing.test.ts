import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import type { PlacementRecord } from '../../src/storage/ledger/ledger-store.ts';
import { askGraphql, startGateway, type TestGateway } from '../support/gateway.ts';
import { createLedgerFile } from '../support/ledger-file.ts';
import { ADD_ORDER, ADD_ORDERS, type AddOrderAnswer, addOrder, createHold, orderInput } from '../support/orders.ts';
import { type TestPostgres, tryStartPostgres } from '../support/postgres.ts';
import { healthyPanel, type ScriptedPanel, serviceEntry, startScriptedPanel } from '../support/scripted-panel.ts';

const started = await tryStartPostgres();
const reason = typeof started === 'string' ? started : null;
const postgres = started as TestPostgres;
afterAll(async () => {
  if (reason === null) await postgres.close();
});
const onPostgres = describe.skipIf(reason !== null);

/** Lists are fetched for each order, so that what a panel says now holds at once. */
const ALWAYS_FRESH = { cache: { servicesTtlMs: 0 } };
const KEY = { idempotencyKey: 'invoice-1' };

const placementOf = (key: string): string =>
  `{ placement(idempotencyKey: ${JSON.stringify(key)}) { id state reference order { number } } }`;

describe('a key that has bought', () => {
  const CHANGES: readonly (readonly [
    string,
    { readonly input?: object; readonly panel?: (panel: ScriptedPanel) => unknown },
    string,
  ])[] = [
    [
      'the price has risen above maxCharge',
      {
        input: { maxCharge: { amount: '1', currency: 'USD' } },
        panel: (panel) => {
          panel.answer = healthyPanel({ services: () => [serviceEntry(1, { rate: '90' })] });
        },
      },
      'PRICE_CHANGED',
    ],
    ['maxCharge is too low now', { input: { maxCharge: { amount: '0.01', currency: 'USD' } } }, 'PRICE_CHANGED'],
    [
      'the panel sells the service no more',
      {
        panel: (panel) => {
          panel.answer = healthyPanel({ services: () => [serviceEntry(2)] });
        },
      },
      'INVALID_INPUT',
    ],
    [
      'the service takes other quantities now',
      {
        panel: (panel) => {
          panel.answer = healthyPanel({ services: () => [serviceEntry(1, { min: 5000 })] });
        },
      },
      'INVALID_INPUT',
    ],
    [
      'the list of services cannot be read',
      {
        panel: (panel) => {
          panel.answer = healthyPanel({ services: () => '<html>no</html>' });
        },
      },
      'PANEL_UNREACHABLE',
    ],
    ['the panel is down', { panel: (panel) => panel[Symbol.asyncDispose]() }, 'PANEL_UNREACHABLE'],
  ];
  it.each(CHANGES)('answers its first result where %s', async (_name, { input = {}, panel: change }, code) => {
    await using panel = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway({ acme: { url: panel.url, deadlineMs: 2000 } }, ALWAYS_FRESH);
    const first = await addOrder(gateway, KEY);
    expect(first).toMatchObject({ __typename: 'AddOrderSuccess', number: '23501', replayed: false });
    await change?.(panel);
    const calls = panel.calls.length;
    expect(await addOrder(gateway, { ...KEY, ...input })).toEqual({ ...first, replayed: true });
    expect(panel.calls).toHaveLength(calls);
    expect(await addOrder(gateway, { idempotencyKey: 'another', ...input })).toMatchObject({ code });
    expect(panel.callsOf('add')).toHaveLength(1);
  });

  it.each([
    ['another quantity', { details: { default: { link: 'https://example.com/x', quantity: 101 } } }],
    ['another link', { link: 'https://example.com/y' }],
    ['another service', { serviceId: 'Service:acme:2' }],
    ['another form', { details: { package: { link: 'https://example.com/x' } } }],
    ['one more field', { details: { default: { link: 'https://example.com/x', quantity: 100, runs: 2 } } }],
  ])('is refused for %s, and stays what it was', async (_name, other) => {
    await using panel = await startScriptedPanel(
      healthyPanel({ services: () => [serviceEntry(1), serviceEntry(2, { rate: '1' })] }),
    );
    await using gateway = await startGateway({ acme: panel.url });
    const first = await addOrder(gateway, KEY);
    const conflict = await addOrder(gateway, { ...KEY, ...other });
    expect(conflict).toMatchObject({
      __typename: 'InvalidInput',
      code: 'IDEMPOTENCY_CONFLICT',
      issues: [{ path: ['idempotencyKey'] }],
    });
    expect(await addOrder(gateway, KEY)).toEqual({ ...first, replayed: true });
    expect(panel.callsOf('add')).toHaveLength(1);
  });

  it('does not compare reference, maxCharge or how the input is laid out', async () => {
    await using panel = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway({ acme: panel.url });
    const first = await addOrder(gateway, { ...KEY, reference: 'customer 1' });
    for (const same of [
      { reference: 'customer 2' },
      { maxCharge: { amount: '99', currency: 'USD' } },
      { details: { default: { quantity: 100, link: ' https://example.com/x ', runs: null } } },
    ]) {
      expect(await addOrder(gateway, { ...KEY, ...same })).toEqual({ ...first, replayed: true });
    }
    expect((await gateway.ask(placementOf('invoice-1'))).data.placement.reference).toBe('customer 1');
    expect(panel.callsOf('add')).toHaveLength(1);
  });

  it('is made by the gateway where none is given, so that two orders are two', async () => {
    await using panel = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway({ acme: panel.url });
    const answers = await Promise.all([addOrder(gateway), addOrder(gateway), addOrder(gateway)]);
    expect(new Set(answers.map(({ number }) => number)).size).toBe(3);
    expect(answers.every(({ replayed }) => replayed === false)).toBe(true);
  });
});

describe('a key that has bought nothing', () => {
  it.each([
    ['a form that does not fit', { details: { package: { link: 'a' } } }, 'INVALID_INPUT'],
    ['a quantity out of bounds', { details: { default: { link: 'a', quantity: 1 } } }, 'INVALID_INPUT'],
    ['a service that is not sold', { serviceId: 'Service:acme:404' }, 'INVALID_INPUT'],
    ['a charge above maxCharge', { maxCharge: { amount: '0.01', currency: 'USD' } }, 'PRICE_CHANGED'],
  ])('stays free after %s', async (_name, wrong, code) => {
    await using panel = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway({ acme: panel.url });
    expect(await addOrder(gateway, { ...KEY, ...wrong })).toMatchObject({ __typename: 'InvalidInput', code });
    expect((await gateway.ask(placementOf('invoice-1'))).data.placement).toBeNull();
    expect((await gateway.ask('{ placements { totalCount } }')).data.placements.totalCount).toBe(0);
    expect(await addOrder(gateway, KEY)).toMatchObject({ __typename: 'AddOrderSuccess', replayed: false });
    expect(panel.callsOf('add')).toHaveLength(1);
  });

  it.each(['', '  ', 'a\nb', 'x'.repeat(256), '\ud800'])('is refused where it reads %j', async (idempotencyKey) => {
    await using panel = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway({ acme: panel.url });
    expect(await addOrder(gateway, { idempotencyKey })).toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ path: ['idempotencyKey'] }],
    });
    expect(panel.callsOf('add')).toEqual([]);
  });
});

describe('the record', () => {
  it('of the attempt and of its sending is committed before the panel sees the order', async () => {
    using ledger = createLedgerFile();
    const seen: (PlacementRecord | null)[] = [];
    await using panel = await startScriptedPanel(
      healthyPanel({
        add: async () => {
          await using reader = await ledger.openReader();
          seen.push(await reader.placements.findByKey('local', 'invoice-1'));
          return { order: 7 };
        },
      }),
    );
    await using gateway = await startGateway({ acme: panel.url }, { store: ledger.url });
    const before = Date.now();
    const answer = await addOrder(gateway, { ...KEY, reference: 'customer 1' });
    expect(answer).toMatchObject({ number: '7' });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ state: 'PENDING', attempt: 1, orderNumber: null, reference: 'customer 1' });
    expect(seen[0]!.sentAt).toBeGreaterThanOrEqual(before);
    expect(answer.placement!.id).toBe(`Placement:${seen[0]!.id}`);
  });

  it('stands while an order waits its turn, and does not say that it was sent', async () => {
    using ledger = createLedgerFile();
    const { held, release } = createHold();
    await using panel = await startScriptedPanel(
      healthyPanel({
        add: async ({ link }) => {
          await held;
          return { order: `n1-${link}` };
        },
      }),
    );
    await using gateway = await startGateway({ acme: { url: panel.url, concurrency: 1 } }, { store: ledger.url });
    await gateway.ask('{ services { totalCount } panels { currency } }');
    const first = addOrder(gateway, { link: 'a', idempotencyKey: 'first' });
    await expect.poll(() => panel.callsOf('add').length).toBe(1);
    const second = addOrder(gateway, { link: 'b', idempotencyKey: 'second' });
    await using reader = await ledger.openReader();
    await expect.poll(async () => (await reader.placements.findByKey('local', 'second'))?.state).toBe('PENDING');
    expect((await reader.placements.findByKey('local', 'second'))?.sentAt).toBeNull();
    expect((await reader.placements.findByKey('local', 'first'))?.sentAt).toEqual(expect.any(Number));
    release();
    expect([(await first).number, (await second).number]).toEqual(['n1-a', 'n1-b']);
  });

  it('of the outcome is there when the client has its answer', async () => {
    using ledger = createLedgerFile();
    await using panel = await startScriptedPanel(
      healthyPanel({
        add: ({ link }) => (link === 'no' ? { error: 'Incorrect link' } : link === 'what' ? 'null' : { order: 5 }),
      }),
    );
    await using gateway = await startGateway({ acme: panel.url }, { store: ledger.url });
    await using reader = await ledger.openReader();
    for (const [link, state] of [
      ['yes', 'PLACED'],
      ['no', 'REJECTED'],
      ['what', 'UNKNOWN'],
    ] as const) {
      await addOrder(gateway, { link, idempotencyKey: link });
      expect(await reader.placements.findByKey('local', link)).toMatchObject({ state });
    }
    expect((await reader.orders.findOrders('acme', ['5']))[0]).toMatchObject({ state: { status: 'PENDING' } });
  });

  it('refuses another gateway on the same file, which sends nothing', async () => {
    using ledger = createLedgerFile();
    await using panel = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway({ acme: panel.url }, { store: ledger.url });
    await expect(startGateway({ acme: panel.url }, { store: ledger.url })).rejects.toThrow(
      `Another gateway uses the ledger at ${ledger.path}. Stop it first`,
    );
    expect(await addOrder(gateway)).toMatchObject({ __typename: 'AddOrderSuccess' });
  });

  it('is all that a gateway which starts again needs', async () => {
    using ledger = createLedgerFile();
    await using panel = await startScriptedPanel(
      healthyPanel({
        add: ({ link }) => (link === 'no' ? { error: 'Incorrect link' } : link === 'what' ? '' : { order: 5 }),
      }),
    );
    const before: AddOrderAnswer[] = [];
    const links = ['yes', 'no', 'what'];
    {
      await using gateway = await startGateway({ acme: panel.url }, { store: ledger.url });
      for (const link of links) before.push(await addOrder(gateway, { link, idempotencyKey: link }));
    }
    await using gateway = await startGateway({ acme: panel.url }, { store: ledger.url });
    const after: AddOrderAnswer[] = [];
    for (const link of links) after.push(await addOrder(gateway, { link, idempotencyKey: link }));
    expect(before.map(({ __typename }) => __typename)).toEqual(['AddOrderSuccess', 'PanelRejected', 'OutcomeUnknown']);
    expect(after).toEqual([{ ...before[0], replayed: true }, before[1], before[2]]);
    expect(await addOrder(gateway, { link: 'other', idempotencyKey: 'yes' })).toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
    expect(panel.callsOf('add')).toHaveLength(3);
    const { data } = await gateway.ask('{ order(id: "Order:acme:5") { placement { idempotencyKey } } }');
    expect(data.order.placement.idempotencyKey).toBe('yes');
  });
});

describe('many at once', () => {
  /** One bought, the others were told of it. */
  function expectOneResult(answers: readonly AddOrderAnswer[]): void {
    const [first, ...others] = answers.map(({ replayed: _replayed, ...answer }) => answer);
    expect(first).toMatchObject({ __typename: 'AddOrderSuccess', placement: { state: 'PLACED' } });
    for (const other of others) expect(other).toEqual(first);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
  }

  it('get one order and equal answers under one key', async () => {
    const { held, release } = createHold();
    await using panel = await startScriptedPanel(
      healthyPanel({
        add: async () => {
          await held;
          return { order: 77 };
        },
      }),
    );
    await using gateway = await startGateway({ acme: panel.url });
    const timers = (): number => process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;
    const before = timers();
    const early = Array.from({ length: 10 }, () => addOrder(gateway, KEY));
    await expect.poll(() => panel.callsOf('add').length).toBe(1);
    const late = Array.from({ length: 10 }, () => addOrder(gateway, KEY));
    // All of them are under way before the panel answers.
    await expect
      .poll(async () => (await gateway.ask(placementOf('invoice-1'))).data.placement)
      .toMatchObject({ state: 'PENDING', order: null });
    release();
    expectOneResult(await Promise.all([...early, ...late]));
    expect(panel.callsOf('add')).toHaveLength(1);
    // Of the 19 that waited none leaves a timer: it would hold up the end of the process.
    expect(timers() - before).toBeLessThan(10);
  });

  it('get one order under one key within one list', async () => {
    await using panel = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway({ acme: panel.url });
    const { data } = await gateway.ask(ADD_ORDERS, { inputs: Array.from({ length: 20 }, () => orderInput(KEY)) });
    expectOneResult(data.addOrders);
    expect(panel.callsOf('add')).toHaveLength(1);
  });

  it('are told of one failure under one key, and may all try again', async () => {
    await using panel = await startScriptedPanel(
      healthyPanel({ add: () => (response) => void response.writeHead(429, { 'retry-after': '1' }).end() }),
    );
    await using gateway = await startGateway({ acme: panel.url });
    const refused = await Promise.all(Array.from({ length: 5 }, () => addOrder(gateway, KEY)));
    expect(new Set(refused.map(({ __typename }) => __typename))).toEqual(new Set(['PanelUnavailable']));
    panel.answer = healthyPanel();
    expectOneResult(await Promise.all(Array.from({ length: 5 }, () => addOrder(gateway, KEY))));
  });

  it('are each sent once, within the rate of the panel', async () => {
    const PER_SECOND = 200;
    const arrivals: number[] = [];
    await using panel = await startScriptedPanel(
      healthyPanel({
        add: ({ link }) => {
          arrivals.push(performance.now());
          return { order: `n1-${link}` };
        },
      }),
    );
    await using gateway = await startGateway({
      acme: { url: panel.url, requestsPerSecond: PER_SECOND, concurrency: 20 },
    });
    await gateway.ask('{ services { totalCount } panels { currency } }');
    const singles = Array.from({ length: 500 }, (_, index) => addOrder(gateway, { link: `single-${index}` }));
    const lists = Array.from({ length: 5 }, async (_, list): Promise<AddOrderAnswer[]> => {
      const inputs = Array.from({ length: 100 }, (__, index) => orderInput({ link: `list-${list}-${index}` }));
      return (await gateway.ask(ADD_ORDERS, { inputs })).data.addOrders;
    });
    const answers = [...(await Promise.all(singles)), ...(await Promise.all(lists)).flat()];
    expect(answers.filter(({ __typename }) => __typename === 'AddOrderSuccess')).toHaveLength(1000);
    expect(new Set(answers.map(({ number }) => number)).size).toBe(1000);
    const links = panel.callsOf('add').map(({ link }) => link);
    expect(links).toHaveLength(1000);
    expect(new Set(links).size).toBe(1000);
    const busiest = Math.max(...arrivals.map((from) => arrivals.filter((at) => at >= from && at < from + 1000).length));
    // The panel and the gateway share an event loop here, so that some arrive a little late.
    expect(busiest).toBeLessThanOrEqual(PER_SECOND * 1.1);
    const { data } = await gateway.ask('{ placements(filter: { states: [PLACED] }) { totalCount } }');
    expect(data.placements.totalCount).toBe(1000);
  });
});

describe('a client that hangs up', () => {
  it('changes nothing: its order is placed, and its key answers so', async () => {
    const { held, release } = createHold();
    await using panel = await startScriptedPanel(
      healthyPanel({
        add: async () => {
          await held;
          return { order: 77 };
        },
      }),
    );
    await using gateway = await startGateway({ acme: panel.url });
    const client = new AbortController();
    const request = fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: ADD_ORDER, variables: { input: orderInput(KEY) } }),
      signal: client.signal,
    });
    await expect.poll(() => panel.callsOf('add').length).toBe(1);
    client.abort();
    await expect(request).rejects.toThrow();
    release();
    await expect
      .poll(async () => (await gateway.ask(placementOf('invoice-1'))).data.placement)
      .toMatchObject({ state: 'PLACED', order: { number: '77' } });
    expect(await addOrder(gateway, KEY)).toMatchObject({ number: '77', replayed: true });
    expect(panel.callsOf('add')).toHaveLength(1);
  });

  it('changes nothing for an order that still waits its turn', async () => {
    const { held, release } = createHold();
    await using panel = await startScriptedPanel(
      healthyPanel({
        add: async ({ link }) => {
          if (link === 'slow') await held;
          return { order: `n1-${link}` };
        },
      }),
    );
    await using gateway = await startGateway({ acme: { url: panel.url, concurrency: 1, currency: 'USD' } });
    await gateway.ask('{ services { totalCount } }');
    const slow = addOrder(gateway, { link: 'slow' });
    await expect.poll(() => panel.callsOf('add').length).toBe(1);
    const client = new AbortController();
    const request = fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: ADD_ORDER, variables: { input: orderInput({ ...KEY, link: 'behind' }) } }),
      signal: client.signal,
    });
    await expect.poll(async () => (await gateway.ask(placementOf('invoice-1'))).data.placement?.state).toBe('PENDING');
    client.abort();
    await expect(request).rejects.toThrow();
    release();
    await slow;
    await expect.poll(async () => (await gateway.ask(placementOf('invoice-1'))).data.placement.state).toBe('PLACED');
    expect(panel.callsOf('add').map(({ link }) => link)).toEqual(['slow', 'behind']);
  });
});

describe('a shutdown', () => {
  it('finishes what was sent and stores it, and refuses what was not', async () => {
    using ledger = createLedgerFile();
    const { held, release } = createHold();
    await using panel = await startScriptedPanel(
      healthyPanel({
        add: async ({ link }) => {
          await held;
          return { order: `n1-${link}` };
        },
      }),
    );
    const panels = { acme: { url: panel.url, concurrency: 1, currency: 'USD' } };
    const gateway = await startGateway(panels, { store: ledger.url });
    await gateway.ask('{ services { totalCount } }');
    const sent = addOrder(gateway, { link: 'a', idempotencyKey: 'sent' });
    await expect.poll(() => panel.callsOf('add').length).toBe(1);
    const waiting = addOrder(gateway, { link: 'b', idempotencyKey: 'waiting' });
    await expect.poll(async () => (await gateway.ask(placementOf('waiting'))).data.placement?.state).toBe('PENDING');
    const closing = gateway.gateway.close();
    release();
    expect(await sent).toMatchObject({ __typename: 'AddOrderSuccess', number: 'n1-a' });
    expect(await waiting).toMatchObject({ __typename: 'PanelUnavailable', code: 'SHUTTING_DOWN' });
    await closing;
    expect(panel.callsOf('add').map(({ link }) => link)).toEqual(['a']);

    await using next = await startGateway(panels, { store: ledger.url });
    expect(await addOrder(next, { link: 'a', idempotencyKey: 'sent' })).toMatchObject({ replayed: true });
    expect(await addOrder(next, { link: 'b', idempotencyKey: 'waiting' })).toMatchObject({
      number: 'n1-b',
      replayed: false,
    });
    expect(panel.callsOf('add').map(({ link }) => link)).toEqual(['a', 'b']);
  });
});

onPostgres(`gateways that share a ledger${reason === null ? '' : ` (skipped: ${reason})`}`, () => {
  async function startThree(panel: ScriptedPanel, store: string): Promise<AsyncDisposable & { all: TestGateway[] }> {
    const all = await Promise.all(Array.from({ length: 3 }, () => startGateway({ acme: panel.url }, { store })));
    return {
      all,
      [Symbol.asyncDispose]: async () => void (await Promise.all(all.map((each) => each[Symbol.asyncDispose]()))),
    };
  }

  it('send one order for one key, and all answer the same', async () => {
    const { held, release } = createHold();
    await using panel = await startScriptedPanel(
      healthyPanel({
        add: async () => {
          await held;
          return { order: 77 };
        },
      }),
    );
    await using gateways = await startThree(panel, await postgres.createLedger());
    const asked = Array.from({ length: 20 }, (_, index) => addOrder(gateways.all[index % 3]!, KEY));
    await expect.poll(() => panel.callsOf('add').length).toBe(1);
    release();
    const answers = await Promise.all(asked);
    for (const answer of answers) {
      expect({ ...answer, replayed: null }).toEqual({ ...answers[0], replayed: null });
    }
    expect(answers[0]).toMatchObject({ __typename: 'AddOrderSuccess', number: '77' });
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(panel.callsOf('add')).toHaveLength(1);
    expect(await addOrder(gateways.all[2]!, { ...KEY, link: 'other' })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  });

  it('let one of them try again what was never sent', async () => {
    await using panel = await startScriptedPanel(
      healthyPanel({ add: () => (response) => void response.writeHead(429, { 'retry-after': '1' }).end() }),
    );
    await using gateways = await startThree(panel, await postgres.createLedger());
    expect(await addOrder(gateways.all[0]!, KEY)).toMatchObject({ __typename: 'PanelUnavailable' });
    panel.answer = healthyPanel();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => addOrder(gateways.all[1 + (index % 2)]!, KEY)),
    );
    expect(new Set(answers.map(({ number }) => number))).toEqual(new Set(['23501']));
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(panel.callsOf('add')).toHaveLength(2);
  });

  it('answer only when the outcome is committed', async () => {
    const store = await postgres.createLedger();
    const rival = new pg.Client({ connectionString: store });
    await rival.connect();
    const observer = new pg.Client({ connectionString: store });
    await observer.connect();
    await using panel = await startScriptedPanel(
      healthyPanel({
        add: async () => {
          // From here on nobody can write the outcome.
          await rival.query('begin');
          await rival.query('select * from placements for update');
          return { order: 77 };
        },
      }),
    );
    await using gateway = await startGateway({ acme: panel.url }, { store });
    let answer: AddOrderAnswer | undefined;
    const asked = addOrder(gateway, KEY).then((given) => {
      answer = given;
    });
    const waits = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await expect.poll(async () => (await observer.query(waits)).rowCount).toBe(1);
    // A whole round through the server after the gateway has begun to wait.
    await askGraphql(gateway.url, '{ panels { name } }');
    expect(answer).toBeUndefined();
    await rival.query('commit');
    await asked;
    expect(answer).toMatchObject({ __typename: 'AddOrderSuccess', number: '77' });
    await Promise.all([rival.end(), observer.end()]);
  });

  // The last one: it stops the database of all.
  it('do not call an order unsent that another is sending while the ledger is away', async () => {
    const { held, release } = createHold();
    await using panel = await startScriptedPanel(healthyPanel({ add: () => held.then(() => ({ order: 77 })) }));
    const store = await postgres.createLedger();
    await using one = await startGateway({ acme: panel.url }, { store });
    await using two = await startGateway({ acme: panel.url }, { store });
    const sent = addOrder(one, KEY);
    await expect.poll(() => panel.callsOf('add').length).toBe(1);
    let answer: AddOrderAnswer | undefined;
    const waiting = addOrder(two, KEY).then((given) => {
      answer = given;
    });
    await expect
      .poll(async () => (await two.ask(placementOf('invoice-1'))).data.placement)
      .toMatchObject({ state: 'PENDING' });
    await postgres.stop();
    await expect.poll(async () => (await fetch(new URL('/health/ready', two.url))).status).toBe(503);
    expect(answer).toBeUndefined();
    await postgres.start();
    release();
    // The first may be taken for dead for a moment, since a database that stops frees its lock.
    expect((await sent).__typename).toMatch(/^(AddOrderSuccess|OutcomeUnknown)$/);
    await waiting;
    expect(answer?.__typename).toMatch(/^(AddOrderSuccess|OutcomeUnknown)$/);
    await expect
      .poll(async () => addOrder(two, KEY), { timeout: 15_000 })
      .toMatchObject({ __typename: 'AddOrderSuccess', number: '77', replayed: true });
    expect(panel.callsOf('add')).toHaveLength(1);
  }, 40_000);
});
