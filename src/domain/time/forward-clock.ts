import type { Clock } from './clock.ts';

/**
 * Follows the wall clock forwards but never back. When the wall clock is set back, this clock goes on from where it was.
 * When the wall clock jumps forward, or the machine wakes from a sleep in which the steady clock stood still, this clock
 * jumps along. An age by this clock is never negative and, as far as the process can know, never less than the true age.
 * Not for dates that are shown.
 */
export function createForwardClock(wall: Clock, steady: Clock): Clock {
  let latest = Number.NEGATIVE_INFINITY;
  let steadyAt = steady.now();
  return {
    now() {
      const steadyNow = steady.now();
      latest = Math.max(wall.now(), latest + Math.max(0, steadyNow - steadyAt));
      steadyAt = steadyNow;
      return latest;
    },
  };
}
