/** Time as an argument, so that tests can hold it. */
export interface Clock {
  /** Milliseconds since 1970, as `Date.now`. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
