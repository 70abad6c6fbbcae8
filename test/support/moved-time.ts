/** Time that stands until a test moves it: the clock of a gateway, and the rounds of what it does again and again. */
import type { Clock } from '../../src/domain/time/clock.ts';
import type { Rounds } from '../../src/domain/time/rounds.ts';

export interface MovedTime extends Clock, Rounds {
  /** Each round that comes due on the way begins at its own instant, and has ended before time goes on. */
  advance(ms: number): Promise<void>;
  /** Moves on by `stepMs` until it is so. @throws Error after a thousand steps */
  advanceUntil(isSo: () => boolean, stepMs: number): Promise<void>;
}

interface Repeated {
  readonly pauseMs: number;
  readonly work: () => Promise<void>;
  dueAt: number;
  round: Promise<void>;
}

const START = Date.UTC(2026, 0, 1);
const MAX_STEPS = 1000;

export function createMovedTime(): MovedTime {
  let now = START;
  const all = new Set<Repeated>();
  const begin = async (repeated: Repeated): Promise<void> => {
    repeated.dueAt = Number.POSITIVE_INFINITY;
    repeated.round = repeated.work();
    await repeated.round;
    repeated.dueAt = now + repeated.pauseMs;
  };
  const advance = async (ms: number): Promise<void> => {
    const end = now + ms;
    for (;;) {
      const next = Math.min(...Array.from(all, ({ dueAt }) => dueAt));
      if (next > end) break;
      now = next;
      await Promise.all([...all].filter(({ dueAt }) => dueAt <= now).map(begin));
    }
    now = end;
  };
  return {
    now: () => now,
    repeat(pauseMs, work) {
      const repeated: Repeated = { pauseMs, work, dueAt: now + pauseMs, round: Promise.resolve() };
      all.add(repeated);
      return {
        async stop() {
          all.delete(repeated);
          await repeated.round;
        },
      };
    },
    advance,
    async advanceUntil(isSo, stepMs) {
      for (let steps = 0; !isSo(); steps += 1) {
        if (steps === MAX_STEPS) throw new Error(`It was not so within ${MAX_STEPS} steps of ${stepMs} ms.`);
        await advance(stepMs);
      }
    },
  };
}
