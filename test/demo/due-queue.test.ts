import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BoundedMap } from '../../src/demo/simulation/bounded-map.ts';
import { DueQueue } from '../../src/demo/simulation/due-queue.ts';

describe('a due queue', () => {
  it('runs what is due in order of time, then of entry, and keeps the rest', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), fc.nat(20), (times, now) => {
        const queue = new DueQueue();
        const ran: number[][] = [];
        for (const [index, at] of times.entries()) queue.push(at, (due) => ran.push([due, index]));
        const sorted = times.map((at, index) => [at, index]).sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!);
        queue.run(now);
        expect(ran).toEqual(sorted.filter(([at]) => at! <= now));
        queue.run(20);
        expect(ran).toEqual(sorted);
      }),
    );
  });

  it('runs what its acts add, if it is due too', () => {
    const queue = new DueQueue();
    const ran: number[] = [];
    const again = (at: number) => {
      ran.push(at);
      queue.push(at + 10, again);
    };
    queue.push(10, again);
    queue.run(35);
    expect(ran).toEqual([10, 20, 30]);
  });
});

describe('a bounded map', () => {
  it('forgets its oldest entries', () => {
    const map = new BoundedMap<number, string>(2);
    map.set(1, 'a');
    map.set(2, 'b');
    map.set(3, 'c');
    expect(map.get(1)).toBeUndefined();
    expect(map.values()).toEqual(['b', 'c']);
  });
});
