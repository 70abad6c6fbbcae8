import { describe, expect, it } from 'vitest';
import { TurnTaking } from '../../../src/domain/time/turn-taking.ts';
import { AnswerRows } from '../../../src/schema/values/answer-rows.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('the rows of an answer', () => {
  it('hand out a short list as it is', () => {
    const list = numbers(25);
    expect(new AnswerRows(100).handOut(list)).toBe(list);
  });

  it('hand out a long list whole and in its order', async () => {
    const list = await new AnswerRows(10_000).handOut(numbers(3_333));
    expect(await Promise.all(list)).toEqual(numbers(3_333));
  });

  it('let the loop turn between the slices of a long list', async () => {
    // Every look at the clock takes a whole turn.
    let now = 0;
    const rows = new AnswerRows(10_000, new TurnTaking({ now: () => (now += 10), next: setImmediate }));
    let released = 0;
    const list = await rows.inSlices(numbers(500));
    for (const item of list) void Promise.resolve(item).then(() => (released += 1));
    const seen: number[] = [];
    while (released < 500) {
      seen.push(released);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(seen.length).toBeGreaterThanOrEqual(4);
    for (const [index, count] of seen.entries()) expect(count - (seen[index - 1] ?? 0)).toBeLessThanOrEqual(100);
  });

  it('are counted over all lists, and none goes beyond the limit', async () => {
    const rows = new AnswerRows(100);
    rows.handOut(numbers(60));
    rows.count(40);
    expect(rows.excess).toBeNull();
    await expect(rows.handOut(numbers(1))).rejects.toThrow('more than 100 list items (limits.rows)');
    expect(() => rows.count(1)).toThrow('limits.rows');
    expect(rows.excess?.code).toBe('INVALID_INPUT');
    // An answer that is given up costs nothing more.
    await expect(rows.handOut([])).rejects.toThrow('limits.rows');
  });

  it('are empty once an answer that may be given up has become too large', async () => {
    const rows = new AnswerRows(10);
    rows.mayGiveUp();
    await expect(rows.handOut(numbers(11))).rejects.toThrow('limits.rows');
    expect(rows.isGivenUp).toBe(true);
    expect(rows.handOut(numbers(5))).toEqual([]);
  });

  it('do not count the results of what has been done', async () => {
    const rows = new AnswerRows(10);
    expect(await Promise.all(await rows.inSlices(numbers(200)))).toEqual(numbers(200));
    expect(rows.excess).toBeNull();
  });

  it('keep the Error of a failed item in its place', async () => {
    const items = numbers(60).map((index) => (index === 50 ? new Error('fifty') : index));
    const list = await Promise.all(await new AnswerRows(100).handOut(items));
    expect(list[50]).toEqual(new Error('fifty'));
    expect(list[51]).toBe(51);
  });
});
