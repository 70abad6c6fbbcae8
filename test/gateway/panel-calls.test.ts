/**
 * How many calls to a panel one request can cause, for each field, at panels that behave in all ways. The limits are a
 * tenth of the usual ones, and each operation asks for as much as they let through.
 */
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { LOCAL_CALLER } from '../../src/access/caller.ts';
import { CallAllowance } from '../../src/providers/pacing/call-allowance.ts';
import { type GraphqlAnswer, startGateway } from '../support/gateway.ts';
import { healthyPanel, type ScriptedPanel, type SentForm, startScriptedPanel } from '../support/scripted-panel.ts';

type Answer = ScriptedPanel['answer'];

/** Nothing is asked but by the tests themselves, and every look-up reaches the panel. */
const QUIET = { tracker: { enabled: false }, statusTtlMs: 0 };
const PANEL_CALLS = 20;
const BATCH_SIZE = 10;
const ALIASES = 60;

const failWith = (status: number) => (response: ServerResponse) => void response.writeHead(status).end('oops');
const isList = (form: SentForm): boolean => 'orders' in form || 'refills' in form;
const knows = ({ action = '' }: SentForm): boolean => !['status', 'refill_status', 'refill'].includes(action);

/** A panel that answers as `unusual` says, and well where that says nothing. */
function panelOf(unusual: (form: SentForm) => ReturnType<Answer> | null): () => Answer {
  return () => {
    const healthy = healthyPanel();
    return (form) => unusual(form) ?? healthy(form);
  };
}

/** A panel that refuses every second order in words that nobody knows, and forgets the others. */
function takesEverySecond(): Answer {
  const healthy = healthyPanel();
  let count = 0;
  return (form) => {
    if (isList(form)) return {};
    if (form['action'] === 'add') count += 1;
    return form['action'] === 'add' && count % 2 === 0 ? { error: 'Blorp blorp' } : healthy(form);
  };
}

const PANELS: Readonly<Record<string, () => Answer>> = {
  'answers well': healthyPanel,
  'leaves every id out': panelOf((form) => {
    if (isList(form)) return form['action'] === 'status' ? {} : [];
    return knows(form) ? null : { error: 'Incorrect order ID' };
  }),
  'refuses every list': panelOf((form) => (isList(form) ? { error: 'Incorrect request' } : null)),
  'refuses lists for their form': panelOf((form) => {
    if (isList(form)) return { error: 'Missing parameter order' };
    return form['action'] === 'cancel' ? { cancel: 1 } : null;
  }),
  'refuses everything': panelOf(() => ({ error: 'Something is wrong' })),
  'refuses orders in unknown words': panelOf(({ action }) => (action === 'add' ? { error: 'Blorp blorp' } : null)),
  'takes every second order': takesEverySecond,
  'answers no order and no balance': panelOf(({ action }) =>
    action === 'add' || action === 'balance' ? failWith(500) : null,
  ),
  'answers 500': panelOf(() => failWith(500)),
  'answers 429': panelOf(() => failWith(429)),
  'answers what cannot be read': panelOf(() => '<html><body>Just a moment</body></html>'),
};

interface Operation {
  readonly query: string;
  readonly variables?: object;
  /** The most calls that any of the panels may get. */
  readonly most: number;
  /** Whether it is refused by its weight. */
  readonly isTooHeavy?: boolean;
}

/** As many aliases as are allowed, where no other count is given. */
function aliases(
  kind: 'query' | 'mutation',
  field: (index: number) => string,
  most = PANEL_CALLS,
  count = ALIASES,
): Operation {
  const fields = Array.from({ length: count }, (_, index) => `a${index}: ${field(index)}`);
  return { query: `${kind} { ${fields.join('\n')} }`, most };
}

/** `[count, each]`: so many aliases of a field that takes ids, each with so many ids of its own. */
function lists(head: string, selection: string, [count, each]: readonly [number, number]): Operation {
  const [kind, field = '', argument] = head.split(' ');
  const indexes = Array.from({ length: count }, (_, index) => index);
  const type = field === 'refills' ? 'Refill' : 'Order';
  const idsOf = (index: number) => Array.from({ length: each }, (_, id) => `${type}:acme:${1000 + index * each + id}`);
  const declared = indexes.map((index) => `$v${index}: [ID!]!`).join(', ');
  const fields = indexes.map((index) => `a${index}: ${field}(${argument}: $v${index}) ${selection}`);
  return {
    query: `${kind} (${declared}) { ${fields.join('\n')} }`,
    variables: Object.fromEntries(indexes.map((index) => [`v${index}`, idsOf(index)])),
    most: PANEL_CALLS,
  };
}

const tooHeavy = (operation: Operation): Operation => ({ ...operation, isTooHeavy: true });

const LIMIT = ', maxCharge: { amount: "5", currency: "USD" }';
const order = (index: number, extra = ''): string =>
  `{ serviceId: "Service:acme:1", details: { default: { link: "https://example.com/${index}", quantity: 100 } }${extra} }`;
const REFILLED = '{ __typename ... on RefillOrderSuccess { refill { status } } }';
const CANCELED = '{ __typename ... on CancelOrderSuccess { order { status } } }';
const BOUGHT = '{ __typename ... on AddOrderSuccess { order { status } } }';
/** The evidence for what became of an order that was sent is asked for even where no call is left. */
const WITH_EVIDENCE = PANEL_CALLS + 4;

function addOrders(count: number): Operation {
  const inputs = Array.from({ length: count }, (_, index) => order(index));
  return { query: `mutation { addOrders(inputs: [${inputs}]) ${BOUGHT} }`, most: WITH_EVIDENCE };
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  order: aliases('query', (index) => `order(id: "Order:acme:${index}") { id }`),
  node: aliases('query', (index) => `node(id: "Order:acme:${index}") { id }`),
  'orders in full batches': lists('query orders ids', '{ id }', [20, 10]),
  'orders in many lists': lists('query orders ids', '{ id }', [60, 2]),
  'orders in one list': lists('query orders ids', '{ id }', [1, 100]),
  'orders beyond the limit': tooHeavy(lists('query orders ids', '{ id }', [60, 10])),
  'refills in full batches': lists('query refills ids', '{ id }', [20, 10]),
  'refills in one list': lists('query refills ids', '{ id }', [1, 100]),
  'refillOrders beyond the limit': tooHeavy(lists('mutation refillOrders orderIds', REFILLED, [20, 100])),
  'refillOrders, one list': lists('mutation refillOrders orderIds', '{ __typename }', [1, 100]),
  'refillOrders with their states': lists('mutation refillOrders orderIds', REFILLED, [1, 90]),
  'cancelOrders beyond the limit': tooHeavy(lists('mutation cancelOrders orderIds', CANCELED, [20, 100])),
  'cancelOrders, one list': lists('mutation cancelOrders orderIds', '{ __typename }', [1, 100]),
  'cancelOrders with their states': lists('mutation cancelOrders orderIds', CANCELED, [1, 90]),
  services: aliases('query', (index) => `services(first: 1, search: "${index}") { totalCount }`, 3),
  'services by rate': aliases('query', () => 'services(first: 1, orderBy: { field: RATE }) { totalCount }', 6),
  refreshServices: aliases('mutation', () => 'refreshServices { serviceCount }', 3, PANEL_CALLS),
  'refreshServices, sixty': tooHeavy(aliases('mutation', () => 'refreshServices { serviceCount }')),
  'refreshServices with balances': aliases(
    'mutation',
    () => 'refreshServices { panel { balance { checkedAt } } }',
    PANEL_CALLS,
    PANEL_CALLS - 1,
  ),
  balances: aliases('query', () => 'balances { checkedAt }', 3),
  'Panel.balance': aliases('query', () => 'panels { currency balance { checkedAt } }', 6),
  checkOrder: aliases('query', (index) => `checkOrder(input: ${order(index, LIMIT)}) { __typename }`, 6),
  addOrder: tooHeavy(aliases('mutation', (index) => `addOrder(input: ${order(index)}) ${BOUGHT}`)),
  'addOrder with maxCharge': aliases(
    'mutation',
    (index) => `addOrder(input: ${order(index, LIMIT)}) ${BOUGHT}`,
    WITH_EVIDENCE,
    9,
  ),
  'addOrder, nine': aliases('mutation', (index) => `addOrder(input: ${order(index)}) ${BOUGHT}`, WITH_EVIDENCE, 9),
  'addOrders of 30': tooHeavy(addOrders(30)),
  'addOrders of 16': addOrders(16),
  'addOrders of ten': addOrders(10),
};

interface Asked {
  readonly calls: readonly SentForm[];
  readonly answer: GraphqlAnswer;
}

/** A panel that does not answer well is waited for until `deadlineMs`. */
async function ask(
  panelAnswer: Answer,
  { query, variables }: Pick<Operation, 'query' | 'variables'>,
  deadlineMs = 1500,
): Promise<Asked> {
  await using panel = await startScriptedPanel(panelAnswer);
  // A circuit that opens would hide what a request can cause.
  const settings = { url: panel.url, batchSize: BATCH_SIZE, deadlineMs, breaker: { consecutiveFailures: 1000 } };
  await using gateway = await startGateway(
    { acme: settings },
    { tracker: { enabled: false }, limits: { panelCalls: PANEL_CALLS, tokens: 20_000 } },
  );
  const answer = await gateway.ask(query, variables);
  return { calls: [...panel.calls], answer };
}

const TOO_HEAVY = expect.stringMatching(/limits\.(?:panelCalls|rows)/);

const codesOf = ({ errors = [] }: GraphqlAnswer): Set<string | undefined> =>
  new Set(errors.map(({ extensions }) => extensions?.code));

describe.concurrent('one request calls a panel within the limit', () => {
  it.each(Object.entries(OPERATIONS))(
    'by %s, whatever the panel answers',
    { timeout: 120_000 },
    async (_name, operation) => {
      const asked = await Promise.all(
        Object.entries(PANELS).map(async ([how, panelAnswer]) => [how, await ask(panelAnswer(), operation)] as const),
      );
      const tooMany = asked.filter(([_how, { calls }]) => calls.length > operation.most);
      expect(tooMany.map(([how, { calls }]) => `${how}: ${calls.length}`)).toEqual([]);
      for (const [_how, { calls, answer }] of asked) {
        // What is too much by its weight is refused before anything is asked.
        if (!answer.data) expect([calls.length, answer.errors?.[0]?.message]).toEqual([0, TOO_HEAVY]);
        expect(answer.data == null).toBe(operation.isTooHeavy === true);
        expect([...codesOf(answer)]).not.toContain('INTERNAL_SERVER_ERROR');
      }
    },
  );

  it('by orders within orders that multiply', async () => {
    let made = 0;
    const state = () => {
      made += 1;
      return { status: 'In progress', orders: Array.from({ length: BATCH_SIZE }, (_, index) => `${made}0${index}`) };
    };
    const { calls, answer } = await ask(
      ({ order: one, orders = '' }) =>
        one ? state() : Object.fromEntries(orders.split(',').map((number) => [number, state()])),
      { query: '{ order(id: "Order:acme:1") { childOrders { childOrders { childOrders { childOrders { id } } } } } }' },
      30_000,
    );
    expect(calls.map((form) => (form['orders'] ?? form['order'] ?? '').split(',').length)).toEqual([
      1,
      ...Array.from({ length: 11 }, () => BATCH_SIZE),
    ]);
    expect([...codesOf(answer)]).toEqual(['INVALID_INPUT']);
    expect(answer.errors?.[0]?.message).toContain('(limits.panelCalls)');
  });
});

describe('ids that a panel leaves out of its answers', () => {
  const UNKNOWN = { error: 'Incorrect order ID' };

  it('are asked singly 60 times a minute, and then say when to ask again', async () => {
    await using panel = await startScriptedPanel((form) => (isList(form) ? {} : UNKNOWN));
    await using gateway = await startGateway({ acme: panel.url }, QUIET);
    const ids = (from: number) => Array.from({ length: 50 }, (_, index) => `Order:acme:${from + index}`);
    const query = 'query ($ids: [ID!]!) { orders(ids: $ids) { id } }';
    expect((await gateway.ask(query, { ids: ids(100) })).errors).toBeUndefined();
    const { data, errors = [] } = await gateway.ask(query, { ids: ids(200) });
    expect(panel.calls).toHaveLength(1 + 50 + 1 + 10);
    expect(data.orders).toEqual(ids(200).map(() => null));
    expect(errors).toHaveLength(40);
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining('at most 60 times a minute'),
      extensions: { code: 'RATE_LIMITED', panel: 'acme', retryAfterMs: expect.any(Number) },
    });
    // One number alone is no list.
    expect(await gateway.ask('{ order(id: "Order:acme:7") { id } }')).toEqual({ data: { order: null } });
  });

  it('come from the ledger where it holds them', async () => {
    const healthy = healthyPanel();
    await using panel = await startScriptedPanel((form) => (isList(form) ? {} : healthy(form)));
    await using gateway = await startGateway({ acme: panel.url }, { ...QUIET, limits: { panelCalls: 4 } });
    const { data: bought } = await gateway.ask(
      `mutation { addOrder(input: ${order(1)}) { ... on AddOrderSuccess { orderId } } }`,
    );
    const { data, errors } = await gateway.ask('query ($ids: [ID!]!) { orders(ids: $ids) { id status } }', {
      ids: ['Order:acme:1', 'Order:acme:2', 'Order:acme:3', bought.addOrder.orderId, 'Order:acme:4'],
    });
    expect(data.orders).toEqual([
      ...['1', '2', '3'].map((number) => ({ id: `Order:acme:${number}`, status: 'PARTIAL' })),
      { id: bought.addOrder.orderId, status: 'PENDING' },
      null,
    ]);
    expect(errors).toMatchObject([{ path: ['orders', 4], extensions: { code: 'RATE_LIMITED' } }]);
    expect(errors?.[0]?.message).toContain('(limits.panelCalls)');
  });
});

describe('orders for which no call is left', () => {
  it('are not sent, and are sent once when their keys are repeated', async () => {
    await using panel = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway({ acme: { url: panel.url, currency: 'USD' } }, QUIET);
    const { orders } = gateway.gateway.facades;
    const place = (calls: CallAllowance) =>
      Promise.all(
        Array.from({ length: 8 }, (_, index) => {
          const values = { link: `https://example.com/${index}`, quantity: 100 };
          const details = { form: 'default', values } as const;
          const input = { serviceId: 'Service:acme:1', details, rawDetails: {}, reference: null, maxCharge: null };
          return orders.place(LOCAL_CALLER, { ...input, idempotencyKey: `key-${index}` }, calls);
        }),
      );
    const failed = (await place(new CallAllowance(6))).filter((answer) => answer.kind === 'failed');
    expect(failed.length).toBeGreaterThan(0);
    expect(panel.callsOf('add')).toHaveLength(8 - failed.length);
    for (const { error, placement } of failed) {
      expect(error).toMatchObject({ outcome: 'not-sent', code: 'RATE_LIMITED' });
      expect(error.message).toContain('(limits.panelCalls)');
      expect(placement).toMatchObject({ state: 'REJECTED', isRetryable: true });
    }
    expect((await place(new CallAllowance(100))).map(({ kind }) => kind)).toEqual(new Array(8).fill('placed'));
    expect(new Set(panel.callsOf('add').map(({ link }) => link)).size).toBe(8);
    expect(panel.callsOf('add')).toHaveLength(8);
  });
});
