/** Time as an argument, so that tests can hold it. */
export interface Clock {
  /** Milliseconds since 1970, as `Date.now`. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/**
 * Time for waiting: as `Date.now`, but it never goes back. A wall clock that is set back an hour would make everything
 * that waits for an instant wait an hour longer. Not for dates that are shown.
 */
export const steadyClock: Clock = { now: () => performance.timeOrigin + performance.now() };
