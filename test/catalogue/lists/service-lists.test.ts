import { gzipSync } from 'node:zlib';
import { Keyv } from 'keyv';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type KeyValueStore, type ListSource, ServiceLists } from '../../../src/catalogue/lists/service-lists.ts';
import type { ServiceList } from '../../../src/domain/service.ts';
import { HeldClock, HeldPanel, listOf, providerError, ReadyPanel, service } from '../support/samples.ts';

const TTL_MS = 600_000;
const STALE_FOR_MS = 86_400_000;

let clock: HeldClock;
let store: Keyv;
let logged: string[];

beforeEach(() => {
  clock = new HeldClock();
  store = new Keyv({ namespace: 'panelgraph' });
  logged = [];
});
afterEach(() => {
  vi.useRealTimers();
});

function createLists(source: ListSource, over: KeyValueStore = store): ServiceLists {
  return new ServiceLists({
    sources: new Map([['acme', source]]),
    store: over,
    ttlMs: TTL_MS,
    staleForMs: STALE_FOR_MS,
    clock,
    steadyClock: clock,
    log: (message) => logged.push(message),
  });
}

const named = (name: string): ServiceList => listOf(service({ name }));
/** Until everything that is ready to run has run. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
const dead = () => {
  throw providerError();
};

describe('a list that is read', () => {
  test('is fetched once however many ask at once', async () => {
    const panel = new HeldPanel();
    const lists = createLists(panel);
    const asked = Array.from({ length: 50 }, () => lists.get('acme'));
    await settled();
    expect(panel.calls).toHaveLength(1);
    panel.calls[0]?.resolve(named('Likes'));
    const snapshots = await Promise.all(asked);
    expect(new Set(snapshots.map(({ services }) => services)).size).toBe(1);
    expect(snapshots[49]).toMatchObject({ panel: 'acme', stale: false, error: null, fetchedAt: new Date(clock.now()) });
    expect(snapshots[49]?.services[0]?.name).toBe('Likes');
  });

  test('is kept until its time to live is over', async () => {
    const panel = new ReadyPanel(() => named('Likes'));
    const lists = createLists(panel);
    const first = await lists.get('acme');
    clock.advance(TTL_MS - 1);
    expect((await lists.get('acme')).services).toBe(first.services);
    expect(panel.calls).toBe(1);
  });

  test('is served when expired, while it is refreshed once in the background', async () => {
    const panel = new HeldPanel();
    const lists = createLists(panel);
    const first = lists.get('acme');
    await settled();
    panel.calls[0]?.resolve(named('Old'));
    await first;

    clock.advance(TTL_MS);
    const during = await Promise.all([lists.get('acme'), lists.get('acme')]);
    expect(during.map(({ stale, services }) => [stale, services[0]?.name])).toEqual([
      [true, 'Old'],
      [true, 'Old'],
    ]);
    await settled();
    expect(panel.calls).toHaveLength(2);
    panel.calls[1]?.resolve(named('New'));
    await lists.idle();
    expect(await lists.get('acme')).toMatchObject({ stale: false, services: [{ name: 'New' }] });
    expect(panel.calls).toHaveLength(2);
  });

  test('is served when expired and the panel fails, with the error beside it', async () => {
    const panel = new ReadyPanel(() => named('Old'));
    const lists = createLists(panel);
    await lists.get('acme');
    panel.answer = dead;
    clock.advance(TTL_MS);
    await lists.get('acme');
    await lists.idle();
    const snapshot = await lists.get('acme');
    expect(snapshot).toMatchObject({
      stale: true,
      services: [{ name: 'Old' }],
      error: 'Panel acme did not answer in time.',
    });
    expect(snapshot.failure?.code).toBe('PANEL_TIMEOUT');
  });

  test('is served no more when it has been expired for too long', async () => {
    const panel = new ReadyPanel(() => named('Old'));
    const lists = createLists(panel);
    await lists.get('acme');
    panel.answer = dead;
    clock.advance(TTL_MS + STALE_FOR_MS);
    expect(await lists.get('acme')).toMatchObject({ services: [], fetchedAt: null, stale: false });
    panel.answer = () => named('New');
    clock.advance(5_000);
    expect(await lists.get('acme')).toMatchObject({ services: [{ name: 'New' }], error: null });
  });
});

describe('a panel that fails', () => {
  test('gives an empty list with the error, and is left alone for a few seconds', async () => {
    const panel = new ReadyPanel(dead);
    const lists = createLists(panel);
    expect(await lists.get('acme')).toMatchObject({
      services: [],
      fetchedAt: null,
      stale: false,
      error: 'Panel acme did not answer in time.',
    });
    clock.advance(4_999);
    await lists.get('acme');
    expect(panel.calls).toBe(1);
    clock.advance(1);
    panel.answer = () => named('Likes');
    expect(await lists.get('acme')).toMatchObject({ error: null, failure: null, services: [{ name: 'Likes' }] });
    expect(panel.calls).toBe(2);
  });

  test('is left alone for as long as it asks for, a minute at most', async () => {
    const panel = new ReadyPanel(() => {
      throw providerError({ outcome: 'not-sent', code: 'RATE_LIMITED', retryAfterMs: 3_600_000 });
    });
    const lists = createLists(panel);
    await lists.get('acme');
    clock.advance(59_999);
    await lists.get('acme');
    expect(panel.calls).toBe(1);
    clock.advance(1);
    await lists.get('acme');
    expect(panel.calls).toBe(2);
  });

  test('in a way nobody foresaw has a coded error without the details', async () => {
    const panel = new ReadyPanel(() => {
      throw new TypeError('secret details');
    });
    const snapshot = await createLists(panel).get('acme');
    expect(snapshot.error).toBe('The list of services of panel acme could not be read.');
    expect(snapshot.failure?.code).toBe('UNREADABLE_REPLY');
    expect(logged).toEqual(['The list of services of panel acme could not be read.']);
  });

  test('that is not configured is a mistake of the caller', () => {
    expect(() => createLists(new HeldPanel()).get('other')).toThrow('No panel other is configured.');
  });
});

describe('a list that prices an order', () => {
  test('is fetched anew when it has expired, and waited for', async () => {
    const panel = new ReadyPanel(() => named('Old'));
    const lists = createLists(panel);
    await lists.get('acme');
    expect((await lists.getFresh('acme')).services[0]?.name).toBe('Old');
    clock.advance(TTL_MS);
    panel.answer = () => named('New');
    expect((await lists.getFresh('acme')).services[0]?.name).toBe('New');
  });

  test('may be asked for younger than its time to live, not older', async () => {
    const panel = new ReadyPanel(() => named('Likes'));
    const lists = createLists(panel);
    await lists.get('acme');
    clock.advance(1_000);
    await lists.getFresh('acme', { maxAgeMs: 1_000 });
    expect(panel.calls).toBe(2);
    clock.advance(TTL_MS);
    await lists.getFresh('acme', { maxAgeMs: TTL_MS * 2 });
    expect(panel.calls).toBe(3);
  });

  test('joins the fetch that is in flight', async () => {
    const panel = new HeldPanel();
    const lists = createLists(panel);
    const both = [lists.get('acme'), lists.getFresh('acme')];
    await settled();
    expect(panel.calls).toHaveLength(1);
    panel.calls[0]?.resolve(named('Likes'));
    expect((await Promise.all(both)).map(({ services }) => services.length)).toEqual([1, 1]);
  });

  test('is not an expired one: the error of the panel is thrown, also while the panel is left alone', async () => {
    const panel = new ReadyPanel(() => named('Old'));
    const lists = createLists(panel);
    await lists.get('acme');
    clock.advance(TTL_MS);
    panel.answer = dead;
    await expect(lists.getFresh('acme')).rejects.toMatchObject({ code: 'PANEL_TIMEOUT' });
    panel.answer = () => named('New');
    expect((await lists.getFresh('acme')).services[0]?.name).toBe('New');
  });
});

describe('a refresh', () => {
  test('fetches although the list is fresh', async () => {
    const panel = new ReadyPanel(() => named('Old'));
    const lists = createLists(panel);
    await lists.get('acme');
    panel.answer = () => named('New');
    expect((await lists.refresh('acme')).services[0]?.name).toBe('New');
    expect((await lists.get('acme')).services[0]?.name).toBe('New');
  });

  test('keeps the list and tells the error where the panel fails', async () => {
    const panel = new ReadyPanel(() => named('Old'));
    const lists = createLists(panel);
    await lists.get('acme');
    panel.answer = dead;
    expect(await lists.refresh('acme')).toMatchObject({
      services: [{ name: 'Old' }],
      stale: false,
      error: 'Panel acme did not answer in time.',
    });
  });

  test('does not join a fetch that began before it, and an older answer does not overwrite a newer one', async () => {
    const panel = new HeldPanel();
    const lists = createLists(panel);
    const read = lists.get('acme');
    await settled();
    const refreshed = lists.refresh('acme');
    expect(panel.calls).toHaveLength(2);
    panel.calls[1]?.resolve(named('New'));
    expect((await refreshed).services[0]?.name).toBe('New');
    panel.calls[0]?.resolve(named('Old'));
    expect((await read).services[0]?.name).toBe('New');
    await lists.idle();
    const kept = await createLists(new ReadyPanel(dead)).get('acme');
    expect(kept.services[0]?.name).toBe('New');
  });

  test('is not undone by the failure of an older fetch', async () => {
    const panel = new HeldPanel();
    const lists = createLists(panel);
    const read = lists.get('acme');
    await settled();
    const refreshed = lists.refresh('acme');
    panel.calls[1]?.resolve(named('New'));
    await refreshed;
    panel.calls[0]?.reject(providerError());
    expect(await read).toMatchObject({ error: null, services: [{ name: 'New' }] });
  });

  test('waits for the one under way, together with all that come meanwhile', async () => {
    const panel = new HeldPanel();
    const lists = createLists(panel);
    const refreshes = Array.from({ length: 20 }, () => lists.refresh('acme'));
    expect(panel.calls).toHaveLength(1);
    panel.calls[0]?.resolve(named('First'));
    await settled();
    expect(panel.calls).toHaveLength(2);
    panel.calls[1]?.resolve(named('Second'));
    const [first, ...others] = await Promise.all(refreshes);
    expect(first?.services[0]?.name).toBe('First');
    expect(new Set(others.map(({ services }) => services[0]?.name))).toEqual(new Set(['Second']));
    expect(panel.calls).toHaveLength(2);
  });
});

describe('refreshes that come often', () => {
  test('share one within five seconds, its failure included', async () => {
    const panel = new ReadyPanel(dead);
    const lists = createLists(panel);
    for (let count = 0; count < 60; count += 1) {
      expect(await lists.refresh('acme')).toMatchObject({ error: 'Panel acme did not answer in time.' });
    }
    expect(panel.calls).toBe(1);
    panel.answer = () => named('New');
    clock.advance(4_999);
    await lists.refresh('acme');
    expect(panel.calls).toBe(1);
    clock.advance(1);
    expect(await lists.refresh('acme')).toMatchObject({ error: null, services: [{ name: 'New' }] });
    expect(panel.calls).toBe(2);
  });

  test('do not follow each other without end: those that come during the second get its list', async () => {
    const panel = new HeldPanel();
    const lists = createLists(panel);
    const refreshes = [lists.refresh('acme'), lists.refresh('acme')];
    panel.calls[0]?.resolve(named('First'));
    await settled();
    refreshes.push(lists.refresh('acme'), lists.refresh('acme'));
    panel.calls[1]?.resolve(named('Second'));
    const names = (await Promise.all(refreshes)).map(({ services }) => services[0]?.name);
    expect(names).toEqual(['First', 'Second', 'Second', 'Second']);
    expect(panel.calls).toHaveLength(2);
  });
});

describe('the store', () => {
  test('lets one gateway fetch and the others read', async () => {
    const [first, second] = [new ReadyPanel(() => named(':colon')), new ReadyPanel(dead)];
    const [fetching, reading] = [createLists(first), createLists(second)];
    const fetched = await fetching.get('acme');
    await fetching.idle();
    expect(await reading.get('acme')).toEqual(fetched);
    expect(second.calls).toBe(0);

    clock.advance(TTL_MS);
    first.answer = () => named('New');
    await fetching.refresh('acme');
    await fetching.idle();
    await reading.get('acme');
    await reading.idle();
    expect(await reading.get('acme')).toMatchObject({ stale: false, services: [{ name: 'New' }] });
    expect((await reading.getFresh('acme')).services[0]?.name).toBe('New');
    expect(second.calls).toBe(0);
  });

  test('lends a starting gateway an expired list while it fetches its own', async () => {
    const before = createLists(new ReadyPanel(() => named('Old')));
    await before.get('acme');
    await before.idle();
    clock.advance(TTL_MS);
    const panel = new HeldPanel();
    const lists = createLists(panel);
    expect(await lists.get('acme')).toMatchObject({ stale: true, services: [{ name: 'Old' }] });
    panel.calls[0]?.resolve(named('New'));
    await lists.idle();
    expect(await lists.get('acme')).toMatchObject({ stale: false, services: [{ name: 'New' }] });
  });

  test('keeps the lists of two accounts apart', async () => {
    const one = createLists(new ReadyPanel(() => named('One'), 'account-1'));
    await one.get('acme');
    await one.idle();
    const two = createLists(new ReadyPanel(() => named('Two'), 'account-2'));
    expect((await two.get('acme')).services[0]?.name).toBe('Two');
  });

  const good = { number: '1', name: 'Likes', category: '', type: 'DEFAULT', typeText: '', rate: '1', min: 1, max: 2 };
  const flags = { refill: null, cancel: null, dripFeed: null, description: null, averageTime: null };
  const now = Date.UTC(2026, 10, 20);
  /** As it is stored: the JSON of the services, compressed. */
  const stored = (services: readonly unknown[], fetchedAt = now) => {
    const json = Buffer.from(JSON.stringify(services));
    const ends = [json.length];
    return { services: gzipSync(json).toString('base64'), ends, skippedCount: 3, fetchedAt };
  };
  test.each([
    ['no list', 'hello'],
    ['a list that is not packed', { services: [{ ...good, ...flags }], skippedCount: 0, fetchedAt: now }],
    ['a list that is not compressed', { ...stored([]), services: Buffer.from('[]').toString('base64') }],
    ['a list that is cut off', { ...stored([{ ...good, ...flags }]), ends: [20] }],
    ['a list that swells when it is read', stored([' '.repeat(140_000_000)])],
    ['a list of another shape', stored([{ id: 1 }])],
    ['a rate that is no decimal', stored([{ ...good, ...flags, rate: '1e5' }])],
    ['a number no panel has', stored([{ ...good, ...flags, number: '1,2' }])],
    ['a list from the future', stored([], now + 5_001)],
  ])('that holds %s is as if it were empty', async (_, value) => {
    await store.set('services:v2:acme:key-1', value);
    const panel = new ReadyPanel(() => named('Likes'));
    expect((await createLists(panel).get('acme')).services).toHaveLength(1);
    expect(panel.calls).toBe(1);
  });

  test('cannot make a service of another panel', async () => {
    const services = [{ ...good, ...flags, panel: 'other' }];
    await store.set('services:v2:acme:key-1', stored(services));
    const panel = new ReadyPanel(dead);
    expect(await createLists(panel).get('acme')).toMatchObject({ services: [{ panel: 'acme' }], skippedCount: 3 });
    expect(panel.calls).toBe(0);
  });

  test('that throws is done without, and complained of once a minute', async () => {
    const broken: KeyValueStore = {
      get: () => {
        throw new Error('down');
      },
      set: async () => false,
    };
    const panel = new ReadyPanel(() => named('Likes'));
    const lists = createLists(panel, broken);
    expect((await lists.get('acme')).services).toHaveLength(1);
    await lists.refresh('acme');
    await lists.idle();
    expect(logged).toEqual(['The list of services could not be read in the cache; the gateway goes on without it.']);
    clock.advance(60_000);
    await lists.refresh('acme');
    await lists.idle();
    expect(logged).toHaveLength(2);
  });

  test('that hangs is waited for once, for two seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let uses = 0;
    const hang = () => {
      uses += 1;
      return new Promise<never>(() => {});
    };
    const panel = new ReadyPanel(() => named('Likes'));
    const lists = createLists(panel, { get: hang, set: hang });
    const asked = lists.get('acme');
    await vi.advanceTimersByTimeAsync(1_999);
    expect(panel.calls).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect((await asked).services).toHaveLength(1);
    await lists.refresh('acme');
    await lists.idle();
    expect(uses).toBe(1);
    expect(logged).toHaveLength(1);
  });
});
