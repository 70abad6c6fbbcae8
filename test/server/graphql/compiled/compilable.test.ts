import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { findRequiredVariables, isCompilable } from '../../../../src/server/graphql/compiled/compilable.ts';
import { startGateway } from '../../../support/gateway.ts';
import { orderInput } from '../../../support/orders.ts';
import { healthyPanel, startScriptedPanel } from '../../../support/scripted-panel.ts';

/** What graphql-jit 0.8 takes for its own mark of a date, followed by what would become code. */
const MARK = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d';

/** Fragments that spread the next one twice: written out, 2 to the power of `levels` fields. */
const doubled = (levels: number): string =>
  Array.from({ length: levels }, (_, at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`).join(' ') +
  ` fragment F${levels} on Query { panels { name } } { ...F0 }`;

describe('what is left to graphql-js', () => {
  it.each([
    ['a text that graphql-jit would take for code', `{ node(id: "${MARK} 1") { id } }`],
    ['the same, escaped', `{ node(id: "\\u005f_MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d 1") { id } }`],
    ['the same, in a block', `{ node(id: """${MARK} 1""") { id } }`],
    ['conditions where fragments are shared', '{ a: panels { ...P @skip(if: true) } } fragment P on Panel { name }'],
    ['fragments that double thirty times', doubled(30)],
  ])('is %s', (_name, text) => {
    expect(isCompilable(parse(text))).toBe(false);
  });

  it.each([
    [
      'conditions without fragments',
      'query ($a: Boolean!) { panels { name @skip(if: $a) ... @include(if: $a) { host } } }',
    ],
    ['fragments without conditions', '{ panels { ...P } } fragment P on Panel { name }'],
    ['fragments that double a few times', doubled(5)],
  ])('is not %s', (_name, text) => {
    expect(isCompilable(parse(text))).toBe(true);
  });

  it('is an operation whose variables have defaults; variables within a literal must be given', () => {
    expect(findRequiredVariables(parse('query ($a: Int = 1) { services(first: $a) { totalCount } }'))).toBeNull();
    const text =
      'query ($a: Int, $b: ID!, $c: SafeInt) { services(first: $a, filter: { panels: [$b], quantity: $c }) { totalCount } }';
    expect(findRequiredVariables(parse(text))).toEqual(new Set(['b', 'c']));
  });
});

describe('a gateway that is asked often', () => {
  const TIMES = [1, 2, 3, 4];

  async function askOften(query: string, variables?: object) {
    await using panel = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway({ acme: panel.url });
    const answers = [];
    for (const _ of TIMES) answers.push(await gateway.ask(query, variables));
    return { answers, adds: panel.callsOf('add').length };
  }

  it('runs no code that is written into an argument', async () => {
    const { answers } = await askOften(`{ node(id: "${MARK} globalThis.isRun = true") { id } }`);
    expect(globalThis).not.toHaveProperty('isRun');
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('answers a mutation whose default is overruled by null', async () => {
    const query = `mutation ($input: AddOrderInput!, $ids: [ID!] = ["Order:acme:1"]) {
      addOrder(input: $input) { __typename } cancelOrders(orderIds: $ids) { __typename } }`;
    const { answers, adds } = await askOften(query, { input: orderInput(), ids: null });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(adds).toBe(TIMES.length);
  });

  it('answers as before where a fragment is left out in one place and not in the other', async () => {
    const query = `query ($with: Boolean!) { a: panels { ...P @include(if: $with) } b: panels { ...P } }
      fragment P on Panel { name }`;
    const { answers } = await askOften(query, { with: false });
    for (const { data } of answers) expect(data).toEqual({ a: [{}], b: [{ name: 'acme' }] });
  });

  it('keeps a variable that is absent in a literal absent', async () => {
    const query = `mutation ($link: String!, $runs: Int) { addOrder(input: { serviceId: "Service:acme:1",
      details: { default: { link: $link, quantity: 100, runs: $runs } } }) {
      ... on AddOrderSuccess { placement { details } } ... on Error { code message } } }`;
    const { answers } = await askOften(query, { link: 'https://example.com/x' });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });
});
