/** Searches, sorting, pages and refreshes of the list of services. */
import { type AttackCase, aliases, answered, bounded, marks, operation, refused } from '../attack-case.ts';

const SEARCH = 'query ($search: String) { services(first: 1, search: $search) { totalCount } }';
const ALL_FIELDS =
  'id number name category type typeText description averageTime cancel refill dripFeed min max orderForm rate { amount currency } panel { id name host }';

export const CATALOGUE_CASES: readonly AttackCase[] = [
  {
    name: 'a search of 900,000 spaces and signs',
    send: operation(() => ({ query: SEARCH, variables: { search: ' !'.repeat(450_000) } })),
    expected: refused(),
  },
  {
    name: '60 aliases of a search with combining marks, 440 KB',
    send: operation(() => ({
      query: `{ ${aliases(60, (at) => `services(first: 1, search: "a${at}${marks(3_600)}") { totalCount }`)} }`,
    })),
    expected: refused(),
  },
  {
    name: 'a search of 480,000 combining marks',
    send: operation(() => ({ query: SEARCH, variables: { search: marks(480_000) } })),
    expected: refused(),
  },
  {
    name: 'a search of 100,000 combining marks',
    send: operation(() => ({ query: SEARCH, variables: { search: marks(100_000) } })),
    expected: refused(),
  },
  {
    name: '60 aliases of 5,000 services with all fields',
    send: operation(() => ({ query: `{ ${aliases(60, `services(first: 5000) { nodes { ${ALL_FIELDS} } }`)} }` })),
    expected: refused(),
  },
  {
    name: '60 aliases of 5,000 services with nodes and edges',
    send: operation(() => ({
      query: `{ ${aliases(60, `services(first: 5000) { nodes { ${ALL_FIELDS} } edges { cursor node { ${ALL_FIELDS} } } }`)} }`,
    })),
    expected: refused(),
  },
  {
    name: '60 aliases of refreshServices',
    send: operation(() => ({
      query: `mutation { ${aliases(60, 'refreshServices(panels: ["Panel:acme", "Panel:bolt", "Panel:core"]) { serviceCount }')} }`,
    })),
    expected: bounded('RATE_LIMITED'),
  },
  {
    name: '60 aliases of services sorted by NAME',
    send: operation(() => ({
      query: `{ ${aliases(60, 'services(first: 1, orderBy: { field: NAME }) { nodes { id } }')} }`,
    })),
    expected: bounded(),
  },
  {
    name: '60 aliases of services sorted by RATE',
    send: operation(() => ({
      query: `{ ${aliases(60, 'services(first: 1, orderBy: { field: RATE }) { nodes { id } }')} }`,
    })),
    expected: bounded(),
  },
  {
    name: '60 aliases of services in 200,000 categories',
    send: operation(() => ({
      query: `query ($categories: [String!]) { ${aliases(60, 'services(first: 1, filter: { categories: $categories }) { totalCount }')} }`,
      variables: { categories: Array.from({ length: 200_000 }, () => 'a') },
    })),
    expected: refused(),
  },
  {
    name: 'one page of 5,000 services with all fields',
    send: operation(() => ({ query: `{ services(first: 5000) { nodes { ${ALL_FIELDS} } } }` })),
    expected: answered(),
  },
];
