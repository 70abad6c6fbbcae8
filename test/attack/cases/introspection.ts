/** Introspection, and documents whose shape or whose names are traps. */
import { getIntrospectionQuery } from 'graphql';
import { type AttackCase, aliases, answered, bounded, operation, refused } from '../attack-case.ts';

const list = (count: number, item: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => item(at)).join(' ');

const text = (name: string, query: () => string, expected: AttackCase['expected'], times = 1): AttackCase => ({
  name,
  send: operation(() => ({ query: query() }), { times }),
  expected,
});

const NAMES = ['then', '__proto__', 'toString', 'constructor', 'prototype', 'hasOwnProperty', 'valueOf', 'toJSON'];

export const INTROSPECTION_CASES: readonly AttackCase[] = [
  text(
    'introspection with 500 inner aliases',
    () => `{ __schema { types { fields { ${aliases(500, 'description')} } } } }`,
    refused(),
  ),
  text(
    '60 aliases of the whole introspection',
    () => {
      const [, selections = '', fragments = ''] =
        /^\s*query IntrospectionQuery \{\s*__schema (\{[\s\S]*?\n {6}\})\s*\}\s*([\s\S]*)$/.exec(
          getIntrospectionQuery(),
        ) ?? [];
      return `{ ${aliases(60, `__schema ${selections}`)} } ${fragments}`;
    },
    refused(),
  ),
  text(
    'types within types by introspection',
    () => `{ __schema { types { fields { type { ${'fields { type { '.repeat(8)} name ${'} }'.repeat(8)} } } } } }`,
    refused(),
  ),
  text(
    'arguments of arguments by introspection, 60 aliases',
    () =>
      `{ ${aliases(60, '__schema { types { fields { args { type { ofType { ofType { name description } } } } } } }')} }`,
    refused(),
  ),
  text('the whole introspection', getIntrospectionQuery, answered()),
  ...NAMES.map((name) => text(`an alias \`${name}\`, three times`, () => `{ ${name}: __typename }`, bounded(), 3)),
  {
    name: 'an alias `then` within a purchase',
    send: operation(
      () => ({
        query:
          'mutation ($inputs: [AddOrderInput!]!) { addOrders(inputs: $inputs) { ... on AddOrderSuccess { then: replayed } } }',
        variables: {
          inputs: [
            { serviceId: 'Service:acme:1', details: { default: { link: 'https://social.example', quantity: 10 } } },
          ],
        },
      }),
      { times: 3 },
    ),
    expected: bounded(),
  },
  {
    name: 'variables `$__proto__` and `$constructor`, three times',
    send: operation(
      () => ({
        query:
          'query ($__proto__: ID = "Panel:acme", $constructor: ID!) { a: panel(id: $__proto__) { id } b: panel(id: $constructor) { id } }',
        variables: { constructor: 'Panel:acme' },
      }),
      { times: 3 },
    ),
    expected: bounded(),
  },
  text(
    'fragments that spread the next one twice, thirty levels',
    () =>
      `{ ...f0 } ${list(30, (at) => `fragment f${at} on Query { ...f${at + 1} ...f${at + 1} }`)} fragment f30 on Query { __typename }`,
    refused(),
  ),
  text('fragments in a circle', () => '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }', refused()),
  text(
    'one fragment spread 1,200 times',
    () => `{ ${'...a '.repeat(1_200)} } fragment a on Query { __typename }`,
    refused(),
  ),
  text(
    '550 fragments that nobody spreads',
    () => `{ __typename } ${list(550, (at) => `fragment f${at} on Query { __typename }`)}`,
    refused(),
  ),
  text('900 operations', () => list(900, (at) => `query q${at} { __typename }`), refused()),
  text('600 declared variables', () => `query (${list(600, (at) => `$v${at}: Int = 1`)}) { __typename }`, refused()),
  text(
    '190 fields of one name and other arguments',
    () => `{ ${list(190, (at) => `panel(id: "${at}") { id }`)} }`,
    refused(),
  ),
  text('1,900 braces deep', () => `${'{a'.repeat(1_900)}${'}'.repeat(1_900)}`, refused()),
  text('1,900 lists deep', () => `{ orders(ids: ${'['.repeat(1_900)}${']'.repeat(1_900)}) { id } }`, refused()),
  text(
    '950 objects deep',
    () => `{ services(filter: ${'{a:'.repeat(950)}1${'}'.repeat(950)}) { totalCount } }`,
    refused(),
  ),
  text(
    '1,200 types deep',
    () => `query ($a: ${'['.repeat(1_200)}ID${']'.repeat(1_200)}) { orders(ids: $a) { id } }`,
    refused(),
  ),
  text('900 directives on one field', () => `{ __typename ${'@skip(if: false) '.repeat(600)} }`, refused()),
  text('a hundred field names of 9 KB', () => `{ ${list(100, (at) => `${'a'.repeat(9_000)}${at}`)} }`, refused()),
  text(
    'an enum value of 900 KB',
    () => `{ services(orderBy: { field: ${'A'.repeat(900_000)} }) { totalCount } }`,
    refused(),
  ),
  text('an Int of 900,000 digits', () => `{ placements(first: ${'9'.repeat(900_000)}) { totalCount } }`, refused()),
  text(
    'a Float of 900,000 digits',
    () => `{ services(filter: { maxRate: { amount: 0.${'9'.repeat(900_000)}, currency: "USD" } }) { totalCount } }`,
    refused(),
  ),
  text('a block string of 100,000 lines', () => `{ panel(id: """\n${'   a\n'.repeat(100_000)}""") { id } }`, refused()),
  text('3,900 items of a list in the text', () => `{ orders(ids: [${'"x" '.repeat(3_900)}]) { id } }`, refused()),
];
