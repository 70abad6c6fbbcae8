import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FairQueue } from '../../../../src/providers/lookups/coalescing/fair-queue.ts';

const everything = (): boolean => true;

function queueOf(sizes: readonly number[]): FairQueue<string> {
  const queue = new FairQueue<string>();
  for (const [index, size] of sizes.entries()) {
    const group = {};
    for (let item = 0; item < size; item += 1) queue.push(group, `${index}:${item}`);
  }
  return queue;
}

const groupOf = (item: string): number => Number(item.split(':')[0]);

describe('a queue with groups', () => {
  it('gives out each item once, each group in its order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 20 }), fc.integer({ min: 1, max: 40 }), (sizes, limit) => {
        const queue = queueOf(sizes);
        const taken: string[] = [];
        for (;;) {
          const part = queue.take(limit, everything);
          expect(part.length).toBeLessThanOrEqual(limit);
          if (part.length === 0) break;
          taken.push(...part);
        }
        for (const [index, size] of sizes.entries()) {
          const own = taken.filter((item) => groupOf(item) === index);
          expect(own).toEqual(Array.from({ length: size }, (_, item) => `${index}:${item}`));
        }
      }),
    );
  });

  it('takes as many as there are, up to the limit', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 20 }), fc.integer({ min: 1, max: 400 }), (sizes, limit) => {
        const total = sizes.reduce((sum, size) => sum + size, 0);
        expect(queueOf(sizes).take(limit, everything)).toHaveLength(Math.min(limit, total));
      }),
    );
  });

  it('leaves no group behind another that has more', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 50 }), (sizes) => {
        const taken = queueOf(sizes).take(100, everything);
        const shares = sizes.map((size, index) => ({
          size,
          got: taken.filter((item) => groupOf(item) === index).length,
        }));
        const most = Math.max(...shares.map(({ got }) => got));
        const isEven = Math.ceil(100 / sizes.length);
        for (const { size, got } of shares) {
          if (got < size) expect(got).toBeGreaterThanOrEqual(Math.min(Math.floor(100 / sizes.length), most));
          if (sizes.length > 1 && got > isEven) expect(shares.some((each) => each.got === each.size)).toBe(true);
        }
      }),
    );
  });

  it('begins the next time with who got least', () => {
    const queue = queueOf([1000, 1, 1, 1]);
    expect(queue.take(2, everything)).toEqual(['0:0', '1:0']);
    expect(queue.take(2, everything)).toEqual(['2:0', '3:0']);
    expect(queue.take(2, everything)).toEqual(['0:1', '0:2']);
  });

  it('drops what is not wanted any more, without counting it', () => {
    const queue = queueOf([3, 3]);
    expect(queue.take(10, (item) => item.endsWith('1'))).toEqual(['0:1', '1:1']);
    expect(queue.take(10, everything)).toEqual([]);
  });

  it('holds nothing once it is cleared', () => {
    const queue = queueOf([3]);
    queue.clear();
    expect(queue.take(10, everything)).toEqual([]);
  });
});
