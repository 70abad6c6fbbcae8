import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Ctrl-C reaches the process twice under `npm start`: once from the terminal and once passed on by npm. What comes
 * within this time of the first is taken for the same one, or no shutdown would ever be graceful.
 */
const SAME_SIGNAL_MS = 500;

/** Resolves at the first SIGINT or SIGTERM; from the next one on, the process ends at once. */
export function stopSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let firstAt: number | undefined;
  const onSignal = (signal: NodeJS.Signals) => {
    const now = performance.now();
    firstAt ??= now;
    if (firstAt === now) return resolve();
    if (now - firstAt > SAME_SIGNAL_MS) process.exit(128 + constants.signals[signal]);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return promise;
}
