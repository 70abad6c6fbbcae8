import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ProviderError, type ProviderErrorDetails } from '../../../src/domain/errors.ts';
import { askAgain } from '../../../src/providers/transport/retry.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const error = (details: Partial<ProviderErrorDetails>) =>
  new ProviderError({
    panel: 'acme',
    action: 'status',
    outcome: 'unknown',
    code: 'PANEL_ERROR',
    message: 'no',
    ...details,
  });
const FAILED = error({});
const TOO_EARLY = error({ outcome: 'not-sent', code: 'RATE_LIMITED', retryAfterMs: 0 });

/** Fails with each of `errors` in turn, then answers. */
function setUp(errors: readonly Error[], deadlineMs = 60_000, mayRepeat?: () => boolean) {
  const askedAt: number[] = [];
  const closing = new AbortController();
  const clock = { now: () => performance.now() };
  const beganAt = clock.now();
  const attempt = async () => {
    const next = errors[askedAt.length];
    askedAt.push(clock.now() - beganAt);
    if (next) throw next;
    return 'answer';
  };
  const asked = askAgain(attempt, {
    attempts: 3,
    deadlineAt: beganAt + deadlineMs,
    clock,
    mayRepeat,
    signal: closing.signal,
  }).catch((reason: unknown) => reason);
  return { asked, askedAt, closing };
}

it('asks three times, and waits twice as long after each failure', async () => {
  const { asked, askedAt } = setUp([FAILED, FAILED, FAILED]);
  await vi.runAllTimersAsync();
  expect(await asked).toBe(FAILED);
  expect(askedAt).toEqual([0, 250, 750]);
});

it('waits as long as the panel asks for', async () => {
  const { asked, askedAt } = setUp([error({ retryAfterMs: 4000 })]);
  await vi.runAllTimersAsync();
  expect(await asked).toBe('answer');
  expect(askedAt).toEqual([0, 4000]);
});

it('counts no attempt that was only too early, and leaves its waiting to the pace', async () => {
  const { asked, askedAt } = setUp([TOO_EARLY, TOO_EARLY, TOO_EARLY, TOO_EARLY]);
  expect(await asked).toBe('answer');
  expect(askedAt).toEqual([0, 0, 0, 0, 0]);
});

it('begins no attempt at its deadline or after it', async () => {
  const { asked, askedAt } = setUp([FAILED], 250);
  await vi.runAllTimersAsync();
  expect(await asked).toBe(FAILED);
  expect(askedAt).toEqual([0]);
});

it.each([
  error({ outcome: 'rejected', code: 'PANEL_REJECTED' }),
  error({ outcome: 'not-sent', code: 'CIRCUIT_OPEN' }),
  error({ outcome: 'not-sent', code: 'SHUTTING_DOWN' }),
  error({ action: 'services', code: 'UNREADABLE_REPLY' }),
  new Error('unforeseen'),
])('does not repeat what it would not help: $code', async (failure) => {
  const { asked, askedAt } = setUp([failure]);
  expect(await asked).toBe(failure);
  expect(askedAt).toEqual([0]);
});

it('waits no longer once it is told to end', async () => {
  const { asked, askedAt, closing } = setUp([FAILED]);
  await vi.advanceTimersByTimeAsync(100);
  closing.abort();
  expect(await asked).toBe('answer');
  expect(askedAt).toEqual([0, 100]);
});

it.each([
  ['what failed', FAILED],
  ['what came too early', TOO_EARLY],
])('repeats %s only as long as it has leave for it', async (_what, failure) => {
  let left = 1;
  const { asked, askedAt } = setUp([failure, failure, failure], undefined, () => left-- > 0);
  await vi.runAllTimersAsync();
  expect(await asked).toBe(failure);
  expect(askedAt).toHaveLength(2);
});
