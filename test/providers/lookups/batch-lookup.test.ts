import { describe, expect, it } from 'vitest';
import { ProviderError, type ProviderErrorDetails } from '../../../src/domain/errors.ts';
import type { Reading, Refusal, WireValue } from '../../../src/providers/dialect.ts';
import { BatchLookup, type BatchLookupOptions } from '../../../src/providers/lookups/batch-lookup.ts';
import type { LookupResults, Priority, SpareCalls } from '../../../src/providers/provider.ts';
import type { AskOptions } from '../../../src/providers/transport/exchange.ts';

/** What a panel answers for some ids: the ids that it knows, or a refusal of the whole call. */
type Answer = readonly string[] | ProviderError;

function failure(details: Partial<ProviderErrorDetails>): ProviderError {
  return new ProviderError({
    panel: 'acme',
    action: 'status',
    outcome: 'rejected',
    code: 'PANEL_REJECTED',
    message: 'no',
    ...details,
  });
}

const NO_SUCH_ID = failure({ code: 'ORDER_NOT_FOUND' });
const REFUSED = failure({});
const NO_CALLS_LEFT = failure({ outcome: 'not-sent', code: 'RATE_LIMITED', message: 'no calls left' });

function setUp(panel: (ids: readonly string[]) => Answer, options: Partial<BatchLookupOptions<string>> = {}) {
  const calls: string[][] = [];
  const priorities: string[] = [];
  let now = 0;
  const exchange: BatchLookupOptions<string>['exchange'] = {
    async ask<T>({ form, priority, slot, read }: AskOptions<T>): Promise<T> {
      const ids = (form['ids'] ?? '').split(',');
      calls.push(ids);
      priorities.push(priority);
      await Promise.resolve();
      slot?.release();
      const answer = panel(ids);
      if (answer instanceof ProviderError) throw answer;
      const reading = read(answer as WireValue, { panel: 'acme', at: new Date(0) });
      return (reading.kind === 'found' ? reading.value : null) as T;
    },
    refused: (_action, refusal: Refusal) => failure(refusal),
    unreadable: () => failure({ outcome: 'unknown', code: 'UNREADABLE_REPLY' }),
    noCallsLeft: () => NO_CALLS_LEFT,
    leftOut: (_action, { waitMs }) => failure({ outcome: 'not-sent', code: 'RATE_LIMITED', retryAfterMs: waitMs }),
  };
  const lookup = new BatchLookup<string>({
    exchange,
    dialect: { decodeRefusal: () => null },
    action: 'status',
    single: { encode: (id) => ({ ids: id }), decode: (known) => (known as string[])[0] ?? null },
    multi: {
      encode: (ids) => ({ ids: ids.join(',') }),
      decode: (known, ids): ReadonlyMap<string, Reading<string>> =>
        new Map(
          ids.map((id) => [id, (known as string[]).includes(id) ? { kind: 'found', value: id } : { kind: 'missing' }]),
        ),
    },
    notFound: 'ORDER_NOT_FOUND',
    batchSize: 100,
    singlyOnRefusal: false,
    clock: { now: () => now },
    ...options,
  });
  return {
    lookup,
    calls,
    priorities,
    sizes: () => calls.map(({ length }) => length),
    pass: (ms: number) => {
      now += ms;
    },
    fetch: (ids: readonly string[], spare?: SpareCalls): Promise<LookupResults<string>> => {
      calls.length = 0;
      priorities.length = 0;
      return lookup.fetch(ids, { priority: 'lookup', deadlineAt: 1e12, ...(spare && { spare }) });
    },
  };
}

/** So many spare calls, for ids that somebody waits for where no other priority is given. */
function spareOf(count: number, priority: Priority = 'lookup'): SpareCalls & { left: number } {
  return {
    left: count,
    take(numbers) {
      if (this.left === 0) return [];
      this.left -= 1;
      return numbers;
    },
    priorityOf: () => priority,
  };
}

const ids = (count: number, from = 1): string[] => Array.from({ length: count }, (_, index) => String(from + index));
/** Takes up to so many ids a call, but for those that spoil the whole call. */
const panelOf =
  (most: number, bad: readonly string[] = [], refusal = REFUSED) =>
  (asked: readonly string[]): Answer =>
    asked.length > most || asked.some((id) => bad.includes(id)) ? refusal : asked;

describe('looking up a batch', () => {
  it('asks doubles once, a single id with the single form, and more in one call', async () => {
    const { fetch, calls } = setUp(panelOf(100));
    await fetch(['1', '1']);
    expect(calls).toEqual([['1']]);
    const results = await fetch(['1', '2', '1', '3']);
    expect(calls).toEqual([['1', '2', '3']]);
    expect([...results.keys()]).toEqual(['1', '2', '3']);
  });

  it('halves a refused batch until the panel takes it, and remembers the size', async () => {
    const { fetch, lookup, sizes } = setUp(panelOf(30));
    expect([...(await fetch(ids(100))).values()]).toEqual(ids(100));
    expect(sizes()).toEqual([100, 50, 25, 25, 25, 25]);
    expect(lookup.size).toBe(25);
    await fetch(ids(100));
    expect(sizes()).toEqual([25, 25, 25, 25]);
  });

  it('asks a panel without batches singly, and tries again after an hour', async () => {
    const { fetch, sizes, pass } = setUp(panelOf(1));
    expect((await fetch(ids(4))).size).toBe(4);
    await fetch(ids(4));
    expect(sizes()).toEqual([1, 1, 1, 1]);
    pass(3_600_001);
    await fetch(ids(4));
    expect(sizes()[0]).toBe(4);
  });

  it.each([
    ['as an unknown id', NO_SUCH_ID, null],
    ['in words of its own', REFUSED, REFUSED],
  ])('finds an id that spoils a whole batch %s, and does not shrink for it', async (_how, refusal, result) => {
    for (const bad of ['1', '37', '50', '51', '100']) {
      const { fetch, lookup, sizes } = setUp(panelOf(100, [bad], refusal));
      const results = await fetch(ids(100));
      for (const id of ids(100)) expect(results.get(id)).toEqual(id === bad ? result : id);
      expect(sizes().length).toBeLessThan(20);
      expect(lookup.size).toBe(100);
    }
  });

  it('lets no number of bad ids cost the others', async () => {
    const bad = ['10', '20', '30', '40', '50', '60'];
    const { fetch } = setUp(panelOf(100, bad));
    const results = await fetch(ids(100));
    for (const id of ids(100)) expect(results.get(id)).toEqual(bad.includes(id) ? REFUSED : id);
  });

  it('learns the size of a panel that calls a large batch an unknown id', async () => {
    const { fetch, lookup } = setUp(panelOf(1, [], NO_SUCH_ID));
    await fetch(ids(8));
    expect(lookup.size).toBe(1);
  });

  it('asks no further where the panel refuses whatever it is asked', async () => {
    const { fetch, calls } = setUp(() => REFUSED);
    const results = await fetch(ids(100));
    expect([...results.values()]).toEqual(ids(100).map(() => REFUSED));
    expect(calls.length).toBeLessThan(15);
  });

  it.each([
    ['an invalid key', failure({ code: 'INVALID_KEY' })],
    ['too many calls', failure({ code: 'RATE_LIMITED', outcome: 'not-sent' })],
    ['an open circuit', failure({ code: 'CIRCUIT_OPEN', outcome: 'not-sent' })],
    ['a timeout', failure({ code: 'PANEL_TIMEOUT', outcome: 'unknown' })],
  ])('does not split a batch for %s', async (_what, error) => {
    const { fetch, sizes } = setUp(() => error);
    const results = await fetch(ids(100));
    expect(sizes()).toEqual([100]);
    expect(new Set(results.values())).toEqual(new Set([error]));
  });

  it('asks what a batch leaves out singly, behind the look-ups of others', async () => {
    const { fetch, calls, priorities } = setUp((asked) =>
      asked.length > 1 ? asked.filter((id) => id !== '2' && id !== '4') : asked[0] === '4' ? NO_SUCH_ID : asked,
    );
    const results = await fetch(ids(5));
    expect(calls).toEqual([ids(5), ['2'], ['4']]);
    expect(priorities).toEqual(['lookup', 'tracker', 'tracker']);
    expect([results.get('2'), results.get('4')]).toEqual(['2', null]);
  });

  it('finds the size of a panel that cuts batches without a word', async () => {
    const { fetch, lookup, sizes } = setUp((asked) => asked.slice(0, 30));
    expect([...(await fetch(ids(100))).values()].sort()).toEqual(ids(100).sort());
    expect(sizes()).toEqual([100, 30, 30, 10]);
    expect(lookup.size).toBe(30);
  });

  it('does not take unknown ids at the end of a batch for a cut', async () => {
    const { fetch, lookup } = setUp((asked) => {
      const known = asked.filter((id) => Number(id) < 99);
      return asked.length === 1 && known.length === 0 ? NO_SUCH_ID : known;
    });
    const results = await fetch(ids(100));
    expect([results.get('98'), results.get('99'), results.get('100')]).toEqual(['98', null, null]);
    expect(lookup.size).toBe(100);
  });

  it('goes from a refused batch to single ids at once where the panel is known to lack batches', async () => {
    const { fetch, calls } = setUp(panelOf(1), { singlyOnRefusal: true });
    await fetch(ids(4));
    expect(calls).toEqual([ids(4), ['1'], ['2'], ['3'], ['4']]);
    await fetch(ids(2));
    expect(calls).toEqual([['1'], ['2']]);
  });

  it('tells every result once, as soon as it is known', async () => {
    const { lookup } = setUp((asked) => (asked.length > 1 ? asked.slice(0, -1) : asked));
    const told: string[][] = [];
    await lookup.fetch(ids(3), {
      priority: 'lookup',
      deadlineAt: 1e12,
      onResults: (results) => told.push([...results.keys()]),
    });
    expect(told).toEqual([['1', '2'], ['3']]);
  });

  it('ends the leave that it was given, also where a form cannot be written', async () => {
    const ended: string[] = [];
    const slot = { release: () => ended.push('released'), giveBack: () => ended.push('given back') };
    const given = () => ({ priority: 'lookup' as const, deadlineAt: 1e12, slot });
    await setUp(panelOf(100)).lookup.fetch(ids(250), given());
    expect(ended[0]).toBe('released');
    ended.length = 0;
    await setUp(panelOf(100)).lookup.fetch([], given());
    expect(ended).toEqual(['given back']);
    ended.length = 0;
    const encode = (): never => {
      throw new TypeError('cannot be written');
    };
    const { lookup } = setUp(panelOf(100), { multi: { encode, decode: () => null } });
    await expect(lookup.fetch(ids(2), given())).rejects.toThrow(TypeError);
    expect(ended).toEqual(['given back']);
  });
});

describe('the calls after the first', () => {
  const none = (asked: readonly string[]): Answer => (asked.length === 1 ? NO_SUCH_ID : []);
  /** Leaves out what is asked beside 1. */
  const onlyOne = (asked: readonly string[]): Answer => (asked.length === 1 ? asked : ['1']);

  it('are spare: ids that need one fail where none is left', async () => {
    const { fetch, calls } = setUp(onlyOne);
    const spare = spareOf(2);
    const results = await fetch(['1', '2', '9', '3', '4'], spare);
    expect(calls).toHaveLength(3);
    expect([...results.values()].filter((result) => result === NO_CALLS_LEFT)).toHaveLength(2);
    expect(results.get('1')).toBe('1');
    expect(results.size).toBe(5);
  });

  it('are halves of a refused batch, too, and batches of the size that is known', async () => {
    const { fetch, calls } = setUp(panelOf(25));
    expect((await fetch(ids(100), spareOf(1))).size).toBe(100);
    expect(calls.map(({ length }) => length)).toEqual([100, 50]);
    await fetch(ids(100));
    const spare = spareOf(2);
    const results = await fetch(ids(100), spare);
    expect(calls.map(({ length }) => length)).toEqual([25, 25, 25]);
    expect([...results.values()].filter((result) => result === NO_CALLS_LEFT)).toHaveLength(25);
    expect(spare.left).toBe(0);
  });

  it('are about fewer ids where only some have a call left', async () => {
    const { fetch, calls } = setUp(panelOf(2));
    const spare: SpareCalls = { take: (numbers) => numbers.filter((id) => id !== '2'), priorityOf: () => 'lookup' };
    const results = await fetch(ids(4), spare);
    expect(calls).toEqual([ids(4), ['1'], ['3', '4']]);
    expect(results.get('2')).toBe(NO_CALLS_LEFT);
  });

  it('are for ids that were left out 60 a minute, and say when there is another', async () => {
    const { fetch, calls, pass } = setUp(none);
    const first = await fetch(ids(40), spareOf(1000));
    expect([...first.values()].every((result) => result === null)).toBe(true);
    pass(10_000);
    const spare = spareOf(1000);
    const second = await fetch(ids(40, 100), spare);
    expect(calls).toHaveLength(1 + 20);
    expect(spare.left).toBe(980);
    expect([...second.values()].filter((result) => result === null)).toHaveLength(20);
    expect(second.get('139')).toMatchObject({ outcome: 'not-sent', code: 'RATE_LIMITED', retryAfterMs: 50_000 });
    pass(50_000);
    await fetch(ids(60, 200), spareOf(1000));
    expect(calls).toHaveLength(1 + 40);
  });

  it("are a minute's own for the tracker, and without a limit for the gateway itself", async () => {
    const { fetch, calls } = setUp(none);
    await fetch(ids(90), spareOf(1000, 'tracker'));
    expect(calls).toHaveLength(1 + 30);
    await fetch(ids(90), spareOf(1000));
    expect(calls).toHaveLength(1 + 60);
    await fetch(ids(90));
    expect(calls).toHaveLength(1 + 90);
  });

  it('go singly at once to a panel that leaves out whole lists', async () => {
    const { fetch, calls, lookup } = setUp((asked) => (asked.length === 1 ? asked : []));
    await fetch(ids(2), spareOf(1000));
    expect(lookup.size).toBe(100);
    await fetch(ids(70), spareOf(1000));
    expect(lookup.size).toBe(1);
    const results = await fetch(ids(70), spareOf(1000));
    expect([...results.values()]).toEqual(ids(70));
    expect(calls).toHaveLength(70);
  });
});
