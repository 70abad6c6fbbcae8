/** What operations on the gateway's own schema weigh, with three panels whose calls hold a hundred ids. */
import { getIntrospectionQuery, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { getSchema } from '../../../../src/schema/schema.ts';
import { OperationScale } from '../../../../src/server/graphql/weight/operation-scale.ts';

const scale = new OperationScale({
  schema: getSchema(),
  limits: { rows: 20_000, panelCalls: 200, answerBytes: 32_000_000 },
  panels: { count: 3, batchSize: 100 },
});

function weigh(query: string, variables: Record<string, unknown> = {}) {
  const weight = scale.weigh({ document: parse(query), operationName: undefined, variables });
  return { rows: weight?.rows, calls: weight?.panelCalls };
}
const ids = (count: number) => Array.from({ length: count }, (_, index) => `Order:acme:${index}`);
const aliases = (count: number, field: string) =>
  Array.from({ length: count }, (_, index) => `a${index}: ${field}`).join(' ');

describe('the rows of an operation', () => {
  it.each([
    ['a page of the default size', '{ services { nodes { id } } }', {}, 50],
    ['a page of a literal size', '{ services(first: 7) { nodes { id } } }', {}, 7],
    ['a page from the end', '{ services(last: 9) { nodes { id } } }', {}, 9],
    ['a page by a variable', 'query ($n: Int) { services(first: $n) { nodes { id } } }', { n: 300 }, 300],
    ['a variable with a default', 'query ($n: Int = 30) { services(first: $n) { nodes { id } } }', {}, 30],
    ['a null', 'query ($n: Int = 30) { services(first: $n) { nodes { id } } }', { n: null }, 50],
    ['a size beyond the largest page', '{ services(first: 1000000) { nodes { id } } }', {}, 5_000],
    ['a negative size', '{ services(first: -5) { nodes { id } } }', {}, 0],
    ['nodes and edges', '{ services(first: 10) { nodes { id } edges { cursor } } }', {}, 20],
    ['equal fields', '{ services(first: 10) { nodes { id } nodes { name } } }', {}, 20],
    ['no items', '{ services(first: 10) { totalCount } }', {}, 0],
    ['ids', 'query ($ids: [ID!]!) { orders(ids: $ids) { id } }', { ids: ids(500) }, 500],
    ['literal ids', '{ orders(ids: ["Order:acme:1", "Order:acme:2"]) { id } }', {}, 2],
    ['one id in place of a list', '{ orders(ids: "Order:acme:1") { id } }', {}, 1],
    ['aliases', `{ ${aliases(60, 'services(first: 5000) { nodes { id } }')} }`, {}, 300_000],
    ['lists within lists', '{ orders(ids: ["a", "b"]) { refills { id } childOrders { id } } }', {}, 6],
    [
      'a fragment',
      '{ ...A } fragment A on Query { services(first: 8) { ...B } } fragment B on ServiceConnection { nodes { id } }',
      {},
      8,
    ],
    ['a fragment spread twice', '{ ...A ...A } fragment A on Query { services(first: 8) { nodes { id } } }', {}, 16],
    [
      'what is skipped',
      'query ($no: Boolean!) { services { nodes @skip(if: $no) { id } edges @include(if: $no) { cursor } } }',
      { no: true },
      50,
    ],
    ['a fragment that is left out', '{ services { ... @include(if: false) { nodes { id } } } }', {}, 0],
    ['a fragment that is not left out', '{ services(first: 3) { ... @include(if: true) { nodes { id } } } }', {}, 3],
    [
      'the results of a mutation',
      'mutation ($ids: [ID!]!) { refillOrders(orderIds: $ids) { __typename } }',
      { ids: ids(40) },
      40,
    ],
  ])('are counted: %s', (_, query, variables, rows) => {
    expect(weigh(query, variables).rows).toBe(rows);
  });

  it('of the standard introspection are few, and of many aliases in it many', () => {
    expect(weigh(getIntrospectionQuery()).rows).toBeLessThan(5_000);
    expect(weigh(`{ __schema { ${aliases(500, 'types { name }')} } }`).rows).toBeGreaterThan(20_000);
  });
});

describe('the calls to panels', () => {
  it.each([
    ['one order', '{ order(id: "Order:acme:1") { status } }', {}, 1],
    ['orders of one level share calls', `{ ${aliases(60, 'order(id: "Order:acme:1") { status }')} }`, {}, 3],
    [
      'a full batch, and one more at each panel',
      'query ($ids: [ID!]!) { orders(ids: $ids) { id } }',
      { ids: ids(1000) },
      12,
    ],
    ['orders of placements', '{ placements(first: 5000) { nodes { order { status } } } }', {}, 52],
    ['orders and refills apart', '{ order(id: "Order:acme:1") { refills { id } } }', {}, 2],
    [
      'each order has its call',
      'mutation ($in: [AddOrderInput!]!) { addOrders(inputs: $in) { __typename } }',
      { in: Array(50).fill({}) },
      53,
    ],
    [
      'mutations share nothing',
      `mutation { ${aliases(5, 'cancelOrders(orderIds: ["Order:acme:1"]) { __typename }')} }`,
      {},
      5,
    ],
    ['each panel has one balance', `{ ${aliases(60, 'balances { checkedAt }')} }`, {}, 3],
    ['lists are asked for once', `{ ${aliases(60, 'services { totalCount }')} }`, {}, 3],
    ['lists are fetched anew each time', `mutation { ${aliases(60, 'refreshServices { error }')} }`, {}, 180],
    ['lists of some panels', 'mutation { refreshServices(panels: ["Panel:acme"]) { error } }', {}, 1],
    ['an order asks its own panel alone', 'mutation { addOrder(input: {}) { __typename } }', {}, 2],
    ['prices ask for the currency of each panel', '{ services(first: 2) { nodes { rate { amount } } } }', {}, 5],
    ['nothing', '{ placements { nodes { id state } } }', {}, 0],
  ])('are counted: %s', (_, query, variables, calls) => {
    expect(weigh(query, variables).calls).toBe(calls);
  });
});

describe('an operation beyond its limits', () => {
  const check = (query: string, variables: Record<string, unknown> = {}) =>
    scale.check({ document: parse(query), operationName: undefined, variables });

  it('is refused with what it would have asked for, the limit and the remedy', () => {
    expect(() => check(`{ ${aliases(60, 'services(first: 5000) { nodes { id } }')} }`)).toThrow(
      'It asks for 300000 list items; at most 20000 are allowed (limits.rows). Ask for smaller pages (first, last) or fewer ids.',
    );
    expect(() =>
      check(`mutation { ${aliases(60, 'refreshServices { error } b: refreshServices { error }')} }`),
    ).toThrow('It asks for 360 calls to panels; at most 200 are allowed (limits.panelCalls).');
    const wide = `{ placements(first: 5000) { nodes { ${aliases(10, 'details')} } } }`;
    expect(() => check(wide)).toThrow('bytes of an answer; at most 32000000 are allowed (limits.answerBytes)');
  });

  it('names every limit that it exceeds', () => {
    expect(() => check('query ($ids: [ID!]!) { orders(ids: $ids) { id } }', { ids: ids(100_000) })).toThrow(
      /limits\.rows.*limits\.panelCalls/s,
    );
  });

  it('may still ask for the largest page with all fields', () => {
    const service =
      'id number name category type typeText rate { amount currency } min max refill cancel dripFeed description averageTime orderForm orderFields { name kind required min max choices description }';
    expect(check(`{ services(first: 5000) { nodes { ${service} } } }`)?.rows).toBe(5_000);
  });
});

describe('a variable that is used more than once', () => {
  const check = (query: string, variables: Record<string, unknown>) =>
    scale.check({ document: parse(query), operationName: undefined, variables });
  const lists = (count: number) => `query ($ids: [ID!]!) { ${aliases(count, 'orders(ids: $ids) { id }')} }`;

  it('may be as long as four requests in all', () => {
    expect(check(lists(4), { ids: ['x'.repeat(999_900)] })?.rows).toBe(4);
    expect(() => check(lists(4), { ids: ['x'.repeat(1_000_000)] })).toThrow(
      'The variable $ids is used 4 times: written out, it would be longer than 4000000 characters.',
    );
    expect(() => check(lists(1), { ids: ['x'.repeat(5_000_000)] })).not.toThrow();
  });

  it('counts within lists, objects and fragments, wherever they are spread', () => {
    const text = 'x'.repeat(900_000);
    const inList = 'query ($id: ID!) { orders(ids: [$id, $id, $id, $id, $id]) { id } }';
    expect(() => check(inList, { id: text })).toThrow('The variable $id is used 5 times');
    const inFragments =
      'query ($id: ID!) { ...A ...B } fragment B on Query { ...A ...A } fragment A on Query { order(id: $id) { id } node(id: $id) { id } }';
    expect(() => check(inFragments, { id: text })).toThrow('The variable $id is used 6 times');
  });
});
