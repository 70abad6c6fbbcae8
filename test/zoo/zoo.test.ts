import { describe, expect, it } from 'vitest';
import { PANEL_KINDS } from './panels/index.ts';
import { findFaults } from './run/find-faults.ts';
import { openZoo } from './run/open-zoo.ts';
import { printOutcomes } from './run/outcome-tables.ts';
import { placeOrders } from './run/place-orders.ts';
import { wantRandomOrder } from './run/random-order.ts';
import { readPlacements } from './run/read-placements.ts';

const ORDERS = Number(process.env['ZOO_ORDERS'] ?? 250);
const SEED = Number(process.env['ZOO_SEED'] ?? 20_261_125);
const LONGEST_MS = 600_000;

const ROUGH_WEATHER = { faults: 0.15, whims: 0.02, outages: 0.03, deposits: 0.3 };
/** A silent panel is soon given up, and one that fails is soon tried again. */
const HASTY = { addTimeoutMs: 1_000, breaker: { halfOpenAfterMs: 50 } };

describe(`${ORDERS} orders at all panels of the zoo, 20 at a time, in rough weather`, () => {
  it('end as what the panels’ own books say', { timeout: LONGEST_MS }, async () => {
    await using zoo = await openZoo(PANEL_KINDS, { seed: SEED, settings: HASTY });
    for (const { shop } of zoo.panels) shop.weather = ROUGH_WEATHER;
    const orders = Array.from({ length: ORDERS }, (_, index) => wantRandomOrder(index, SEED, PANEL_KINDS));
    const placed = await placeOrders(zoo.gateway, orders, { atOneTime: 20 });
    const placements = await readPlacements(zoo.gateway);
    console.info(printOutcomes(placed, placements, zoo.panels));
    const faults = placed.flatMap((each) => {
      const panel = zoo.panels.find(({ id }) => id === each.order.panel);
      return panel ? findFaults(each, placements.get(each.order.mark), panel) : ['no such panel'];
    });
    expect(faults, `seed ${SEED}: run it again with ZOO_SEED=${SEED} ZOO_ORDERS=${ORDERS}`).toEqual([]);
  });
});
