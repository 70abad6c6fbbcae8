/** Orders to be checked and bought, and the record of them. */
import { type AttackCase, aliases, operation, refused } from '../attack-case.ts';

const parameters = (count: number, value = '1') =>
  Array.from({ length: count }, (_, at) => ({ name: `p${at}`, value }));

export const PLACING_CASES: readonly AttackCase[] = [
  {
    name: '60 aliases of checkOrder with 28,000 parameters',
    // Compiled code reads variables in its own way.
    send: operation(() => ({
      query: `query ($input: AddOrderInput!) { ${aliases(60, 'checkOrder(input: $input) { ... on InvalidInput { code issues { path message } } }')} }`,
      variables: { input: { serviceId: 'Service:acme:1', details: { other: parameters(28_000) } } },
    })),
    expected: refused(),
  },
  {
    name: 'placements in 40,000 states',
    send: operation(() => ({
      query: 'query ($states: [PlacementState!]) { placements(filter: { states: $states }) { totalCount } }',
      variables: { states: Array.from({ length: 40_000 }, () => 'PLACED') },
    })),
    expected: refused(),
  },
];
