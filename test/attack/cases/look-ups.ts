/** Orders, refills and what hangs on them. */
import { type AttackCase, aliases, answered, bounded, ids, operation, refused } from '../attack-case.ts';
import { postText, UnreadConnections } from '../stand/send-raw.ts';

const LOST = [
  'RATE_LIMITED',
  'PANEL_UNREACHABLE',
  'UNREADABLE_REPLY',
  'ORDER_NOT_FOUND',
  'REFILL_NOT_FOUND',
  'CIRCUIT_OPEN',
  'PANEL_ERROR',
  'PANEL_TIMEOUT',
];

/** Sixty aliases of a field that takes a list of ids, each with a list of its own. */
const sixtyLists = (
  name: string,
  { kind = 'query', field, of }: { kind?: string; field: (variable: string) => string; of: (at: number) => string[] },
): AttackCase => ({
  name: `60 aliases of ${name}`,
  send: operation(() => {
    const places = Array.from({ length: 60 }, (_, at) => at);
    return {
      query: `${kind} (${places.map((at) => `$i${at}: [ID!]!`).join()}) { ${aliases(60, (at) => field(`$i${at}`))} }`,
      variables: Object.fromEntries(places.map((at) => [`i${at}`, of(at)])),
    };
  }),
  expected: bounded(...LOST),
});

/** `open` as often as told, one within the other. */
const nest = (levels: number, open: string, inner: string): string => {
  const close = ' }'.repeat(levels * (open.split('{').length - 1));
  return open.repeat(levels) + inner + close;
};

const text = (
  name: string,
  query: string | ((orderId: string) => string),
  expected = bounded(...LOST),
): AttackCase => ({
  name,
  send: operation(({ orderId }) => ({ query: typeof query === 'string' ? query : query(orderId) })),
  expected,
});

export const LOOK_UP_CASES: readonly AttackCase[] = [
  sixtyLists('800 orders that a panel leaves out of its answers', {
    field: (list) => `orders(ids: ${list}) { status }`,
    of: (at) => ids('Order', 'leaky', 800, 1 + at * 800),
  }),
  sixtyLists('700 refills that a panel leaves out of its answers', {
    field: (list) => `refills(ids: ${list}) { status }`,
    of: (at) => ids('Refill', 'leaky', 700, 1 + at * 700),
  }),
  sixtyLists('600 orders of a healthy panel', {
    field: (list) => `orders(ids: ${list}) { status }`,
    of: (at) => ids('Order', 'acme', 600, 1_000_000 + at * 600),
  }),
  sixtyLists('800 nodes that a panel may read as others', {
    field: (list) => `nodes(ids: ${list}) { id }`,
    of: (at) => ids('Order', 'acme', 800, 1 + at * 800).map((id) => id.replace('acme:', 'acme:00')),
  }),
  sixtyLists('700 orders to be refilled where a panel leaves them out', {
    kind: 'mutation',
    field: (list) => `refillOrders(orderIds: ${list}) { __typename }`,
    of: (at) => ids('Order', 'leaky', 700, 100_000 + at * 700),
  }),
  sixtyLists('800 orders to be canceled', {
    kind: 'mutation',
    field: (list) => `cancelOrders(orderIds: ${list}) { __typename ... on CancelOrderSuccess { order { status } } }`,
    of: (at) => ids('Order', 'bolt', 800, 1 + at * 800),
  }),
  text(
    'refills of orders of refills, five levels deep',
    (id) => `{ order(id: "${id}") { ${nest(5, 'refills { order { ', 'id')} } }`,
  ),
  text(
    'child orders in a circle, four levels deep',
    `{ order(id: "Order:ring:1") { ${nest(4, 'childOrders { ', 'id')} } }`,
  ),
  {
    name: 'child orders of 1,000 orders, two levels deep',
    send: operation(() => ({
      query: 'query ($ids: [ID!]!) { orders(ids: $ids) { childOrders { childOrders { status } } } }',
      variables: { ids: ids('Order', 'ring', 1_000) },
    })),
    expected: bounded(...LOST),
  },
  text(
    'refills of the orders of 300 placements, thrice',
    `{ placements(first: 5000) { nodes { order { refills { order { refills { order { refills { id } } } } } } } } }`,
  ),
  text(
    'placements and orders by turns, eleven levels',
    (id) => `{ order(id: "${id}") { ${nest(5, 'placement { order { ', 'id')} } }`,
    answered(),
  ),
  text('60 aliases of all balances', `{ ${aliases(60, 'balances { amount { amount } }')} }`),
  text(
    '60 aliases of the balances of panels',
    `{ ${aliases(60, 'panels { balance { amount { amount } } health { errorRate } }')} }`,
  ),
  text(
    '60 aliases of 300 placements with totals',
    `{ ${aliases(60, 'placements(first: 5000) { totalCount nodes { id details reference state } edges { cursor node { id details } } }')} }`,
  ),
  text(
    '60 aliases of totals of placements',
    `{ ${aliases(60, (at) => `placements(first: 0, filter: { reference: "r${at}", states: [PLACED, UNKNOWN, REJECTED] }) { totalCount }`)} }`,
  ),
  text(
    '60 orders of a panel whose refusals are 200 KB of marks',
    `{ ${aliases(60, (at) => `order(id: "Order:wordy:${at}") { status }`)} }`,
  ),
  {
    name: 'an id of 900 KB',
    send: operation(() => ({
      query: 'query ($id: ID!) { node(id: $id) { id } order(id: $id) { id } panel(id: $id) { id } }',
      variables: { id: `Order:acme:${'1'.repeat(900_000)}` },
    })),
    expected: refused(),
  },
  {
    name: '60,000 ids',
    send: operation(() => ({
      query: 'query ($ids: [ID!]!) { orders(ids: $ids) { id } }',
      variables: { ids: ids('Order', 'acme', 50_000) },
    })),
    expected: refused(),
  },
  {
    name: '15 subscriptions to 1,000 orders each, unread',
    takesLong: true,
    send: async (stand) => {
      const query = 'subscription ($ids: [ID!]!) { orderUpdated(ids: $ids) { id status statusText } }';
      const body = JSON.stringify({ query, variables: { ids: ids('Order', 'ring', 1_000) } });
      using _unread = new UnreadConnections(stand.gateway.url, 15, postText(body, { Accept: 'text/event-stream' }));
      return await stand.answerAfter(1_000);
    },
    expected: answered(),
  },
  {
    name: 'a subscription to 1,000 orders that a panel leaves out',
    send: operation(
      () => ({
        query: 'subscription ($ids: [ID!]!) { orderUpdated(ids: $ids) { id } }',
        variables: { ids: ids('Order', 'leaky', 1_000, 500_000) },
      }),
      { headers: { accept: 'text/event-stream' } },
    ),
    expected: bounded(...LOST),
  },
];
