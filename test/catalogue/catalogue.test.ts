import { Keyv } from 'keyv';
import { expect, test } from 'vitest';
import { Catalogue, type CatalogueOptions } from '../../src/catalogue/catalogue.ts';
import { ServiceLists } from '../../src/catalogue/lists/service-lists.ts';
import type { ServiceList } from '../../src/domain/service.ts';
import { generateServices, HeldClock, listOf, providerError, ReadyPanel, service } from './support/samples.ts';

function setUp(answers: Record<string, () => ServiceList>, currencyOf: CatalogueOptions['currencyOf'] = () => 'USD') {
  const clock = new HeldClock();
  const panels = new Map(Object.entries(answers).map(([panel, answer]) => [panel, new ReadyPanel(answer, panel)]));
  const lists = new ServiceLists({
    sources: panels,
    store: new Keyv(),
    ttlMs: 600_000,
    staleForMs: 86_400_000,
    clock,
    steadyClock: clock,
    log: () => {},
  });
  const exchange = { base: 'USD', rates: { EUR: '1.10' } };
  return { catalogue: new Catalogue({ lists, exchange, currencyOf }), panels, clock };
}

const dead = (): never => {
  throw providerError({ panel: 'dead' });
};

test('a query has the services of all panels, and where they came from', async () => {
  const { catalogue } = setUp({
    acme: () => ({ services: [service(), service({ number: '2' })], skippedCount: 1 }),
    dead,
    plus: () => listOf(service({ panel: 'plus' })),
  });
  const { page, totalCount, catalogues } = await catalogue.find({ first: 2 });
  expect(page.edges().map(({ node }) => `${node.panel}:${node.number}`)).toEqual(['acme:1', 'acme:2']);
  expect(totalCount).toBe(3);
  expect(page.pageInfo.hasNextPage).toBe(true);
  expect(catalogues.map(({ panel, skippedCount, error }) => [panel, skippedCount, error])).toEqual([
    ['acme', 1, null],
    ['dead', 0, 'Panel acme did not answer in time.'],
    ['plus', 0, null],
  ]);
});

test('only the panels of the filter are asked, each once however many ask', async () => {
  const { catalogue, panels } = setUp({
    acme: () => listOf(service()),
    plus: () => listOf(service({ panel: 'plus' })),
  });
  const query = { filter: { panels: ['plus', 'nobody', 'plus'] } };
  const answers = await Promise.all(Array.from({ length: 50 }, () => catalogue.find(query)));
  expect(answers.every(({ totalCount }) => totalCount === 1)).toBe(true);
  expect(answers[0]?.catalogues.map(({ panel }) => panel)).toEqual(['plus']);
  expect([panels.get('acme')?.calls, panels.get('plus')?.calls]).toEqual([0, 1]);
});

test('bad paging arguments never reach a panel', async () => {
  const { catalogue, panels } = setUp({ acme: () => listOf(service()) });
  await expect(catalogue.find({ first: 5_001 })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  const foreign = Buffer.from('0:Order:acme:1').toString('base64url');
  await expect(catalogue.find({ after: foreign })).rejects.toMatchObject({ issues: [{ path: ['after'] }] });
  expect(panels.get('acme')?.calls).toBe(0);
});

test('currencies are asked only where prices are compared, and one that fails costs only its own panel', async () => {
  let asked = 0;
  const { catalogue } = setUp(
    { acme: () => listOf(service()), plus: () => listOf(service({ panel: 'plus', rate: '0.1' })) },
    async (panel) => {
      asked += 1;
      return panel === 'plus' ? dead() : 'EUR';
    },
  );
  await catalogue.find({});
  expect(asked).toBe(0);
  const { page } = await catalogue.find({ orderBy: { field: 'RATE', direction: 'ASC' } });
  expect(page.edges().map(({ node }) => node.panel)).toEqual(['acme', 'plus']);
  expect((await catalogue.find({ filter: { maxRate: { amount: '5', currency: 'USD' } } })).totalCount).toBe(1);
});

test('a service is found by its number; of a doubled number the first', async () => {
  const { catalogue } = setUp({
    acme: () => listOf(service({ number: 'a:b', name: 'First' }), service({ number: 'a:b', name: 'Second' })),
  });
  expect((await catalogue.service('acme', 'a:b'))?.name).toBe('First');
  expect(await catalogue.service('acme', 'other')).toBeNull();
  expect(await catalogue.service('nobody', 'a:b')).toBeNull();
});

test('a service of a panel that cannot be read is an error, one of a stale list is not', async () => {
  const { catalogue, panels, clock } = setUp({ dead, acme: () => listOf(service()) });
  await expect(catalogue.service('dead', '1')).rejects.toMatchObject({ code: 'PANEL_TIMEOUT' });
  await catalogue.service('acme', '1');
  clock.advance(600_000);
  const acme = panels.get('acme');
  if (acme) acme.answer = dead;
  await expect(catalogue.pricedService('acme', '1')).rejects.toMatchObject({ code: 'PANEL_TIMEOUT' });
  expect(await catalogue.service('acme', '1')).not.toBeNull();
  expect((await catalogue.snapshots(['acme']))[0]).toMatchObject({ stale: true, services: [{ number: '1' }] });
});

test('an order is priced by a list that is fetched anew when it has expired', async () => {
  const { catalogue, panels, clock } = setUp({ acme: () => listOf(service({ rate: '1' })) });
  expect((await catalogue.pricedService('acme', '1'))?.rate).toBe('1');
  const acme = panels.get('acme');
  if (acme) acme.answer = () => listOf(service({ rate: '2' }));
  expect((await catalogue.pricedService('acme', '1'))?.rate).toBe('1');
  clock.advance(600_000);
  expect((await catalogue.pricedService('acme', '1'))?.rate).toBe('2');
  expect(await catalogue.pricedService('nobody', '1')).toBeNull();
});

test('a refresh fetches the lists of the panels named', async () => {
  const { catalogue, panels, clock } = setUp({ acme: () => listOf(service()), dead });
  const refreshed = await catalogue.refresh(['dead', 'acme']);
  expect(refreshed.map(({ panel, error }) => [panel, error === null])).toEqual([
    ['dead', false],
    ['acme', true],
  ]);
  clock.advance(5_000);
  await catalogue.refresh(['acme']);
  expect(['acme', 'dead'].map((name) => panels.get(name)?.calls)).toEqual([2, 1]);
});

test('walking the pages of 10,000 services visits each once, in the order of one page after another', async () => {
  const { catalogue } = setUp({
    one: () => listOf(...generateServices('one', 6_000)),
    two: () => listOf(...generateServices('two', 4_000)),
  });
  const query = { search: 'k', orderBy: { field: 'RATE', direction: 'DESC' } } as const;
  const seen = new Set<string>();
  let after: string | null = null;
  let pages = 0;
  do {
    const { page, totalCount } = await catalogue.find({ ...query, first: 900, after });
    expect(totalCount).toBe(10_000);
    for (const { node } of page.edges()) seen.add(`${node.panel}:${node.number}`);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    pages += 1;
  } while (after);
  expect([seen.size, pages]).toEqual([10_000, 12]);
});

test('a cursor goes on behind its service wherever that has moved, and at its position once it has gone', async () => {
  const numbered = (numbers: readonly number[]) => listOf(...numbers.map((at) => service({ number: String(at) })));
  const { catalogue, panels, clock } = setUp({
    other: () => listOf(service({ panel: 'other', number: '3' })),
    acme: () => numbered([1, 2, 3, 4]),
  });
  const { page } = await catalogue.find({ first: 3 });
  const after = page.pageInfo.endCursor;
  const next = async () => {
    const answer = await catalogue.find({ first: 1, after });
    return answer.page.nodes.map(({ panel, number }) => `${panel}:${number}`);
  };
  expect(await next()).toEqual(['acme:3']);
  const acme = panels.get('acme');
  for (const [numbers, expected] of [
    [[2, 9, 8, 7, 3], ['acme:9']],
    [[9, 8, 7, 3, 2], []],
    [[9, 8, 7, 3], ['acme:8']],
  ] as const) {
    if (acme) acme.answer = () => numbered(numbers);
    clock.advance(5_000);
    await catalogue.refresh(['acme']);
    expect(await next()).toEqual(expected);
  }
});
