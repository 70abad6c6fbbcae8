/** Time as an argument, so that tests can hold it. */
export interface Clock {
  /** Milliseconds since 1970, as `Date.now`. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/**
 * The clock for waiting: as `Date.now`, but it never goes back. If the wall clock were used and set back an hour,
 * whatever waits for an instant would wait an hour longer. Not for dates that are shown.
 */
export const steadyClock: Clock = { now: () => performance.timeOrigin + performance.now() };
