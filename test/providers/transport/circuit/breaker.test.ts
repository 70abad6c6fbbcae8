import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Breaker, CircuitOpenError } from '../../../../src/providers/transport/circuit/breaker.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

class Sick extends Error {}

function setUp() {
  const probes: PromiseWithResolvers<void>[] = [];
  const breaker = new Breaker({
    consecutiveFailures: 3,
    halfOpenAfterMs: 10_000,
    isFailure: (error) => error instanceof Sick,
    probe: () => {
      const probe = Promise.withResolvers<void>();
      probes.push(probe);
      return probe.promise;
    },
    clock: { now: () => performance.now() },
  });
  const fail = (error: Error = new Sick('sick')) => breaker.run(() => Promise.reject(error)).catch(() => {});
  const open = async () => {
    for (let failures = 0; failures < 3; failures += 1) await fail();
    expect(breaker.state).toBe('OPEN');
  };
  return { breaker, probes, fail, open };
}

describe('the circuit', () => {
  it('opens after so many failures in a row', async () => {
    const { breaker, fail } = setUp();
    await fail();
    await fail();
    expect(breaker.state).toBe('CLOSED');
    await fail();
    expect(breaker.state).toBe('OPEN');
  });

  it('counts failures in a row only', async () => {
    const { breaker, fail } = setUp();
    for (let rounds = 0; rounds < 5; rounds += 1) {
      await fail();
      await fail();
      await breaker.run(() => Promise.resolve());
    }
    expect(breaker.state).toBe('CLOSED');
  });

  it('stays closed however often the panel refuses', async () => {
    const { breaker, fail } = setUp();
    for (let refusals = 0; refusals < 20; refusals += 1) await fail(new Error('refused'));
    expect(breaker.state).toBe('CLOSED');
  });

  it('lets no call go while it is open, and says when it asks again', async () => {
    const { breaker, open, probes } = setUp();
    await open();
    await vi.advanceTimersByTimeAsync(4000);
    const call = vi.fn(() => Promise.resolve());
    await expect(breaker.admit()).rejects.toMatchObject({ retryAfterMs: 6000 });
    await expect(breaker.run(call)).rejects.toBeInstanceOf(CircuitOpenError);
    expect(call).not.toHaveBeenCalled();
    expect(probes).toHaveLength(0);
  });

  it('is probed once for all who wait, and lets them go where the probe is answered', async () => {
    const { breaker, open, probes } = setUp();
    await open();
    await vi.advanceTimersByTimeAsync(10_000);
    const waiting = Array.from({ length: 50 }, () => breaker.admit());
    expect(probes).toHaveLength(1);
    expect(breaker.state).toBe('HALF_OPEN');
    probes[0]?.resolve();
    await Promise.all(waiting);
    expect(breaker.state).toBe('CLOSED');
    await expect(breaker.run(() => Promise.resolve(7))).resolves.toBe(7);
  });

  it('lets no call be the probe', async () => {
    const { breaker, open } = setUp();
    await open();
    await vi.advanceTimersByTimeAsync(20_000);
    const spend = vi.fn(() => Promise.resolve());
    await expect(breaker.run(spend)).rejects.toBeInstanceOf(CircuitOpenError);
    void breaker.admit().catch(() => {});
    await expect(breaker.run(spend)).rejects.toBeInstanceOf(CircuitOpenError);
    expect(spend).not.toHaveBeenCalled();
  });

  it.each([
    ['fails', new Sick('still sick')],
    ['is never sent', new Error('no leave')],
  ])('stays open for another pause where the probe %s', async (_how, error) => {
    const { breaker, open, probes } = setUp();
    await open();
    await vi.advanceTimersByTimeAsync(10_000);
    const waiting = breaker.admit();
    probes[0]?.reject(error);
    await expect(waiting).rejects.toMatchObject({ retryAfterMs: 10_000 });
    expect(breaker.state).toBe('OPEN');
    await expect(breaker.admit()).rejects.toBeInstanceOf(CircuitOpenError);
    expect(probes).toHaveLength(1);
  });

  it('is opened from outside for a pause', async () => {
    const { breaker, probes } = setUp();
    breaker.trip();
    expect(breaker.state).toBe('OPEN');
    await expect(breaker.admit()).rejects.toMatchObject({ retryAfterMs: 10_000 });
    await vi.advanceTimersByTimeAsync(10_000);
    const waiting = breaker.admit();
    probes[0]?.resolve();
    await waiting;
    expect(breaker.state).toBe('CLOSED');
  });

  it('does not open again for calls that began before it opened', async () => {
    const { breaker, open, probes } = setUp();
    const late = Promise.withResolvers<void>();
    const calls = Array.from({ length: 5 }, () => breaker.run(() => late.promise));
    await open();
    await vi.advanceTimersByTimeAsync(10_000);
    const waiting = breaker.admit();
    late.reject(new Sick('late'));
    for (const call of calls) await expect(call).rejects.toBeInstanceOf(Sick);
    probes[0]?.resolve();
    await waiting;
    expect(breaker.state).toBe('CLOSED');
  });

  it('is not held open by a wall clock that is set back', async () => {
    const { breaker, open, probes } = setUp();
    await open();
    vi.setSystemTime(Date.now() - 3_600_000);
    await vi.advanceTimersByTimeAsync(10_000);
    const waiting = breaker.admit();
    expect(probes).toHaveLength(1);
    probes[0]?.resolve();
    await waiting;
    expect(breaker.state).toBe('CLOSED');
  });
});
