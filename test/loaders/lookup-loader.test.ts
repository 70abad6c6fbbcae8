import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../src/domain/errors.ts';
import { createLookupLoader } from '../../src/loaders/lookup-loader.ts';
import { Coalescer } from '../../src/providers/coalescer.ts';

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

describe('the loader of a request', () => {
  it('asks each panel once for all that one request wants, and gives each its own', async () => {
    const plus = coalescerOf(echo);
    const cloud = coalescerOf(echo);
    const panels = new Map([
      ['plus', plus.coalescer],
      ['cloud', cloud.coalescer],
    ]);
    const loader = createLookupLoader((panel) => panels.get(panel));
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
    const loader = createLookupLoader((panel) => (panel === 'acme' ? coalescer : undefined));
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
    const loader = createLookupLoader((panel) => (panel === 'acme' ? bad.coalescer : good.coalescer));
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
});
