/** Texts that a database does not take, and lists that are longer than it takes, on every store. */
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { orderInput } from '../support/orders.ts';
import { tryStartPostgres } from '../support/postgres.ts';
import { healthyPanel, startScriptedPanel } from '../support/scripted-panel.ts';

const postgres = await tryStartPostgres();
const reason = typeof postgres === 'string' ? postgres : null;
afterAll(async () => {
  if (typeof postgres !== 'string') await postgres.close();
});

const ODD = ['a\0b', '\ud800', 'a\udc00'];
const ADD =
  'mutation ($input: AddOrderInput!) { answer: addOrder(input: $input) { __typename ... on Error { code } } }';
const FILTER = 'query ($filter: PlacementFilter) { answer: placements(filter: $filter) { totalCount nodes { id } } }';
const RESOLVE =
  'mutation ($input: ResolvePlacementInput!) { answer: resolvePlacement(input: $input) { ... on Error { code } } }';
const byId = (field: string) => `query ($text: ID!) { answer: ${field} { __typename } }`;

/** Everything that takes a text of the caller's own. */
const requestsWith = (text: string): Readonly<Record<string, [query: string, variables: object]>> => ({
  'an idempotency key': [ADD, { input: { ...orderInput(), idempotencyKey: text } }],
  'a reference': [ADD, { input: { ...orderInput(), reference: text } }],
  'a link': [ADD, { input: orderInput({ link: text }) }],
  'the key of a placement': ['query ($text: String!) { answer: placement(idempotencyKey: $text) { id } }', { text }],
  'the reference of a filter': [FILTER, { filter: { reference: text } }],
  'the panel of a filter': [FILTER, { filter: { panels: [`Panel:${text}`] } }],
  'an order': [byId('order(id: $text)'), { text: `Order:acme:${text}` }],
  'a refill': [byId('refill(id: $text)'), { text: `Refill:acme:${text}` }],
  'a service': [byId('service(id: $text)'), { text: `Service:acme:${text}` }],
  'a node': [byId('node(id: $text)'), { text: `Order:acme:${text}` }],
  'one of several orders': [byId('orders(ids: [$text])'), { text: `Order:acme:${text}` }],
  'one of several nodes': [byId('nodes(ids: [$text])'), { text: `Refill:acme:${text}` }],
  'an order to be refilled': [
    'mutation ($text: ID!) { answer: refillOrders(orderIds: [$text]) { ... on Error { code } } }',
    { text: `Order:acme:${text}` },
  ],
  'an order number that settles': [
    RESOLVE,
    { input: { id: `Placement:${crypto.randomUUID()}`, outcome: { orderNumber: text } } },
  ],
});

const stores: readonly [name: string, createUrl: () => Promise<string>][] = [
  ['SQLite', async () => 'sqlite::memory:'],
  ['PostgreSQL', async () => (typeof postgres === 'string' ? '' : postgres.createLedger())],
];

describe.each(stores)('on %s', (name, createUrl) => {
  const isSkipped = name === 'PostgreSQL' && reason !== null;
  const start = async () => {
    const panel = await startScriptedPanel(healthyPanel());
    const gateway = await startGateway({ acme: panel.url }, { store: (await createUrl()) as 'sqlite::memory:' });
    onTestFinished(async () => {
      await gateway[Symbol.asyncDispose]();
      await panel[Symbol.asyncDispose]();
    });
    return { gateway, panel };
  };

  it.skipIf(isSkipped)('refuses text that no store keeps, wherever it is given', async () => {
    const { gateway, panel } = await start();
    for (const text of ODD) {
      for (const [what, [query, variables]] of Object.entries(requestsWith(text))) {
        const { data, errors } = await gateway.ask(query, variables);
        const code = errors?.[0]?.extensions?.code ?? [data.answer].flat()[0]?.code;
        expect(code, `${what} ${JSON.stringify(text)}`).toBe('INVALID_INPUT');
      }
    }
    expect(panel.callsOf('add')).toEqual([]);
    expect(panel.callsOf('status')).toEqual([]);
    expect(gateway.logs.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });

  it.skipIf(isSkipped)('takes lists of states and statuses up to their limit, and names it', async () => {
    const { gateway } = await start();
    const many = { states: Array(1_000).fill('PLACED'), statuses: Array(1_000).fill('COMPLETED') };
    const { data, errors } = await gateway.ask(FILTER, { filter: many });
    expect(errors).toBeUndefined();
    expect(data.answer).toEqual({ totalCount: 0, nodes: [] });
    for (const [member, value] of [
      ['states', 'PLACED'],
      ['statuses', 'COMPLETED'],
    ] as const) {
      const refused = await gateway.ask(FILTER, { filter: { [member]: Array(70_000).fill(value) } });
      expect(refused.errors).toEqual([
        expect.objectContaining({
          message: `filter.${member}: At most 1000 are allowed (limits.idsPerList); this list holds 70000.`,
          extensions: expect.objectContaining({ code: 'INVALID_INPUT' }),
        }),
      ]);
    }
  });
});
