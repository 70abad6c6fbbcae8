import { describe, expect, it } from 'vitest';
import { LearnedRate } from '../../../src/providers/pacing/learned-rate.ts';

/** Refuses what exceeds so many calls within a window that slides. */
function slidingLimit(limit: number, windowMs: number): (now: number) => boolean {
  let passed: number[] = [];
  return (now) => {
    passed = passed.filter((at) => now - at < windowMs);
    if (passed.length >= limit) return false;
    passed.push(now);
    return true;
  };
}

/** Refuses what exceeds so many calls between one full minute and the next. */
function limitByMinute(limit: number): (now: number) => boolean {
  let minute = -1;
  let passed = 0;
  return (now) => {
    const current = Math.floor(now / 60_000);
    if (current !== minute) passed = 0;
    minute = current;
    passed += 1;
    return passed <= limit;
  };
}

interface Run {
  readonly rate?: LearnedRate;
  readonly from?: number;
  readonly untilMs: number;
  /** Calls a second that somebody wants to make. */
  readonly wanted?: number;
  readonly retryAfterMs?: number | null;
  readonly takes: (now: number) => boolean;
}

/** Calls as fast as the rate allows, answers coming at once; returns the instants of what passed and was refused. */
function call({ rate = new LearnedRate(undefined), from = 0, untilMs, wanted = 20, retryAfterMs = null, takes }: Run) {
  const passed: number[] = [];
  const refused: number[] = [];
  let nextAt = from;
  for (let now = from; now < untilMs; now += 1000 / wanted) {
    if (now < Math.max(nextAt, rate.pausedUntil)) continue;
    rate.sent(now);
    nextAt = now + rate.intervalMs;
    if (takes(now)) {
      passed.push(now);
      rate.accepted(now);
    } else {
      refused.push(now);
      rate.refused({ sentAt: now, now: now + 1, retryAfterMs });
    }
  }
  const within = (times: readonly number[], start: number, end: number): number =>
    times.filter((at) => at >= start && at < end).length;
  return { rate, passed, refused, within };
}

const perSecond = (rate: LearnedRate): number => 1000 / rate.intervalMs;

describe('a rate that is learned', () => {
  it('has no limit before a refusal', () => {
    const { rate, passed } = call({ untilMs: 10_000, wanted: 500, takes: () => true });
    expect(rate.intervalMs).toBe(0);
    expect(passed).toHaveLength(5000);
  });

  it.each([5, 10, 40])('finds a limit of %i calls a second and uses nearly all of it', (limit) => {
    const run = call({ untilMs: 60_000, wanted: limit * 20, takes: slidingLimit(limit, 1000) });
    expect(run.within(run.passed, 3000, 60_000) / 57).toBeGreaterThan(limit * 0.85);
    for (let start = 3000; start < 50_000; start += 1000) {
      expect(run.within(run.refused, start, start + 10_000)).toBeLessThanOrEqual(3);
    }
  });

  it('waits within the second that Retry-After names until there is room, where it knows the limit', () => {
    const run = call({ untilMs: 60_000, wanted: 200, retryAfterMs: 1000, takes: slidingLimit(10, 1000) });
    expect(run.within(run.passed, 0, 10_000)).toBeGreaterThan(88);
    expect(run.within(run.refused, 0, 10_000)).toBeLessThanOrEqual(3);
    // Few calls tell of no limit: the panel is believed.
    const rate = new LearnedRate(undefined);
    rate.sent(0);
    rate.refused({ sentAt: 0, now: 100, retryAfterMs: 1000 });
    expect(rate.pausedUntil).toBe(1100);
  });

  it.each([
    ['sliding', 60, slidingLimit(60, 60_000)],
    ['sliding', 120, slidingLimit(120, 60_000)],
    ['full', 60, limitByMinute(60)],
    ['full', 120, limitByMinute(120)],
  ])('finds a limit by the %s minute, of %i calls, and does not go on asking against it', (_kind, limit, takes) => {
    const run = call({ untilMs: 600_000, takes });
    expect(run.within(run.passed, 120_000, 600_000) / 8).toBeGreaterThan(limit * 0.85);
    expect(run.within(run.refused, 120_000, 600_000)).toBeLessThan(5);
  });

  it('keeps what it found through quiet hours', () => {
    const { rate } = call({ untilMs: 20_000, takes: slidingLimit(10, 1000) });
    const found = perSecond(rate);
    call({ rate, from: 20_000, untilMs: 7_200_000, wanted: 1, takes: () => true });
    expect(perSecond(rate)).toBe(found);
  });

  it('rises again where the panel allows more', () => {
    const { rate } = call({ untilMs: 20_000, takes: slidingLimit(10, 1000) });
    call({ rate, from: 20_000, untilMs: 1_200_000, wanted: 200, takes: slidingLimit(20, 1000) });
    expect(perSecond(rate)).toBeGreaterThan(15);
  });

  it('is back within seconds after a refusal out of the blue', () => {
    const { rate } = call({ untilMs: 20_000, wanted: 500, takes: slidingLimit(40, 1000) });
    const found = perSecond(rate);
    call({ rate, from: 20_000, untilMs: 40_000, wanted: 1, takes: () => true });
    let isRefused = false;
    call({
      rate,
      from: 40_000,
      untilMs: 40_100,
      wanted: 10,
      takes: () => {
        isRefused = !isRefused;
        return !isRefused;
      },
    });
    expect(perSecond(rate)).toBeLessThan(found * 0.6);
    expect(perSecond(rate)).toBeGreaterThan(found * 0.4);
    call({ rate, from: 42_000, untilMs: 60_000, wanted: 500, takes: slidingLimit(40, 1000) });
    expect(perSecond(rate)).toBeGreaterThan(found * 0.85);
  });

  it('gives up no more than a twentieth for a stray refusal soon after it found the limit', () => {
    const takes = slidingLimit(10, 1000);
    let stray = 0;
    const { rate, refused, passed, within } = call({
      untilMs: 20_000,
      takes: (now) => (now >= 3000 && stray++ === 0 ? false : takes(now)),
    });
    expect(refused).toHaveLength(2);
    expect(perSecond(rate)).toBeGreaterThan(8.7);
    expect(within(passed, 10_000, 20_000)).toBeGreaterThanOrEqual(85);
  });

  it('counts a call from when it went out, not from when it was to', () => {
    const rate = new LearnedRate(undefined);
    rate.sent(0);
    for (let call = 1; call < 10; call += 1) rate.sent(call * 100);
    rate.departed(0, 920);
    rate.sent(1080);
    rate.refused({ sentAt: 1080, now: 1090, retryAfterMs: null });
    expect(perSecond(rate)).toBeCloseTo((10 * 0.95) / 1.03);
  });

  it('takes the refusals of calls that were under way together for one', () => {
    const [one, three] = [1, 3].map((refusals) => {
      const rate = new LearnedRate(undefined);
      for (let sent = 0; sent < 10 + refusals; sent += 1) rate.sent(sent * 20);
      for (let late = 0; late < refusals; late += 1) {
        rate.refused({ sentAt: (10 + late) * 20, now: 500 + late, retryAfterMs: null });
      }
      return rate;
    });
    expect(three?.intervalMs).toBeCloseTo(one?.intervalMs ?? 0);
    expect(three?.pausedUntil).toBeLessThan(1500);
  });

  it('pauses as long as the panel asks, but no more than two minutes', () => {
    const pauseOf = (retryAfterMs: number): number => {
      const rate = new LearnedRate(undefined);
      rate.sent(0);
      rate.refused({ sentAt: 0, now: 100, retryAfterMs });
      return rate.pausedUntil - 100;
    };
    expect(pauseOf(7000)).toBe(7000);
    expect(pauseOf(86_400_000)).toBe(120_000);
  });

  it('pauses longer with every refusal in a row, whatever the panel asks', () => {
    const run = call({ untilMs: 600_000, retryAfterMs: 0, takes: () => false });
    expect(run.refused.length).toBeLessThan(30);
    expect(run.rate.intervalMs).toBeLessThan(6000);
  });

  it('never goes above the configured one, and starts there', () => {
    const rate = new LearnedRate(10);
    expect(rate.intervalMs).toBeCloseTo(103);
    const run = call({ rate, untilMs: 120_000, wanted: 500, takes: slidingLimit(5, 1000) });
    expect(perSecond(rate)).toBeLessThan(6);
    call({ rate, from: 120_000, untilMs: 3_600_000, wanted: 500, takes: () => true });
    expect(rate.intervalMs).toBeCloseTo(103);
    expect(run.passed.length).toBeGreaterThan(400);
  });
});
