/** Small requests that stand for much: a variable that is named a thousand times, an answer that repeats what is long. */
import { type AttackCase, aliases, answered, operation, refused } from '../attack-case.ts';

const repeated = (count: number): string => Array.from({ length: count }, () => '$text').join(' ');
const order = (count: number): string =>
  `{ serviceId: "Service:acme:1", details: { customComments: { link: "https://social.example/p/1", comments: [${repeated(count)}] } } }`;

const comments = (name: string, field: string, text: () => string): AttackCase => ({
  name,
  send: operation(() => ({ query: field, variables: { text: text() } })),
  expected: refused(),
});

export const MULTIPLIED_CASES: readonly AttackCase[] = [
  comments(
    'an order of 1,800 comments that are one variable of 900 KB',
    `mutation ($text: String!) { addOrder(input: ${order(1_800)}) { ... on Error { code } } }`,
    () => 'x'.repeat(900_000),
  ),
  comments(
    'an order of 1,600 comments of 310,000 two-byte characters',
    `mutation ($text: String!) { addOrder(input: ${order(1_600)}) { ... on Error { code } } }`,
    () => 'я'.repeat(310_000),
  ),
  comments(
    'a checked order of 1,800 comments of 900 KB of spaces',
    `query ($text: String!) { checkOrder(input: ${order(1_800)}) { ... on InvalidInput { code } } }`,
    () => ' '.repeat(900_000),
  ),
  comments(
    'an order of 1,850 comments of 9.9 KB whose details are told 58 times',
    `mutation ($text: String!) { addOrder(input: ${order(1_850)}) {
      ... on AddOrderSuccess { placement { ${aliases(58, 'details')} } } ... on Error { code } } }`,
    () => 'x'.repeat(9_900),
  ),
  {
    name: 'forty orders that are one variable of 900 KB',
    send: operation(() => ({
      query: `mutation ($input: AddOrderInput!) { addOrders(inputs: [${'$input '.repeat(40)}]) { ... on Error { code } } }`,
      variables: {
        input: {
          serviceId: 'Service:leaky:2',
          details: { other: Array.from({ length: 90 }, (_, at) => ({ name: `p${at}`, value: 'x'.repeat(9_900) })) },
        },
      },
    })),
    expected: refused(),
  },
  {
    name: 'the problems of 180 orders, each told 55 times',
    send: operation(() => ({
      query: `mutation ($input: AddOrderInput!) { addOrders(inputs: [${'$input '.repeat(180)}]) {
        ... on InvalidInput { ${aliases(55, 'issues { path message }')} } } }`,
      variables: {
        input: {
          serviceId: 'Service:leaky:2',
          details: { other: Array.from({ length: 99 }, (_, at) => ({ name: `!${at}`, value: '' })) },
        },
      },
    })),
    expected: refused(),
  },
  {
    name: 'the health of a panel a thousand times, told 58 times',
    send: operation(() => ({
      query: `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Panel { ${aliases(58, 'health { latencyP95Ms errorRate }')} } } }`,
      variables: { ids: Array.from({ length: 1_000 }, () => 'Panel:acme') },
    })),
    expected: answered(),
  },
];
