import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Under `npm start`, Ctrl-C reaches the process twice: from the terminal, and passed on by npm. A signal within this time
 * of the first counts as the same one; otherwise no shutdown would be graceful.
 */
const SAME_SIGNAL_MS = 500;

/** Resolves at the first SIGINT or SIGTERM. Any later one ends the process at once. */
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
