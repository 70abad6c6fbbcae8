import { describe, expect, it } from 'vitest';
import { ProviderError, StoreUnavailableError } from '../../src/domain/errors.ts';
import { createLookupLoader } from '../../src/loaders/lookup-loader.ts';
import { Coalescer } from '../../src/providers/lookups/coalescer.ts';

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

describe('the loader of a request', () => {
  it('asks each panel once for all that one request wants, and gives each its own', async () => {
    const plus = coalescerOf(echo);
    const cloud = coalescerOf(echo);
    const panels = new Map([
      ['plus', plus.coalescer],
      ['cloud', cloud.coalescer],
    ]);
    const loader = createLookupLoader((panel) => panels.get(panel), noneRefused);
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
    const loader = createLookupLoader((panel) => (panel === 'acme' ? coalescer : undefined), noneRefused);
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
    const loader = createLookupLoader((panel) => (panel === 'acme' ? bad.coalescer : good.coalescer), noneRefused);
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
    const loader = createLookupLoader(
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
    const loader = createLookupLoader(
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
});
