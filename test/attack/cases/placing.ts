/** Orders to be checked and bought, and the record of them. */
import { type AttackCase, aliases, answered, bounded, operation, refused } from '../attack-case.ts';

const CHECK = 'checkOrder(input: $input) { ... on InvalidInput { code message issues { path message } } }';
const PLACE =
  'addOrder(input: $input) { __typename ... on Error { code message } ... on InvalidInput { issues { path message } } }';
const LINK = 'https://social.example/p/1';
const PLAIN = { serviceId: 'Service:acme:1', details: { default: { link: LINK, quantity: 100 } } };
/** Of a type that nobody knows, so that it takes the panel's own parameters. */
const OTHER = 'Service:leaky:2';

const parameters = (count: number, parameter: (at: number) => object) =>
  Array.from({ length: count }, (_, at) => ({ name: `p${at}`, ...parameter(at) }));

const check = (name: string, input: () => object, expected = refused(), { count = 1, times = 1 } = {}): AttackCase => ({
  name,
  send: operation(
    () => ({ query: `query ($input: AddOrderInput!) { ${aliases(count, CHECK)} }`, variables: { input: input() } }),
    { times },
  ),
  expected,
});

const place = (name: string, input: () => object, expected = refused()): AttackCase => ({
  name,
  send: operation(() => ({ query: `mutation ($input: AddOrderInput!) { ${PLACE} }`, variables: { input: input() } })),
  expected,
});

const many = (
  name: string,
  input: (at: number) => object,
  count: number,
  expected: AttackCase['expected'],
): AttackCase => ({
  name,
  send: operation(() => ({
    query:
      'mutation ($inputs: [AddOrderInput!]!) { addOrders(inputs: $inputs) { __typename ... on Error { code message } ... on InvalidInput { issues { path message } } } }',
    variables: { inputs: Array.from({ length: count }, (_, at) => input(at)) },
  })),
  expected,
});

const placements = (name: string, filter: () => object, expected = refused()): AttackCase => ({
  name,
  send: operation(() => ({
    query: 'query ($filter: PlacementFilter) { placements(filter: $filter) { totalCount nodes { id } } }',
    variables: { filter: filter() },
  })),
  expected,
});

const repeated = (count: number, value: string): string[] => Array.from({ length: count }, () => value);

export const PLACING_CASES: readonly AttackCase[] = [
  check(
    '60 aliases of checkOrder with 28,000 parameters',
    () => ({ serviceId: OTHER, details: { other: parameters(28_000, () => ({ value: '1' })) } }),
    refused(),
    { count: 60 },
  ),
  check(
    '60 aliases of checkOrder with 28,000 parameters without a value, three times',
    () => ({ serviceId: OTHER, details: { other: parameters(28_000, () => ({})) } }),
    refused(),
    { count: 60, times: 3 },
  ),
  check(
    '60 aliases of checkOrder with 90 parameters of 9 KB',
    () => ({ serviceId: OTHER, details: { other: parameters(90, () => ({ value: 'a1 '.repeat(3_000) })) } }),
    bounded(),
    { count: 60 },
  ),
  check('a parameter of 900 KB', () => ({
    serviceId: OTHER,
    details: { other: [{ name: 'a', value: 'x'.repeat(900_000) }] },
  })),
  check('a parameter name of 900 KB', () => ({
    serviceId: OTHER,
    details: { other: [{ name: '['.repeat(900_000), value: 'x' }] },
  })),
  check('a link of 900 KB', () => ({
    ...PLAIN,
    details: { default: { link: `https://a.example/${' '.repeat(450_000)}${'x'.repeat(450_000)}`, quantity: 100 } },
  })),
  check('200,000 comments', () => ({
    ...PLAIN,
    details: { customComments: { link: LINK, comments: repeated(200_000, 'a') } },
  })),
  check(
    '60 aliases of 9,000 comments',
    () => ({ ...PLAIN, details: { customComments: { link: LINK, comments: repeated(9_000, 'nice') } } }),
    refused(),
    { count: 60 },
  ),
  check('sixty members that nobody knows beside one of 900 KB', () => ({
    ...PLAIN,
    reference: 'x'.repeat(900_000),
    ...Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`unknown${at}`, at])),
  })),
  check('18 forms at once', () => ({
    ...PLAIN,
    details: Object.fromEntries(
      ['default', 'package', 'customComments', 'subscription', 'poll', 'seo'].map((form) => [form, { link: LINK }]),
    ),
  })),
  check('a quantity of 1e308', () => ({ ...PLAIN, details: { default: { link: LINK, quantity: 1e308 } } })),
  check('the largest quantity in the most runs', () => ({
    ...PLAIN,
    details: { default: { link: LINK, quantity: Number.MAX_SAFE_INTEGER, runs: 2 ** 31 - 1, interval: 1 } },
  })),
  {
    name: '60 aliases of addOrder with 28,000 parameters',
    send: operation(() => ({
      query: `mutation ($input: AddOrderInput!) { ${aliases(60, PLACE)} }`,
      variables: { input: { serviceId: OTHER, details: { other: parameters(28_000, () => ({ value: '1' })) } } },
    })),
    expected: refused(),
  },
  place('a maxCharge of 900,000 digits', () => ({
    ...PLAIN,
    maxCharge: { amount: '9'.repeat(900_000), currency: 'USD' },
  })),
  place('a currency of 900,000 spaces', () => ({
    ...PLAIN,
    maxCharge: { amount: '1', currency: `${' '.repeat(900_000)}USDX#` },
  })),
  place('a key of 900 KB', () => ({ ...PLAIN, idempotencyKey: 'k'.repeat(900_000) })),
  place('a reference of 900 KB', () => ({ ...PLAIN, reference: 'r'.repeat(900_000) })),
  place('a key with a NUL', () => ({ ...PLAIN, idempotencyKey: 'a\0b' })),
  place('a reference with a lone surrogate', () => ({ ...PLAIN, reference: 'a\ud800' })),
  place('a link with a NUL', () => ({ ...PLAIN, details: { default: { link: 'a\0b', quantity: 100 } } })),
  many(
    '1,000 orders with a hundred bad parameters',
    () => ({ serviceId: OTHER, details: { other: repeated(30, '').map(() => ({ name: '1', value: '' })) } }),
    900,
    bounded(),
  ),
  many(
    '1,000 orders under one key',
    () => ({ ...PLAIN, idempotencyKey: 'one key' }),
    1_000,
    bounded('IDEMPOTENCY_CONFLICT'),
  ),
  many('8,000 orders', () => PLAIN, 8_000, refused()),
  {
    name: '60 aliases of addOrders with 100 services that nobody sells',
    send: operation(() => ({
      query: `mutation ($inputs: [AddOrderInput!]!) { ${aliases(60, 'addOrders(inputs: $inputs) { ... on Error { code } }')} }`,
      variables: { inputs: Array.from({ length: 100 }, () => ({ ...PLAIN, serviceId: 'Service:acme:999999' })) },
    })),
    expected: bounded(),
  },
  placements('placements in 40,000 states', () => ({ states: repeated(40_000, 'PLACED') })),
  placements('placements in 40,000 statuses', () => ({ statuses: repeated(40_000, 'COMPLETED') })),
  placements('placements of 60,000 panels', () => ({ panels: repeated(60_000, 'Panel:acme') })),
  placements(
    'placements of 1,000 panels in all states and statuses',
    () => ({
      panels: Array.from({ length: 1_000 }, (_, at) => `Panel:p${at}`),
      states: ['PENDING', 'PLACED', 'REJECTED', 'UNKNOWN'],
      statuses: ['PENDING', 'COMPLETED', 'CANCELED', 'FAILED'],
    }),
    answered(),
  ),
  placements('placements with a reference that holds a NUL', () => ({ reference: 'a\0b' })),
  placements('placements with a reference of 900 KB', () => ({ reference: 'r'.repeat(900_000) })),
  {
    name: 'a placement under a key that holds a NUL',
    send: operation(() => ({
      query: 'query ($key: String) { placement(idempotencyKey: $key) { id } }',
      variables: { key: 'a\0b' },
    })),
    expected: refused(),
  },
  {
    name: 'instants at the ends of time',
    send: operation(() => ({
      query:
        '{ placements(filter: { createdAfter: "0000-01-01T00:00:00Z", createdBefore: "9999-12-31T23:59:59.999999999+23:59" }) { totalCount } }',
    })),
    expected: bounded(),
  },
];
