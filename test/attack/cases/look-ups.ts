/** Orders, refills and what hangs on them. */
import { type AttackCase, aliases, bounded, ids, operation } from '../attack-case.ts';

const nest = (levels: number, open: string, inner: string): string => open.repeat(levels) + inner + ' }'.repeat(levels);

export const LOOK_UP_CASES: readonly AttackCase[] = [
  {
    name: '60 aliases of 800 orders that a panel leaves out of its answers',
    send: operation(() => ({
      query: `query (${Array.from({ length: 60 }, (_, at) => `$i${at}: [ID!]!`).join()}) { ${aliases(60, (at) => `orders(ids: $i${at}) { status }`)} }`,
      variables: Object.fromEntries(
        Array.from({ length: 60 }, (_, at) => [`i${at}`, ids('Order', 'leaky', 800, 1 + at * 800)]),
      ),
    })),
    expected: bounded('RATE_LIMITED', 'UNEXPECTED_ANSWER', 'PANEL_UNREACHABLE', 'ORDER_NOT_FOUND'),
  },
  {
    name: 'refills of orders of refills, five levels deep',
    send: operation(({ orderId }) => ({
      query: `{ order(id: "${orderId}") { ${nest(5, 'refills { order { ', 'id').replaceAll(' }', ' }')}${' }'.repeat(5)} } }`,
    })),
    expected: bounded(),
  },
  {
    name: 'child orders in a circle, four levels deep',
    send: operation(() => ({ query: `{ order(id: "Order:ring:1") { ${nest(4, 'childOrders { ', 'id')} } }` })),
    expected: bounded(),
  },
];
