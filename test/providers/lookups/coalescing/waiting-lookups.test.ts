import { describe, expect, it } from 'vitest';
import { type PendingLookup, WaitingLookups } from '../../../../src/providers/lookups/coalescing/waiting-lookups.ts';
import { UNLIMITED_CALLS } from '../../../../src/providers/pacing/call-allowance.ts';
import type { Priority } from '../../../../src/providers/provider.ts';

const pending = (number: string, priority: Priority = 'lookup'): PendingLookup<string> => ({
  number,
  priority,
  askedAt: 0,
  deadlineAt: 1000,
  isWaiting: true,
  payer: UNLIMITED_CALLS,
  promise: new Promise(() => {}),
  settle: () => {},
});

/** A list that came first, and then so many requests for one number each, again and again. */
function saturate({ batch, rounds }: { batch: number; rounds: number }): { ofList: number; ofOthers: number } {
  const waiting = new WaitingLookups<string>();
  const list = {};
  for (let index = 0; index < 1000; index += 1) waiting.add(pending(`list-${index}`), list);
  let others = 0;
  const refill = (count: number): void => {
    for (let index = 0; index < count; index += 1) waiting.add(pending(`other-${others++}`), {});
  };
  refill(400);
  let ofList = 0;
  let ofOthers = 0;
  for (let round = 0; round < rounds; round += 1) {
    const taken = waiting.take(batch);
    expect(taken).toHaveLength(batch);
    const inList = taken.filter(({ number }) => number.startsWith('list')).length;
    ofList += inList;
    ofOthers += batch - inList;
    refill(batch - inList);
  }
  return { ofList, ofOthers };
}

describe('look-ups that wait', () => {
  it('of a long list are done in time, though hundreds of short ones always wait beside it', () => {
    const { ofList, ofOthers } = saturate({ batch: 100, rounds: 160 });
    expect(ofList).toBe(1000);
    expect(ofOthers).toBe(15_000);
  });

  it('of a long list do not hold up others, however small a batch is', () => {
    const { ofList, ofOthers } = saturate({ batch: 1, rounds: 1600 });
    expect(ofList).toBeGreaterThanOrEqual(100);
    expect(ofOthers).toBeGreaterThanOrEqual(1490);
  });

  it('are each taken once', () => {
    const waiting = new WaitingLookups<string>();
    const [first, second] = [{}, {}];
    for (let index = 0; index < 40; index += 1) waiting.add(pending(String(index)), index % 3 === 0 ? first : second);
    waiting.add(pending('tracked', 'tracker'), {});
    const taken = Array.from({ length: 5 }, () => waiting.take(10)).flat();
    expect(new Set(taken.map(({ number }) => number)).size).toBe(41);
    expect(taken).toHaveLength(41);
    expect(taken.at(-1)?.number).toBe('tracked');
    expect([waiting.size, waiting.lookupCount]).toEqual([0, 0]);
  });
});
