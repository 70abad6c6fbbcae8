/** How long parts of an order's life take. */
export interface OrderPace {
  /** The shortest course of an order, in milliseconds; the longest is twice that. */
  shortestMs: number;
  /** The same for a run of a drip-feed or an order of a subscription. */
  shortestChildMs: number;
  /** The time between the posts of a subscription. */
  postGapMs: number;
  /** The time between the runs of a drip-feed, which also passes before the first. */
  runGapMs: (runs: number) => number;
}

/** How many posts come to a subscription that names no number: an idle hour must not fill the book. */
export const POSTS_OF_UNLIMITED = 12;

/** The pace at a speed. At 1, orders and whole drip-feeds end within one to two minutes. */
export function createPace(speed: number): OrderPace {
  return {
    shortestMs: 60_000 / speed,
    shortestChildMs: 30_000 / speed,
    postGapMs: 10_000 / speed,
    runGapMs: (runs) => Math.min(15_000, 60_000 / runs) / speed,
  };
}
