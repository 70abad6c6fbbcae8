import { describe, expect, it } from 'vitest';
import { checkIntervalMs } from '../../../src/orders/following/check-interval.ts';

const BOUNDS = { minIntervalMs: 30_000, maxIntervalMs: 3_600_000 };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const item = { ageMs: 0, isWatched: false, isFailing: false };

describe('the interval of checks', () => {
  it.each([
    [0, 30_000],
    [5 * MINUTE, 30_000],
    [HOUR, 6 * MINUTE],
    [5 * HOUR, 30 * MINUTE],
    [10 * HOUR, HOUR],
    [1000 * HOUR, HOUR],
  ])('at an age of %i ms is %i ms', (ageMs, expected) => {
    expect(checkIntervalMs({ ...item, ageMs }, BOUNDS)).toBe(expected);
  });

  it('never falls as an order ages', () => {
    const ages = Array.from({ length: 200 }, (_, index) => index * 5 * MINUTE);
    const intervals = ages.map((ageMs) => checkIntervalMs({ ...item, ageMs }, BOUNDS));
    expect(intervals).toEqual([...intervals].sort((left, right) => left - right));
  });

  it('is the least one while the order is watched, however old it is', () => {
    expect(checkIntervalMs({ ...item, ageMs: 1000 * HOUR, isWatched: true }, BOUNDS)).toBe(30_000);
  });

  it('is longer while the panel fails, also for a watched one, and within the bounds', () => {
    expect(checkIntervalMs({ ...item, isFailing: true }, BOUNDS)).toBe(60_000);
    expect(checkIntervalMs({ ...item, isWatched: true, isFailing: true }, BOUNDS)).toBe(60_000);
    expect(checkIntervalMs({ ...item, ageMs: 1000 * HOUR, isFailing: true }, BOUNDS)).toBe(HOUR);
  });

  it('stays within bounds that are one', () => {
    const bounds = { minIntervalMs: 500, maxIntervalMs: 500 };
    for (const isFailing of [true, false]) {
      expect(checkIntervalMs({ ...item, ageMs: HOUR, isFailing }, bounds)).toBe(500);
    }
  });
});
