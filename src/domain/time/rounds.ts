/** Work that comes again and again. Handed in like a clock, so that a test decides when a round begins. */
export interface Rounds {
  /** Does `work` after `pauseMs`, and again `pauseMs` after each end of it. `work` never rejects. */
  repeat(pauseMs: number, work: () => Promise<void>): Repetition;
}

export interface Repetition {
  /** Begins no further round; resolves when the one that is under way has ended. */
  stop(): Promise<void>;
}

/** In real time. */
export const timedRounds: Rounds = {
  repeat(pauseMs, work) {
    let timer: NodeJS.Timeout | undefined;
    let round = Promise.resolve();
    let isStopped = false;
    const schedule = (): void => {
      if (!isStopped) timer = setTimeout(() => void begin(), pauseMs);
    };
    const begin = (): Promise<void> => {
      round = work();
      return round.then(schedule);
    };
    schedule();
    return {
      async stop() {
        isStopped = true;
        clearTimeout(timer);
        await round;
      },
    };
  },
};
