import type { Clock } from '../domain/clock.ts';

/**
 * Time for waiting: as `Date.now`, but it never goes back. A wall clock that is set back an hour would hold up for
 * that hour whatever waits for an instant. Not for dates that are shown.
 */
export const steadyClock: Clock = { now: () => performance.timeOrigin + performance.now() };
