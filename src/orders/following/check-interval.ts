/** How long until an order or a refill is asked for again. */
export interface CheckIntervals {
  /** Of a young or a watched one. */
  readonly minIntervalMs: number;
  /** Of an old one. */
  readonly maxIntervalMs: number;
}

/** A tenth of its age: an order of an hour is asked for each six minutes. */
const SHARE_OF_AGE = 0.1;
/** A panel that fails is asked less often, beside what its circuit keeps back. */
const FAILING_FACTOR = 2;

/** Grows with age from the least to the largest interval; a watched one stays at the least. */
export function checkIntervalMs(
  item: { readonly ageMs: number; readonly isWatched: boolean; readonly isFailing: boolean },
  { minIntervalMs, maxIntervalMs }: CheckIntervals,
): number {
  const byAge = item.isWatched ? minIntervalMs : Math.max(minIntervalMs, item.ageMs * SHARE_OF_AGE);
  return Math.min(maxIntervalMs, item.isFailing ? byAge * FAILING_FACTOR : byAge);
}
