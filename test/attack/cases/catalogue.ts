/** Searches, sorting, pages and refreshes of the list of services. */
import { type AttackCase, aliases, answered, bounded, ids, marks, operation, refused } from '../attack-case.ts';

const SEARCH = 'query ($search: String) { services(first: 1, search: $search) { totalCount } }';
const ALL_FIELDS =
  'id number name category type typeText description averageTime cancel refill dripFeed min max orderForm rate { amount currency } panel { id name host }';
const THREE = 'panels: ["Panel:acme", "Panel:bolt", "Panel:core"]';

const search = (name: string, text: () => string): AttackCase => ({
  name,
  send: operation(() => ({ query: SEARCH, variables: { search: text() } })),
  expected: refused(),
});

/** The same field under sixty aliases. */
const sixty = (name: string, field: string | ((at: number) => string), expected = bounded()): AttackCase => ({
  name: `60 aliases of ${name}`,
  send: operation(() => ({ query: `{ ${aliases(60, field)} }` })),
  expected,
});

const filter = (
  name: string,
  type: string,
  member: string,
  value: () => unknown,
  expected = refused(),
): AttackCase => ({
  name,
  send: operation(() => ({
    query: `query ($value: ${type}) { services(first: 1, filter: { ${member}: $value }) { totalCount } }`,
    variables: { value: value() },
  })),
  expected,
});

export const CATALOGUE_CASES: readonly AttackCase[] = [
  search('a search of 900,000 spaces and signs', () => ' \u00b4'.repeat(300_000)),
  search('a search of 450,000 combining marks', () => marks(450_000)),
  search('a search of 100,000 combining marks', () => marks(100_000)),
  search('a search of 300,000 ligatures that fold to 18 letters', () => '\ufdfa'.repeat(300_000)),
  sixty(
    'a search with combining marks, 440 KB',
    (at) => `services(first: 1, search: "a${at}${marks(3_600)}") { totalCount }`,
    refused(),
  ),
  sixty(
    'a search of 190 characters in 60 words',
    (at) => `services(first: 1, search: "${'i s '.repeat(45)}${at}") { totalCount }`,
  ),
  sixty('5,000 services with all fields', `services(first: 5000) { nodes { ${ALL_FIELDS} } }`, refused()),
  sixty(
    '5,000 services with nodes and edges',
    `services(first: 5000) { nodes { id name category description } edges { cursor node { id name category } } }`,
    refused(),
  ),
  {
    name: '60 aliases of refreshServices',
    send: operation(() => ({
      query: `mutation { ${aliases(60, `refreshServices(${THREE}) { serviceCount }`)} }`,
    })),
    expected: bounded('RATE_LIMITED'),
  },
  sixty('services sorted by NAME', 'services(first: 1, orderBy: { field: NAME }) { nodes { id } }'),
  sixty('services sorted by RATE', 'services(first: 1, orderBy: { field: RATE }) { nodes { id } }'),
  sixty(
    'services sorted by RATE, each filtered otherwise',
    (at) =>
      `services(first: 1, filter: { quantity: ${10 + at} }, orderBy: { field: RATE, direction: DESC }) { nodes { id } }`,
  ),
  {
    name: '60 aliases of services in 200,000 categories',
    send: operation(() => ({
      query: `query ($categories: [String!]) { ${aliases(60, 'services(first: 1, filter: { categories: $categories }) { totalCount }')} }`,
      variables: { categories: Array.from({ length: 200_000 }, () => 'a') },
    })),
    expected: refused(),
  },
  filter('services in a category of 900 KB', '[String!]', 'categories', () => ['a'.repeat(900_000)], bounded()),
  filter('services of 60,000 types', '[ServiceType!]', 'types', () => Array.from({ length: 60_000 }, () => 'DEFAULT')),
  filter('services of 60,000 panels', '[ID!]', 'panels', () => Array.from({ length: 60_000 }, () => 'Panel:acme')),
  filter('services below a rate of 900,000 digits', 'MoneyInput', 'maxRate', () => ({
    amount: `0.${'9'.repeat(900_000)}`,
    currency: 'USD',
  })),
  filter('services below a rate with an exponent of 99999', 'MoneyInput', 'maxRate', () => ({
    amount: '1e99999',
    currency: 'USD',
  })),
  sixty(
    'services after a place far beyond the list',
    (at) =>
      `services(first: 1, after: "${Buffer.from(`99999999999999${at % 10}:acme:x${at}`).toString('base64url')}") { nodes { id } }`,
    bounded(),
  ),
  {
    name: 'a cursor of 900 KB',
    send: operation(() => ({
      query: 'query ($after: String) { services(first: 1, after: $after) { totalCount } }',
      variables: { after: 'a'.repeat(900_000) },
    })),
    expected: refused(),
  },
  {
    name: '5,000 services with 60 quotes each',
    takesLong: true,
    send: operation(() => ({
      query: `{ services(first: 5000) { nodes { ${aliases(60, (at) => `quote(quantity: ${9_007_199_254_740_000 + at}) { amount }`)} } } }`,
    })),
    expected: bounded(),
  },
  {
    name: '5,000 services with 50 order forms each',
    send: operation(() => ({
      query: `{ services(first: 5000) { nodes { ${aliases(50, 'orderFields { name kind required description choices }')} } } }`,
    })),
    expected: refused(),
  },
  {
    name: '5,000 services with catalogues of panels of catalogues',
    send: operation(() => ({
      query: `{ services(first: 5000) { nodes { ${'panel { catalogue { '.repeat(5)} serviceCount ${'} }'.repeat(5)} } } }`,
    })),
    expected: bounded(),
  },
  {
    name: '60 aliases of 1,000 services by their ids',
    send: operation(() => ({
      query: `query ($ids: [ID!]!) { ${aliases(60, `nodes(ids: $ids) { ... on Service { ${ALL_FIELDS} } }`)} }`,
      variables: { ids: ids('Service', 'acme', 1_000) },
    })),
    expected: refused(),
  },
  {
    name: 'pages of impossible sizes',
    send: operation(() => ({
      query:
        '{ a: services(first: 2147483647) { totalCount } b: services(last: -1) { totalCount } c: services(first: 1, last: 1) { totalCount } }',
    })),
    expected: refused(),
  },
  {
    name: 'one page of 5,000 services with all fields',
    send: operation(() => ({ query: `{ services(first: 5000) { nodes { ${ALL_FIELDS} } } }` })),
    expected: answered(),
  },
];
