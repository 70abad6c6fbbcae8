/** How often an order or a refill is asked for. */
export interface CheckIntervals {
  /** The interval of a young or a watched order. */
  readonly minIntervalMs: number;
  /** The interval of an old order. */
  readonly maxIntervalMs: number;
}

/** The interval is a tenth of the age: an order that is an hour old is asked for every six minutes. */
const SHARE_OF_AGE = 0.1;
/** An order whose look-up fails is asked for less often, in addition to the calls that the circuit keeps back. */
const FAILING_FACTOR = 2;

/** The interval grows with age from the least to the largest. It stays at the least for a watched order. */
export function checkIntervalMs(
  item: { readonly ageMs: number; readonly isWatched: boolean; readonly isFailing: boolean },
  { minIntervalMs, maxIntervalMs }: CheckIntervals,
): number {
  const byAge = item.isWatched ? minIntervalMs : Math.max(minIntervalMs, item.ageMs * SHARE_OF_AGE);
  return Math.min(maxIntervalMs, item.isFailing ? byAge * FAILING_FACTOR : byAge);
}
