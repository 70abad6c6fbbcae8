import { describe, expect, it } from 'vitest';
import { ProviderError, StoreUnavailableError } from '../../src/domain/errors.ts';
import { createLookupLoader, type FindCoalescer, type FindRefused } from '../../src/loaders/lookup-loader.ts';
import { Coalescer } from '../../src/providers/lookups/coalescer.ts';
import { CallAllowance } from '../../src/providers/pacing/call-allowance.ts';

function coalescerOf(fetch: (numbers: readonly string[]) => ReadonlyMap<string, string | null | ProviderError>) {
  const calls: (readonly string[])[] = [];
  const coalescer = new Coalescer<string>({
    panel: 'acme',
    action: 'status',
    batchSize: 100,
    concurrency: 4,
    deadlineMs: 30_000,
    ttlMs: 0,
    isFinal: () => false,
    reserve: () => Promise.resolve({ release: () => {}, giveBack: () => {} }),
    fetch: async (numbers) => {
      calls.push(numbers);
      return fetch(numbers);
    },
    waitMs: () => 0,
  });
  return { coalescer, calls };
}

const echo = (numbers: readonly string[]): ReadonlyMap<string, string> =>
  new Map(numbers.map((number) => [number, `state of ${number}`]));

const noneRefused = async (): Promise<ReadonlySet<string>> => new Set();

/** Of a request that may cause `panelCalls` calls. */
const loaderOf = <T>(findCoalescer: FindCoalescer<T>, findRefused: FindRefused = noneRefused, panelCalls = 200) =>
  createLookupLoader({ findCoalescer, findRefused, calls: new CallAllowance(panelCalls) });

describe('the loader of a request', () => {
  it('asks each panel once for all that one request wants, and gives each its own', async () => {
    const plus = coalescerOf(echo);
    const cloud = coalescerOf(echo);
    const panels = new Map([
      ['plus', plus.coalescer],
      ['cloud', cloud.coalescer],
    ]);
    const loader = loaderOf((panel) => panels.get(panel));
    const refs = ['plus:1', 'cloud:1', 'plus:2', 'plus:1', 'cloud:a:b'].map((text) => {
      const [panel = '', ...number] = text.split(':');
      return { panel, number: number.join(':') };
    });
    const results = await Promise.all(refs.map((ref) => loader.load(ref)));
    expect(results).toEqual(['state of 1', 'state of 1', 'state of 2', 'state of 1', 'state of a:b']);
    expect(plus.calls).toEqual([['1', '2']]);
    expect(cloud.calls).toEqual([['1', 'a:b']]);
  });

  it('gives null where the panel or the number is not known', async () => {
    const { coalescer } = coalescerOf(() => new Map([['1', null]]));
    const loader = loaderOf((panel) => (panel === 'acme' ? coalescer : undefined));
    expect(await loader.load({ panel: 'acme', number: '1' })).toBeNull();
    expect(await loader.load({ panel: 'other', number: '1' })).toBeNull();
  });

  it("rejects only what has failed: another panel's ids and other ids stand", async () => {
    const error = new ProviderError({
      panel: 'acme',
      action: 'status',
      outcome: 'unknown',
      code: 'PANEL_ERROR',
      message: 'no',
    });
    const bad = coalescerOf(
      () =>
        new Map<string, string | ProviderError>([
          ['1', error],
          ['2', 'fine'],
        ]),
    );
    const good = coalescerOf(echo);
    const loader = loaderOf((panel) => (panel === 'acme' ? bad.coalescer : good.coalescer));
    const results = await Promise.allSettled([
      loader.load({ panel: 'acme', number: '1' }),
      loader.load({ panel: 'acme', number: '2' }),
      loader.load({ panel: 'good', number: '3' }),
    ]);
    expect(results).toEqual([
      { status: 'rejected', reason: error },
      { status: 'fulfilled', value: 'fine' },
      { status: 'fulfilled', value: 'state of 3' },
    ]);
  });

  it('does not ask for a number that the panel would read as another', async () => {
    const { coalescer, calls } = coalescerOf(echo);
    const loader = loaderOf(
      () => coalescer,
      async (_panel, numbers) => new Set(numbers.filter((number) => number === '007')),
    );
    const load = (number: string) => loader.load({ panel: 'acme', number });
    expect(await Promise.all([load('007'), load('7'), load('08')])).toEqual([null, 'state of 7', 'state of 08']);
    expect(calls).toEqual([['7', '08']]);
  });

  it('fails alone for such a number while the ledger is away', async () => {
    const { coalescer, calls } = coalescerOf(echo);
    const away = new StoreUnavailableError('The ledger is away.');
    const loader = loaderOf(
      () => coalescer,
      () => Promise.reject(away),
    );
    const load = (number: string) => loader.load({ panel: 'acme', number });
    expect(await load('7')).toBe('state of 7');
    expect(await Promise.allSettled([load('8'), load('007')])).toEqual([
      { status: 'fulfilled', value: 'state of 8' },
      { status: 'rejected', reason: away },
    ]);
    expect(calls).toEqual([['7'], ['8']]);
  });

  it('fails with the name of the limit where a request would cause too many calls, and asks nothing then', async () => {
    const { coalescer, calls } = coalescerOf(echo);
    const loader = loaderOf(() => coalescer, noneRefused, 2);
    const load = (count: number, from: number) =>
      Promise.allSettled(
        Array.from({ length: count }, (_, index) => loader.load({ panel: 'acme', number: `${from + index}` })),
      );
    const [first] = await load(201, 1000);
    expect(first).toMatchObject({
      status: 'rejected',
      reason: { code: 'INVALID_INPUT', message: expect.stringMatching(/At most 2 calls .*\(limits\.panelCalls\)/) },
    });
    expect(calls).toEqual([]);
    expect((await load(200, 2000)).every(({ status }) => status === 'fulfilled')).toBe(true);
    expect((await load(1, 3000))[0]?.status).toBe('rejected');
    expect(calls).toHaveLength(2);
  });
});
