import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { getSchema } from '../../../../src/schema/schema.ts';
import { findRequiredVariables, isCompilable } from '../../../../src/server/graphql/compiled/compilable.ts';
import { startGateway } from '../../../support/gateway.ts';
import { healthyPanel, startScriptedPanel } from '../../../support/scripted-panel.ts';

/** What graphql-jit 0.8 takes for its own mark of a date, followed by what would become code. */
const MARK = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d';

function isLetThrough(text: string): boolean {
  const document = parse(text);
  expect(validate(getSchema(), document).map(({ message }) => message)).toEqual([]);
  return isCompilable(document, getSchema());
}

describe('the grammar of what is compiled', () => {
  it.each([
    ['a query without a name', '{ panels { name } }'],
    ['a query with a name', 'query Names_1 { panels { name } }'],
    ['aliases', '{ a: panels { title: name name: host } b_2: panels { name } }'],
    [
      'a @oneOf object',
      'query ($p: PackageDetails!) { checkOrder(input: { serviceId: "x", details: { package: $p } }) { __typename } }',
    ],
    ['a field that is repeated', '{ panels { name name } panels { host } }'],
    ['fragments with a name', '{ ...All } fragment All on Query { panels { ...P } } fragment P on Panel { name }'],
    ['fragments on interfaces and unions', '{ node(id: "x") { __typename id ... on Panel { host } ... { id } } }'],
    ['__typename under another name', '{ kind: __typename }'],
    ['variables', 'query ($id: ID!, $first: Int) { order(id: $id) { id } services(first: $first) { totalCount } }'],
    ['variables within a list and an object', 'query ($a: ID!) { services(filter: { panels: [$a] }) { totalCount } }'],
    [
      'literals',
      '{ services(search: "a_b", first: 20, filter: { refill: true, types: [DEFAULT], maxRate: { amount: 0.5, currency: "USD" } }) { totalCount } }',
    ],
  ])('holds %s', (_name, text) => {
    expect(isLetThrough(text)).toBe(true);
  });

  it.each([
    ['a mutation', 'mutation { cancelOrders(orderIds: []) { __typename } }'],
    ['a subscription', 'subscription { orderUpdated(ids: []) { id } }'],
    ['two operations', 'query A { panels { name } } query B { panels { host } }'],
    ['a directive', '{ panels { name @include(if: true) } }'],
    ['a directive on a fragment', '{ panels { ... @skip(if: false) { name } } }'],
    ['an alias that is found in every object', '{ toString: panels { name } }'],
    ['an alias that makes a promise', '{ then: __typename }'],
    ['an alias that is written into code', '{ panels { prototype: name } }'],
    ['an alias with two underscores first', '{ __proto__: panels { name } }'],
    ['an alias with an underscore first', '{ _: panels { name } }'],
    ['such a name of a fragment', '{ ...constructor } fragment constructor on Query { panels { name } }'],
    ['such a name of the operation', 'query valueOf { panels { name } }'],
    ['such a name of a variable', 'query ($then: ID!) { order(id: $then) { id } }'],
    ['introspection', '{ __schema { queryType { name } } }'],
    ['a default', 'query ($first: Int = 1) { services(first: $first) { totalCount } }'],
    [
      'a variable that may be null where null may not stand',
      'query ($d: OrderDirection) { services(orderBy: { field: RATE, direction: $d }) { totalCount } }',
    ],
    [
      'such a variable as a member of a @oneOf object',
      'query ($p: PackageDetails) { checkOrder(input: { serviceId: "x", details: { package: $p } }) { __typename } }',
    ],
    ['null', '{ services(first: null) { totalCount } }'],
    ['a number that JSON writes as another', '{ services(filter: { quantity: -0 }) { totalCount } }'],
    ['a text that graphql-jit would take for code', `{ node(id: "${MARK} 1") { id } }`],
    ['the same, escaped', `{ node(id: "\\u005f_MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d 1") { id } }`],
    ['the same, in a block', `{ node(id: """${MARK} 1""") { id } }`],
  ])('does not hold %s', (_name, text) => {
    const document = parse(text);
    expect(isCompilable(document, getSchema())).toBe(false);
  });

  it('wants variables within a literal to be given', () => {
    const text =
      'query ($a: Int, $b: ID!, $c: SafeInt) { services(first: $a, filter: { panels: [$b], quantity: $c }) { totalCount } }';
    expect(findRequiredVariables(parse(text))).toEqual(new Set(['b', 'c']));
  });
});

describe('a gateway that is asked often', () => {
  it('runs no code that is written into an argument', async () => {
    await using panel = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway({ acme: panel.url });
    const answers = [];
    for (const _ of [1, 2, 3, 4]) {
      answers.push(await gateway.ask(`{ node(id: "${MARK} globalThis.isRun = true") { id } }`));
    }
    expect(globalThis).not.toHaveProperty('isRun');
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });
});
