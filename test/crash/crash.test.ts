import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestPostgres, tryStartPostgres } from '../support/postgres.ts';
import { runCrashes } from './crash-run.ts';

/** A few rounds of `npm run test:crash`, with more under way at a time: each order waits less, and more are cut off. */
const SMALL = { rounds: 3, ordersPerRound: 60, seed: 20_260_101 };
const LONGEST_MS = 180_000;

describe.concurrent('a gateway that is killed while orders are under way', () => {
  it('loses none and buys none twice, on SQLite', { timeout: LONGEST_MS }, async () => {
    const { rounds, violations, logged } = await runCrashes({
      ...SMALL,
      store: 'sqlite',
      gateways: 1,
      addConcurrency: 8,
    });
    expect({ violations, logged }).toEqual({ violations: [], logged: [] });
    expect(rounds.every(({ settledAfterMs }) => settledAfterMs < 20_000)).toBe(true);
  });

  describe('beside two others', () => {
    let postgres: TestPostgres | string;
    beforeAll(async () => {
      postgres = await tryStartPostgres();
    });
    afterAll(async () => {
      if (typeof postgres !== 'string') await postgres.close();
    });

    it('loses none and buys none twice, on PostgreSQL', { timeout: LONGEST_MS }, async (context) => {
      if (typeof postgres === 'string') return context.skip(postgres);
      const store = (await postgres.createDatabase()) as `postgres${string}`;
      const { rounds, violations, logged } = await runCrashes({ ...SMALL, store, gateways: 3, addConcurrency: 3 });
      expect({ violations, logged }).toEqual({ violations: [], logged: [] });
      expect(rounds.every(({ settledAfterMs }) => settledAfterMs < 20_000)).toBe(true);
    });
  });
});
