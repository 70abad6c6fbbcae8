/** The attacks that take little time, on one gateway with a heap of a gigabyte. `npm run test:attack` runs all of them. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findExcess, runAttack } from './attack-run.ts';
import { ATTACKS } from './cases/index.ts';
import { Stand } from './stand/stand.ts';

let stand: Stand;
beforeAll(async () => {
  const checkout = fileURLToPath(new URL('../..', import.meta.url));
  stand = await Stand.open({ checkout, heapMb: 1_024, patienceMs: 20_000 });
});
afterAll(() => stand[Symbol.asyncDispose]());

const quick = Object.entries(ATTACKS)
  .map(([kind, attacks]) => [kind, attacks.filter(({ takesLong }) => !takesLong)] as const)
  .filter(([, attacks]) => attacks.length > 0);

describe.each(quick)('an attack by %s', (_kind, attacks) => {
  const named = attacks.map((attack) => [attack.name, attack] as const);
  it.each(named)('%s: ends as expected, and others are served meanwhile', async (_name, attack) => {
    const figures = await runAttack(stand, attack);
    expect(figures.fault ?? findExcess(figures, attack)).toBeNull();
  });
});
