import { describe, expect, it } from 'vitest';
import { demoPanels, startDemoPanel } from '../../../../src/demo/demo-panel.ts';
import { startGateway } from '../../../support/gateway.ts';
import { healthyPanel, startScriptedPanel } from '../../../support/scripted-panel.ts';

/** A query is compiled when it comes again: the first answer is graphql-js's, the third that of compiled code. A mutation never is. */
const TIMES = [1, 2, 3];

const QUERIES: readonly (readonly [string, string, object?])[] = [
  [
    'scalars, lists and nulls',
    '{ services(first: 20) { totalCount nodes { id name rate { amount in(currency: "USD") { amount } } refill description orderFields { name kind choices } } pageInfo { endCursor } } }',
  ],
  [
    'interfaces',
    'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Panel { host } ... on Service { name min } ... on Order { status } } }',
    { ids: ['Panel:plus', 'Service:plus:1', 'nonsense', 'Panel:nowhere', 'Order:plus:1', 'Order:broken:1'] },
  ],
  [
    'errors in a list',
    '{ orders(ids: ["Order:broken:1", "x", "Order:plus:1", "Order:broken:2", "Service:plus:1"]) { id } }',
  ],
  ['an error of a root', '{ order(id: "nonsense") { id } panel(id: "Panel:plus") { name } }'],
  [
    'fragments, aliases and directives',
    'query ($with: Boolean!, $without: Boolean!) { a: panel(id: "Panel:plus") { ...P } b: panel(id: "Panel:pica") { ...P } } fragment P on Panel { name host @include(if: $with) dialect @skip(if: $without) }',
    { with: true, without: true },
  ],
  [
    'input objects with variables in them',
    'query ($panel: ID!, $q: SafeInt, $max: MoneyInput) { services(first: 3, filter: { panels: [$panel], quantity: $q, maxRate: $max }, orderBy: { field: RATE }) { nodes { id } } }',
    { panel: 'Panel:cloud', q: 100, max: { amount: '50', currency: 'USD' } },
  ],
  [
    'variables that are wrong',
    'query ($q: SafeInt!) { services(filter: { quantity: $q }) { totalCount } }',
    { q: 1.5 },
  ],
  ['variables that are absent', 'query ($id: ID!) { order(id: $id) { id } }'],
  ['arguments that are refused', '{ services(first: 6000) { totalCount } }'],
  [
    'introspection',
    '{ __schema { queryType { name fields { name description } } } __type(name: "Order") { fields { name type { kind ofType { name } } } } }',
  ],
  [
    'an input with @oneOf',
    'query ($input: AddOrderInput!) { checkOrder(input: $input) { __typename ... on CheckedOrder { quantity } ... on Error { code } } }',
    {
      input: {
        serviceId: 'Service:plus:1',
        details: { default: { link: 'x', quantity: 100 }, package: { link: 'x' } },
      },
    },
  ],
  ['a query that is not valid', '{ nothing }'],
  ['the first of two operations', 'query A { panels { name } } query B { panels { host } }'],
];

describe('a query that comes again', () => {
  it.each(QUERIES.map(([name, query, variables]) => ({ name, query, variables })))(
    'answers the same each time: $name',
    async ({ query, variables }) => {
      const panels = await Promise.all(demoPanels().map((options) => startDemoPanel({ ...options, now: () => 1e12 })));
      await using broken = await startScriptedPanel((form) =>
        form['action'] === 'status' ? '<html>' : healthyPanel()(form),
      );
      const configured = Object.fromEntries(
        demoPanels().map(({ name, flavour, key }, index) => [
          name,
          { url: panels[index]!.url, key, dialect: flavour === 'pica' ? 'pica' : 'standard' },
        ]),
      );
      const failing = { url: broken.url, breaker: { consecutiveFailures: 1000 } };
      await using gateway = await startGateway(
        { ...configured, broken: failing },
        { currency: { base: 'USD', rates: { EUR: '1.1', GBP: '1.3' } } },
      );
      await gateway.ask('{ panels { currency } services { totalCount } }');
      const answers = [];
      for (const _ of TIMES) answers.push(await gateway.ask(query, variables));
      expect(answers[2]).toEqual(answers[0]);
      expect(answers[1]).toEqual(answers[0]);
      await Promise.all(panels.map((panel) => panel.close()));
    },
  );
});

const RESULT = `__typename
  ... on AddOrderSuccess { orderId replayed order { status } placement { state } }
  ... on Error { code } ... on InvalidInput { issues { path message } } ... on PanelRejected { panelMessage }`;
const ADD = `mutation ($input: AddOrderInput!) { addOrder(input: $input) { ${RESULT} } }`;

const inputOf = (idempotencyKey: string, link = 'https://example.com/x', serviceId = 'Service:acme:1') => ({
  serviceId,
  details: { default: { link, quantity: 100 } },
  idempotencyKey,
});

/** What is asked, with another order each time. */
const MUTATIONS: readonly (readonly [string, string, (time: number) => object])[] = [
  ['an order', ADD, (time) => ({ input: inputOf(`key ${time}`) })],
  ['an order that is refused', ADD, (time) => ({ input: inputOf(`key ${time}`, 'refuse me') })],
  ['an input that is wrong', ADD, (time) => ({ input: inputOf(`key ${time}`, '', 'Service:acme:99') })],
  [
    'variables of two forms at once',
    ADD,
    () => ({ input: { ...inputOf('k'), details: { default: {}, package: {} } } }),
  ],
  ['variables that are absent', ADD, () => ({})],
  ['a member that is not known', ADD, () => ({ input: { ...inputOf('key'), nothing: 1 } })],
  [
    'a list, in the order of its inputs',
    `mutation ($inputs: [AddOrderInput!]!) { addOrders(inputs: $inputs) { ${RESULT} } }`,
    (time) => ({ inputs: [inputOf(`a ${time}`), inputOf(`b ${time}`, 'refuse me'), inputOf(`c ${time}`)] }),
  ],
  [
    'several fields, one after the other',
    `mutation ($a: AddOrderInput!, $b: AddOrderInput!) {
      first: addOrder(input: $a) { ${RESULT} } again: addOrder(input: $a) { ${RESULT} }
      other: addOrder(input: $b) { ${RESULT} } cancelOrders(orderIds: ["Order:acme:1", "nonsense"]) { __typename } }`,
    (time) => ({ a: inputOf(`a ${time}`), b: inputOf(`b ${time}`, 'refuse me') }),
  ],
];

describe('a mutation that comes again', () => {
  it.each(MUTATIONS.map(([name, query, variables]) => ({ name, query, variables })))(
    'answers the same each time, and runs once: $name',
    async ({ query, variables }) => {
      await using panel = await startScriptedPanel(
        healthyPanel({
          add: ({ link }) =>
            link === 'refuse me' ? { error: 'Incorrect link' } : { order: 7 + panel.callsOf('add').length },
        }),
      );
      await using gateway = await startGateway({ acme: panel.url });
      await gateway.ask('{ services { totalCount } panels { currency } }');
      const answers = [];
      const adds = [];
      for (const time of TIMES) {
        const before = panel.callsOf('add').length;
        const answer = await gateway.ask(query, variables(time));
        answers.push(JSON.parse(JSON.stringify(answer).replaceAll(/Order:acme:\d+/g, 'Order:acme:N')));
        adds.push(panel.callsOf('add').length - before);
      }
      expect(answers[2]).toEqual(answers[0]);
      expect(answers[1]).toEqual(answers[0]);
      expect(new Set(adds).size).toBe(1);
    },
  );
});
