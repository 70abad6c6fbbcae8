import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProviderError, type ProviderErrorDetails } from '../../../src/domain/errors.ts';
import { Coalescer, type CoalescerOptions } from '../../../src/providers/lookups/coalescer.ts';
import { CallAllowance } from '../../../src/providers/pacing/call-allowance.ts';
import type { LookupOptions, LookupResults, Priority, ReserveOptions } from '../../../src/providers/provider.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const CALL_MS = 100;
const SLOT = { release: () => {}, giveBack: () => {} };

function failure(details: Partial<ProviderErrorDetails>): ProviderError {
  return new ProviderError({
    panel: 'acme',
    action: 'status',
    outcome: 'not-sent',
    code: 'CIRCUIT_OPEN',
    message: 'no',
    ...details,
  });
}

interface Call {
  readonly numbers: readonly string[];
  readonly options: LookupOptions<string>;
  readonly at: number;
}

/** A panel that answers each number with itself and the number of the call, after `CALL_MS`. */
function setUp(options: Partial<CoalescerOptions<string>> = {}) {
  const calls: Call[] = [];
  const observed: LookupResults<string>[] = [];
  const coalescer = new Coalescer<string>({
    panel: 'acme',
    action: 'status',
    batchSize: 10,
    concurrency: 4,
    deadlineMs: 30_000,
    ttlMs: 1000,
    isFinal: (value) => value.startsWith('9'),
    reserve: () => Promise.resolve(SLOT),
    fetch: (numbers, given) => {
      calls.push({ numbers, options: given, at: Date.now() });
      const answer = new Map(numbers.map((number) => [number, `${number}@${calls.length}`]));
      return new Promise((resolve) => setTimeout(() => resolve(answer), CALL_MS));
    },
    waitMs: () => 0,
    onResults: (results) => observed.push(results),
    clock: { now: () => performance.now() },
    ...options,
  });
  return {
    coalescer,
    calls,
    observed,
    sizes: () => calls.map(({ numbers }) => numbers.length),
    load: (numbers: readonly string[], priority: Priority = 'lookup', group: object = {}) =>
      coalescer.load(numbers, { priority, group }),
  };
}

const range = (count: number, from = 0): string[] => Array.from({ length: count }, (_, index) => String(from + index));
const settled = () => vi.advanceTimersByTimeAsync(0);
const done = () => vi.advanceTimersByTimeAsync(120_000);

describe('gathering', () => {
  it('lets a look-up go at once while the panel is idle', async () => {
    const { load, calls } = setUp();
    void load(['1']);
    await settled();
    expect(calls.map(({ numbers }) => numbers)).toEqual([['1']]);
  });

  it('gathers while a call is under way, and sends what gathered when it ends', async () => {
    const { load, sizes } = setUp();
    void load(['0']);
    for (const number of range(7, 1)) {
      await vi.advanceTimersByTimeAsync(10);
      void load([number]);
    }
    expect(sizes()).toEqual([1]);
    await vi.advanceTimersByTimeAsync(CALL_MS);
    expect(sizes()).toEqual([1, 7]);
  });

  it('sends a full batch while others are under way', async () => {
    const { load, sizes } = setUp();
    void load(['0']);
    await settled();
    void load(range(25, 1));
    await settled();
    expect(sizes()).toEqual([1, 10, 10]);
  });

  it('asks at most ceil(distinct / batchSize) calls for one request', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(60), { minLength: 1, maxLength: 90 }), async (asked) => {
        const { load, calls } = setUp();
        const numbers = asked.map(String);
        const results = load(numbers);
        await done();
        expect((await results).map((result) => String(result).split('@')[0])).toEqual(numbers);
        expect(calls.length).toBe(Math.ceil(new Set(numbers).size / 10));
      }),
      { numRuns: 30 },
    );
  });

  it('cuts a batch only when leave has come, so that it is full', async () => {
    const leave = Promise.withResolvers<typeof SLOT>();
    const { load, sizes } = setUp({ reserve: () => leave.promise });
    void load(['1']);
    await vi.advanceTimersByTimeAsync(5000);
    void load(['2', '3']);
    leave.resolve(SLOT);
    await settled();
    expect(sizes()).toEqual([3]);
  });

  it('keeps batches full while the pace is spent', async () => {
    let nextAt = 0;
    const { load, sizes } = setUp({
      reserve: async () => {
        const now = performance.now();
        nextAt = Math.max(nextAt, now) + 100;
        await new Promise((resolve) => setTimeout(resolve, nextAt - 100 - now));
        return SLOT;
      },
    });
    let asked = 0;
    const client = async (): Promise<void> => {
      while (asked < 2000) {
        asked += 1;
        await load([`n${asked}`]);
      }
    };
    const clients = Promise.all(Array.from({ length: 40 }, client));
    await done();
    await clients;
    const full = sizes().filter((size) => size === 10).length;
    expect(full / sizes().length).toBeGreaterThan(0.97);
  });

  it('does not let who comes wait for long behind a call that hangs', async () => {
    const { load } = setUp({
      fetch: (numbers) =>
        numbers.includes('hangs')
          ? new Promise(() => {})
          : Promise.resolve(new Map(numbers.map((number) => [number, number]))),
    });
    void load(['hangs']);
    await vi.advanceTimersByTimeAsync(3000);
    let answer: unknown;
    void load(['1']).then((results) => {
      answer = results;
    });
    await vi.advanceTimersByTimeAsync(399);
    expect(answer).toBeUndefined();
    await vi.advanceTimersByTimeAsync(10);
    expect(answer).toEqual(['1']);
  });

  it('measures that patience by who waits now, not by who waited before', async () => {
    const { load, calls } = setUp();
    void load(['0']);
    await vi.advanceTimersByTimeAsync(CALL_MS - 1);
    void load(['1']);
    await vi.advanceTimersByTimeAsync(301);
    expect(calls).toHaveLength(2);
    void load(['2']);
    await vi.advanceTimersByTimeAsync(50);
    void load(['3']);
    // Past 400 ms after the first wait began; the call of 2 ends a moment later.
    await vi.advanceTimersByTimeAsync(49.9);
    expect(calls).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(1);
    expect(calls).toHaveLength(4);
  });
});

describe('joining', () => {
  it('asks doubles once, and joins what waits and what is in flight', async () => {
    const { load, calls } = setUp();
    const loads = [load(['1', '1'])];
    await settled();
    loads.push(load(['1', '2']), load(['2']));
    await done();
    expect(await Promise.all(loads)).toEqual([['1@1', '1@1'], ['1@1', '2@2'], ['2@2']]);
    expect(calls.map(({ numbers }) => numbers)).toEqual([['1'], ['2']]);
  });

  it('gives an answer again for its time to live, and no longer', async () => {
    const { load, calls } = setUp();
    void load(['1']);
    await vi.advanceTimersByTimeAsync(CALL_MS + 999);
    expect(await load(['1'])).toEqual(['1@1']);
    await vi.advanceTimersByTimeAsync(2);
    void load(['1']);
    await settled();
    expect(calls).toHaveLength(2);
  });

  it('tells at once what it would give again, and nothing that it would ask for', async () => {
    const { coalescer, load, calls } = setUp();
    expect(coalescer.findRecent('1')).toBeUndefined();
    const loading = load(['1', '9']);
    await settled();
    expect(coalescer.findRecent('1')).toBeUndefined();
    await vi.advanceTimersByTimeAsync(CALL_MS);
    const [open, final] = await loading;
    expect([coalescer.findRecent('1')?.value, coalescer.findRecent('9')?.value]).toEqual([open, final]);
    await vi.advanceTimersByTimeAsync(1001);
    expect(coalescer.findRecent('1')).toBeUndefined();
    expect(coalescer.findRecent('9')?.value).toBe(final);
    coalescer.forget(['9']);
    expect(coalescer.findRecent('9')).toBeUndefined();
    expect(calls).toHaveLength(1);
  });

  it('gives a final state again for a minute', async () => {
    const { load, calls } = setUp();
    void load(['9']);
    await vi.advanceTimersByTimeAsync(CALL_MS + 59_000);
    expect(await load(['9'])).toEqual(['9@1']);
    await vi.advanceTimersByTimeAsync(1001);
    void load(['9']);
    await settled();
    expect(calls).toHaveLength(2);
  });

  it('gives no answer again where the time to live is 0', async () => {
    const { load, calls } = setUp({ ttlMs: 0 });
    for (const number of ['1', '9', '1', '9']) {
      void load([number]);
      await vi.advanceTimersByTimeAsync(CALL_MS);
    }
    expect(calls).toHaveLength(4);
  });

  it('does not give a failure again', async () => {
    const { load } = setUp({
      fetch: (numbers) => Promise.resolve(new Map(numbers.map((number) => [number, failure({})]))),
    });
    const [first] = await load(['1']);
    const [second] = await load(['1']);
    expect(first).toBeInstanceOf(ProviderError);
    expect(second).not.toBe(first);
  });
});

describe('forgetting', () => {
  it('drops what was answered before', async () => {
    const { load, coalescer, calls } = setUp();
    for (const number of ['1', '9']) {
      void load([number]);
      await vi.advanceTimersByTimeAsync(CALL_MS);
      coalescer.forget([number]);
      void load([number]);
      await vi.advanceTimersByTimeAsync(CALL_MS);
    }
    expect(calls).toHaveLength(4);
  });

  it('lets nobody join or keep what is in flight, and still answers who asked for it', async () => {
    const { load, coalescer, calls, observed } = setUp();
    const before = load(['1']);
    await vi.advanceTimersByTimeAsync(CALL_MS / 2);
    coalescer.forget(['1']);
    const after = load(['1']);
    await vi.advanceTimersByTimeAsync(CALL_MS / 2);
    expect(await before).toEqual(['1@1']);
    await vi.advanceTimersByTimeAsync(CALL_MS);
    expect(await after).toEqual(['1@2']);
    expect(await load(['1'])).toEqual(['1@2']);
    expect(calls).toHaveLength(2);
    expect(observed.map((results) => [...results.values()])).toEqual([['1@2']]);
  });
});

describe('sharing', () => {
  it('gives each request its part of a batch', async () => {
    const { load, calls } = setUp({ concurrency: 1 });
    void load(['first']);
    await settled();
    void load(range(100));
    for (const number of range(5, 200)) void load([number]);
    await vi.advanceTimersByTimeAsync(CALL_MS);
    expect(calls[1]?.numbers).toEqual(expect.arrayContaining(range(5, 200)));
  });

  it('asks for requests before the tracker, and for what both want as a request does', async () => {
    const { load, calls } = setUp({ concurrency: 1 });
    void load(['first']);
    await settled();
    void load(range(30), 'tracker');
    void load(range(8, 200), 'lookup');
    void load(['29'], 'lookup');
    await vi.advanceTimersByTimeAsync(CALL_MS);
    expect(calls[1]?.numbers.toSorted()).toEqual(['0', '29', ...range(8, 200)].toSorted());
    expect(calls[1]?.options.priority).toBe('lookup');
    await vi.advanceTimersByTimeAsync(CALL_MS);
    expect(calls[2]?.options.priority).toBe('tracker');
    await done();
    expect(calls.flatMap(({ numbers }) => numbers)).toHaveLength(39);
  });

  it('answers each as soon as its result is known, and does not wait for the stragglers of a call', async () => {
    const straggler = Promise.withResolvers<LookupResults<string>>();
    const { load, coalescer } = setUp({
      concurrency: 1,
      fetch: async (numbers, { onResults }) => {
        if (!numbers.includes('slow')) return new Map(numbers.map((number) => [number, number]));
        onResults?.(new Map([['fast', 'fast']]));
        return straggler.promise;
      },
    });
    const slow = load(['slow', 'fast']);
    expect(await load(['fast'])).toEqual(['fast']);
    expect(await load(['other'])).toEqual(['other']);
    straggler.resolve(
      new Map([
        ['slow', 'slow'],
        ['fast', 'again'],
      ]),
    );
    expect(await slow).toEqual(['slow', 'fast']);
    expect(coalescer.size).toBe(0);
  });
});

describe('failing', () => {
  it('never throws: a call that throws is an error of its own ids', async () => {
    const { load } = setUp({
      fetch: (numbers) => (numbers.includes('1') ? Promise.reject(new TypeError('bug')) : Promise.resolve(new Map())),
    });
    expect(await load(['1'])).toEqual([expect.objectContaining({ code: 'PANEL_ERROR', outcome: 'unknown' })]);
    expect(await load(['2'])).toEqual([null]);
  });

  it('tells all who wait of an open circuit, at once', async () => {
    const open = failure({});
    const { load, coalescer } = setUp({ reserve: () => Promise.reject(open) });
    const results = await load(range(35));
    expect(new Set(results)).toEqual(new Set([open]));
    expect(coalescer.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('refuses at once what the pace does not reach within the deadline', async () => {
    const { load, calls } = setUp({
      concurrency: 2,
      deadlineMs: 1000,
      waitMs: (callsAhead) => callsAhead * 400,
      reserve: () => new Promise(() => {}),
    });
    const results: unknown[] = [];
    for (const number of range(100)) void load([number]).then((result) => results.push(...result));
    await settled();
    expect(calls).toEqual([]);
    // Two reservations are the dispatcher's; three more batches would come after 1200 ms.
    expect(results).toHaveLength(50);
    expect(results[0]).toMatchObject({ code: 'RATE_LIMITED', outcome: 'not-sent', retryAfterMs: 700 });
  });

  it('refuses at once what slow calls do not reach within the deadline', async () => {
    const { load } = setUp({ concurrency: 2, deadlineMs: 450 });
    void load(['warm']);
    await vi.advanceTimersByTimeAsync(CALL_MS);
    const results: unknown[] = [];
    for (const number of range(100)) void load([number]).then((result) => results.push(...result));
    await settled();
    const refused = results.filter((result) => result instanceof ProviderError && result.code === 'RATE_LIMITED');
    expect(refused.length).toBeGreaterThan(30);
    expect(refused.length).toBeLessThan(70);
  });

  it('fails who cannot be reached any more where the panel asks for a pause, without asking in circles', async () => {
    let reservations = 0;
    const { load } = setUp({
      deadlineMs: 1000,
      reserve: () => {
        reservations += 1;
        return Promise.reject(failure({ code: 'RATE_LIMITED', retryAfterMs: 60_000 }));
      },
    });
    const results = await load(range(35));
    expect(results.every((result) => result instanceof ProviderError && result.code === 'RATE_LIMITED')).toBe(true);
    expect(reservations).toBeLessThan(10);
  });

  it('tells each at its own deadline, whether it waits or is asked', async () => {
    const codes: string[] = [];
    const { load } = setUp({ deadlineMs: 2000, concurrency: 1, fetch: () => new Promise(() => {}) });
    const note = (results: readonly unknown[]): void => {
      for (const result of results) codes.push((result as ProviderError).code);
    };
    void load(['asked']).then(note);
    await settled();
    void load(['waits']).then(note);
    await vi.advanceTimersByTimeAsync(1999);
    expect(codes).toEqual([]);
    await vi.advanceTimersByTimeAsync(500);
    expect(codes.toSorted()).toEqual(['PANEL_TIMEOUT', 'RATE_LIMITED']);
  });

  it('gives a batch the time of its latest, and ends the wait of its first', async () => {
    const leave = Promise.withResolvers<typeof SLOT>();
    const { load, calls } = setUp({
      deadlineMs: 2000,
      reserve: () => leave.promise,
      fetch: (numbers, options) => {
        calls.push({ numbers, options, at: Date.now() });
        return new Promise(() => {});
      },
    });
    let early: unknown;
    void load(['early']).then(([result]) => {
      early = result;
    });
    await vi.advanceTimersByTimeAsync(1500);
    void load(['late']);
    leave.resolve(SLOT);
    await settled();
    expect((calls[0]?.options.deadlineAt ?? 0) - performance.now()).toBe(2000);
    await vi.advanceTimersByTimeAsync(499);
    expect(early).toBeUndefined();
    await vi.advanceTimersByTimeAsync(200);
    expect(early).toMatchObject({ code: 'PANEL_TIMEOUT' });
  });
});

describe('at rest', () => {
  it('gives back leave that comes when nobody waits any more', async () => {
    const leaves = [Promise.withResolvers<typeof SLOT>(), Promise.withResolvers<typeof SLOT>()];
    let reserved = 0;
    const { load, calls } = setUp({
      reserve: () => {
        reserved += 1;
        return leaves[reserved - 1]?.promise ?? new Promise(() => {});
      },
    });
    const results = load(range(20));
    expect(reserved).toBe(2);
    leaves[0]?.reject(failure({}));
    await results;
    const giveBack = vi.fn();
    leaves[1]?.resolve({ release: () => {}, giveBack });
    await settled();
    expect(giveBack).toHaveBeenCalledOnce();
    expect(calls).toEqual([]);
  });

  it('holds no id and no timer, and has given back leave that it did not need', async () => {
    let given = 0;
    let ended = 0;
    const reserve = async (_options: ReserveOptions) => {
      given += 1;
      const giveBack = (): void => {
        ended += 1;
      };
      return { release: () => {}, giveBack };
    };
    const { load, coalescer, calls } = setUp({ reserve });
    for (const number of range(500)) {
      void load([number]);
      if (Number(number) % 7 === 0) await vi.advanceTimersByTimeAsync(9);
    }
    await done();
    expect(coalescer.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    expect(given).toBe(calls.length + ended);
    expect(calls.flatMap(({ numbers }) => numbers)).toHaveLength(500);
  });
});

describe('the calls beyond the first of a batch', () => {
  const setUpGroups = async () => {
    const { coalescer, calls } = setUp();
    const load = (numbers: readonly string[], allowance: CallAllowance) =>
      coalescer.load(numbers, { priority: 'lookup', group: allowance, calls: allowance });
    // What is asked while a call is under way gathers in one batch.
    void coalescer.load(['0'], { priority: 'tracker', group: {} });
    await settled();
    const spare = async () => {
      await vi.advanceTimersByTimeAsync(CALL_MS);
      return calls[1]?.options.spare;
    };
    return { load, spare, coalescer };
  };

  it('are paid by the first that has one left, and are not for ids of those that have none', async () => {
    const { load, spare } = await setUpGroups();
    const [poor, rich] = [new CallAllowance(1), new CallAllowance(3)];
    void load(['1', '2'], poor);
    void load(['3', '4'], rich);
    const calls = await spare();
    expect(calls?.take(['1', '2', '3', '4'])).toEqual(['1', '2', '3', '4']);
    expect([poor.left, rich.left]).toEqual([0, 3]);
    expect(calls?.take(['1', '2', '3', '4'])).toEqual(['3', '4']);
    expect(calls?.take(['1', '2'])).toEqual([]);
    expect([poor.left, rich.left]).toEqual([0, 2]);
  });

  it('are paid by a request that joins where the first one has fewer left', async () => {
    const { load, spare } = await setUpGroups();
    const [spent, fresh] = [new CallAllowance(0), new CallAllowance(5)];
    void load(['1'], spent);
    void load(['1'], fresh);
    expect((await spare())?.take(['1'])).toEqual(['1']);
    expect(fresh.left).toBe(4);
  });

  it('cost the tracker nothing, and tell its ids from those that somebody waits for', async () => {
    const { load, spare, coalescer } = await setUpGroups();
    const request = new CallAllowance(0);
    void load(['1'], request);
    void coalescer.load(['2'], { priority: 'tracker', group: {} });
    const calls = await spare();
    expect(calls?.take(['1', '2'])).toEqual(['2']);
    expect([calls?.priorityOf('1'), calls?.priorityOf('2')]).toEqual(['lookup', 'tracker']);
  });
});
