/** Every attack, one after the other, on one gateway with a heap of a gigabyte. `npm run test:attack` shows the figures. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runAttack } from './attack-run.ts';
import { ATTACKS } from './cases/index.ts';
import { Stand } from './stand/stand.ts';

/** The gateway promises 50 ms; beside other tests, on two cores, everything takes longer. */
const LONGEST_WAIT_MS = 1_000;
const MOST_MB = 300;
/** `limits.panelCalls` of the configuration, which are for one request. */
const MOST_PANEL_CALLS = 200;

let stand: Stand;
beforeAll(async () => {
  const checkout = fileURLToPath(new URL('../..', import.meta.url));
  stand = await Stand.open({ checkout, heapMb: 1_024, patienceMs: 10_000 });
});
afterAll(() => stand[Symbol.asyncDispose]());

describe.each(Object.entries(ATTACKS))('an attack by %s', (_kind, attacks) => {
  const named = attacks.map((attack) => [attack.name, attack] as const);
  it.each(named)('%s: ends as expected, and others are served meanwhile', async (_name, attack) => {
    const figures = await runAttack(stand, attack);
    expect(figures.fault).toBeNull();
    expect(figures.panelCalls).toBeLessThanOrEqual(attack.mostPanelCalls ?? MOST_PANEL_CALLS);
    expect(figures.longestWaitMs).toBeLessThan(LONGEST_WAIT_MS);
    // Linux alone tells the memory of another process.
    expect(figures.grownMb ?? 0).toBeLessThan(MOST_MB);
  });
});
