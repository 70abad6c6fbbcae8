import { describe, expect, it } from 'vitest';
import { createForwardClock } from '../../src/domain/time/forward-clock.ts';
import { HeldClock } from '../catalogue/support/samples.ts';

describe('a clock that only goes forward', () => {
  function setUp() {
    const [wall, steady] = [new HeldClock(), new HeldClock()];
    const clock = createForwardClock(wall, steady);
    return { wall, steady, clock, startedAt: clock.now() };
  }

  it('says what the wall clock says while that goes on', () => {
    const { wall, steady, clock } = setUp();
    wall.advance(1_000);
    steady.advance(1_000);
    expect(clock.now()).toBe(wall.now());
  });

  it('goes on at its own pace where the wall clock is set back', () => {
    const { wall, steady, clock, startedAt } = setUp();
    wall.advance(-3_600_000);
    expect(clock.now()).toBe(startedAt);
    for (const client of [wall, steady]) client.advance(1_000);
    expect(clock.now()).toBe(startedAt + 1_000);
    expect(clock.now()).toBe(startedAt + 1_000);
  });

  it('follows the wall clock where the steady one stood still, and stays where it was set too far forward', () => {
    const { wall, clock, startedAt } = setUp();
    wall.advance(3_600_000);
    expect(clock.now()).toBe(startedAt + 3_600_000);
    wall.advance(-3_600_000);
    expect(clock.now()).toBe(startedAt + 3_600_000);
  });
});
