/**
 * Asks again where that may help. Only for what costs nothing: repeated is what was not sent, and what has an unknown
 * outcome. What spends goes out once, and never comes here.
 */

import { ProviderError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/time/clock.ts';
import { pause } from '../../domain/time/pause.ts';
import type { MayRepeat } from '../provider.ts';

export interface RetryOptions {
  /** How many attempts may fail; one that waits for the panel's pace does not count. */
  readonly attempts: number;
  /** Instant in ms after which no attempt begins. */
  readonly deadlineAt: number;
  readonly clock: Clock;
  /** By default there is always a call for one more attempt. */
  readonly mayRepeat?: MayRepeat | undefined;
  /** Ends the pause between two attempts at once. */
  readonly signal: AbortSignal;
}

const BACKOFF_MS = 250;
const POINTLESS_TO_REPEAT: ReadonlySet<string> = new Set(['CIRCUIT_OPEN', 'SHUTTING_DOWN']);

/** The result of the first attempt that succeeds. @throws the error of the last attempt */
export async function askAgain<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { attempts, deadlineAt, clock, mayRepeat, signal } = options;
  let failures = 0;
  while (true) {
    try {
      return await attempt();
    } catch (error) {
      if (!isRateLimit(error)) failures += 1;
      const delayMs = delayAfter(error, failures);
      if (!isRepeatable(error) || failures >= attempts || clock.now() + delayMs >= deadlineAt) throw error;
      if (mayRepeat?.() === false) throw error;
      // The dispatcher waits for the pace, and spreads the calls behind it.
      if (!isRateLimit(error)) await pause(delayMs, signal);
    }
  }
}

function isRepeatable(error: unknown): boolean {
  if (!(error instanceof ProviderError) || error.outcome === 'rejected') return false;
  return !POINTLESS_TO_REPEAT.has(error.code) && !isUnreadableList(error);
}

/** A list takes long to send and to read, and one that cannot be read is no better a moment later. */
function isUnreadableList({ action, code }: ProviderError): boolean {
  return action === 'services' && code === 'UNREADABLE_REPLY';
}

function isRateLimit(error: unknown): boolean {
  return error instanceof ProviderError && error.code === 'RATE_LIMITED';
}

/** What the panel asks for, else twice as long after each failure. */
function delayAfter(error: unknown, failures: number): number {
  const asked = error instanceof ProviderError ? error.retryAfterMs : null;
  return asked ?? (isRateLimit(error) ? 0 : BACKOFF_MS * 2 ** Math.max(0, failures - 1));
}
