/** Headers, addresses and bodies. */
import { type AttackCase, refused } from '../attack-case.ts';

const QUERY = JSON.stringify({ query: '{ __typename }' });

export const TRANSPORT_CASES: readonly AttackCase[] = [
  ...['localhost:99999', '[127.0.0.1]'].map(
    (host): AttackCase => ({
      name: `a POST with the Host ${host}`,
      send: (stand) => stand.post(QUERY, { headers: { host } }),
      expected: refused('FORBIDDEN', 403),
    }),
  ),
];
