import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentAnswers } from '../../../../src/providers/lookups/coalescing/recent-answers.ts';

describe('recent answers', () => {
  it('are found until they are too old, as in a map that expires', () => {
    const step = fc.record({ key: fc.constantFrom('a', 'b', 'c'), isWrite: fc.boolean(), passMs: fc.nat(700) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const answers = new RecentAnswers<number>({ ttlMs: 1000, mostKept: 1000 });
        const model = new Map<string, { value: number; until: number }>();
        let now = 0;
        for (const [index, { key, isWrite, passMs }] of steps.entries()) {
          now += passMs;
          if (isWrite) {
            answers.remember(key, index, now);
            model.set(key, { value: index, until: now + 1000 });
          }
          const expected = model.get(key);
          expect(answers.find(key, now)?.value).toBe(expected && expected.until > now ? expected.value : undefined);
        }
      }),
    );
  });

  it('tell null from no answer', () => {
    const answers = new RecentAnswers<null>({ ttlMs: 1000, mostKept: 10 });
    answers.remember('a', null, 0);
    expect(answers.find('a', 1)).toMatchObject({ value: null });
    expect(answers.find('b', 1)).toBeUndefined();
  });

  it('are forgotten in both generations', () => {
    const answers = new RecentAnswers<number>({ ttlMs: 1000, mostKept: 10 });
    answers.remember('x', 0, 0);
    answers.remember('a', 1, 900);
    answers.remember('b', 1, 1000);
    answers.remember('a', 2, 1001);
    expect(answers.find('a', 1002)).toMatchObject({ value: 2 });
    answers.forget('a');
    expect(answers.find('a', 1002)).toBeUndefined();
  });

  it('take no more room than they may, over days', () => {
    const answers = new RecentAnswers<number>({ ttlMs: 1000, mostKept: 100 });
    let most = 0;
    for (let index = 0; index < 100_000; index += 1) {
      answers.remember(String(index), index, index);
      most = Math.max(most, answers.size);
    }
    expect(most).toBeLessThanOrEqual(100);
  });

  it('of an old rush are gone with the second answer after it', () => {
    const answers = new RecentAnswers<number>({ ttlMs: 1000, mostKept: 100_000 });
    for (let index = 0; index < 1000; index += 1) answers.remember(String(index), index, 0);
    answers.remember('x', 1, 86_400_000);
    expect(answers.size).toBe(1);
  });
});
