import type { Clock } from './clock.ts';

/**
 * A wall clock that is believed forwards only. Set back, it goes on from where it was; set forward, or woken from a
 * sleep in which the steady clock stood still, it follows. An age told by it is never less than the true one, as far as
 * this process can know, and never negative. Not for dates that are shown.
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
