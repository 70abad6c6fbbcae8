import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ListSnapshot } from '../../../src/catalogue/lists/service-lists.ts';
import { findServices, SERVICE_ORDER_FIELDS, type ServiceQuery } from '../../../src/catalogue/search/find-services.ts';
import { ListIndexes } from '../../../src/catalogue/search/list-indexes.ts';
import { MergedOrders } from '../../../src/catalogue/search/ordering/merged-orders.ts';
import { compareDecimals, multiplyDecimals } from '../../../src/domain/money.ts';
import type { Service } from '../../../src/domain/service.ts';
import { generateServices, snapshot } from '../support/samples.ts';

const exchange = { base: 'USD', rates: { EUR: '1.10' } };
async function find(snapshots: readonly ListSnapshot[], query: ServiceQuery, currencies: Record<string, string> = {}) {
  const pricing = { exchange, currencyOf: (panel: string) => currencies[panel] ?? 'USD' };
  const made = { indexes: new ListIndexes(), orders: new MergedOrders() };
  return (await findServices(snapshots, query, { pricing, ...made })).slice();
}
const idsOf = (services: readonly Service[]) => services.map(({ panel, number }) => `${panel}:${number}`);
const found = async (...args: Parameters<typeof find>) => idsOf(await find(...args));

describe('a filter', () => {
  const acme = snapshot('acme', [
    { category: 'Likes', type: 'DEFAULT', refill: true, cancel: false, min: 10, max: 100, rate: '0.90' },
    { category: 'likes', type: 'PACKAGE', refill: false, cancel: null, min: 50, max: 20, rate: '1.10' },
    {
      category: 'Views',
      type: 'POLL',
      refill: null,
      cancel: true,
      min: 1,
      max: 3_000_000_000,
      rate: '1.1000000000000001',
    },
  ]);
  const plus = snapshot('plus', [{ category: 'Likes', rate: '1' }]);

  test.each<[string, ServiceQuery['filter'], string[]]>([
    ['nothing', {}, ['acme:1', 'acme:2', 'acme:3', 'plus:1']],
    [
      'null',
      { panels: null, categories: null, types: null, refill: null, cancel: null, quantity: null, maxRate: null },
      ['acme:1', 'acme:2', 'acme:3', 'plus:1'],
    ],
    ['panels', { panels: ['plus', 'nobody'] }, ['plus:1']],
    ['no panels', { panels: [] }, []],
    ['categories, exactly', { categories: ['Likes', 'Views'] }, ['acme:1', 'acme:3', 'plus:1']],
    ['types', { types: ['PACKAGE', 'POLL'] }, ['acme:2', 'acme:3']],
    ['refill', { refill: true }, ['acme:1']],
    ['no refill, said so', { refill: false }, ['acme:2']],
    ['cancel', { cancel: true }, ['acme:3']],
    ['no cancel, said so', { cancel: false }, ['acme:1']],
    ['a quantity at the least', { panels: ['acme'], quantity: 10 }, ['acme:1', 'acme:3']],
    ['a quantity at the most', { panels: ['acme'], quantity: 3_000_000_000 }, ['acme:3']],
    ['a quantity between a min and a smaller max', { panels: ['acme'], quantity: 30 }, ['acme:1', 'acme:3']],
    ['all of several', { categories: ['Likes'], refill: true, quantity: 10 }, ['acme:1']],
  ])('by %s', async (_, filter, ids) => {
    expect(await found([acme, plus], { filter })).toEqual(ids);
  });

  test('by price compares exactly', async () => {
    expect(await found([acme], { filter: { maxRate: { amount: '1.1', currency: 'USD' } } })).toEqual([
      'acme:1',
      'acme:2',
    ]);
    expect(await found([acme], { filter: { maxRate: { amount: '1', currency: 'EUR' } } })).toEqual([
      'acme:1',
      'acme:2',
    ]);
    expect(
      await found([acme, plus], { filter: { maxRate: { amount: '1.1', currency: 'USD' } } }, { plus: 'EUR' }),
    ).toEqual(['acme:1', 'acme:2', 'plus:1']);
  });

  test('by price leaves out what cannot be converted', async () => {
    const usd = { maxRate: { amount: '100', currency: 'USD' } };
    expect(await found([acme, plus], { filter: usd }, { acme: 'XXX', plus: 'JPY' })).toEqual([]);
    const unknown = { maxRate: { amount: '100', currency: 'XXX' } };
    expect(await found([acme, plus], { filter: unknown }, { acme: 'XXX' })).toEqual([]);
    const yen = { maxRate: { amount: '100', currency: 'JPY' } };
    expect(await found([acme, plus], { filter: yen }, { plus: 'JPY' })).toEqual(['plus:1']);
  });
});

describe('an order', () => {
  const acme = snapshot('acme', [
    { name: 'Item 10', rate: '1.10', min: 5, max: 9 },
    { name: 'item 9', rate: '1.1', min: 5, max: 8 },
    { name: 'Ärger', rate: '0.00011999999999999999', min: 1, max: 9 },
  ]);
  const plus = snapshot('plus', [
    { name: 'Item 10', rate: '1', min: 5, max: 9 },
    { name: 'Zebra', rate: '0.00010909090909090909', min: 2, max: 1 },
  ]);
  const lists = [acme, plus];
  const sorted = (field: (typeof SERVICE_ORDER_FIELDS)[number], direction: 'ASC' | 'DESC', currencies = {}) =>
    found(lists, { orderBy: { field, direction } }, currencies);

  test('by rate is exact and at the exchange rates; equals stand as listed in both directions', async () => {
    // 0.00010909090909090909 EUR are 0.000119999999999999999 USD.
    const currencies = { plus: 'EUR' };
    expect(await sorted('RATE', 'ASC', currencies)).toEqual(['acme:3', 'plus:2', 'acme:1', 'acme:2', 'plus:1']);
    expect(await sorted('RATE', 'DESC', currencies)).toEqual(['acme:1', 'acme:2', 'plus:1', 'plus:2', 'acme:3']);
  });

  test('by rate puts last what cannot be converted, in both directions', async () => {
    expect(await sorted('RATE', 'ASC', { acme: 'XXX' })).toEqual(['plus:2', 'plus:1', 'acme:3', 'acme:1', 'acme:2']);
    expect(await sorted('RATE', 'DESC', { acme: 'XXX' })).toEqual(['plus:1', 'plus:2', 'acme:1', 'acme:2', 'acme:3']);
  });

  test('by rate compares panels of one currency without a rate, and not those of an unknown one', async () => {
    const yen = { acme: 'JPY', plus: 'JPY' };
    expect(await sorted('RATE', 'ASC', yen)).toEqual(['plus:2', 'acme:3', 'plus:1', 'acme:1', 'acme:2']);
    const unknown = { acme: 'XXX', plus: 'XXX' };
    expect(await sorted('RATE', 'ASC', unknown)).toEqual(['acme:3', 'acme:1', 'acme:2', 'plus:2', 'plus:1']);
  });

  test('by rate copes with what floats cannot hold', async () => {
    const tiny = `0.${'0'.repeat(400)}`;
    const huge = '9'.repeat(400);
    const far = snapshot('far', [
      { rate: `${huge}1` },
      { rate: `${tiny}2` },
      { rate: `${huge}0` },
      { rate: `${tiny}1` },
    ]);
    expect(await found([far], { orderBy: { field: 'RATE', direction: 'ASC' } })).toEqual([
      'far:4',
      'far:2',
      'far:3',
      'far:1',
    ]);
  });

  test('by name knows numbers and alphabets', async () => {
    expect(await sorted('NAME', 'ASC')).toEqual(['acme:3', 'acme:2', 'acme:1', 'plus:1', 'plus:2']);
    expect(await sorted('NAME', 'DESC')).toEqual(['plus:2', 'acme:1', 'plus:1', 'acme:2', 'acme:3']);
  });

  test('by min and max', async () => {
    expect(await sorted('MIN', 'ASC')).toEqual(['acme:3', 'plus:2', 'acme:1', 'acme:2', 'plus:1']);
    expect(await sorted('MIN', 'DESC')).toEqual(['acme:1', 'acme:2', 'plus:1', 'plus:2', 'acme:3']);
    expect(await sorted('MAX', 'ASC')).toEqual(['plus:2', 'acme:2', 'acme:1', 'acme:3', 'plus:1']);
  });

  test('by relevance is the default of a search, best first; without one it is the order of the lists', async () => {
    const shop = snapshot('shop', [
      { name: 'Package', category: 'Likes' },
      { name: 'Unlikely' },
      { name: 'Likes' },
      { name: 'Like' },
    ]);
    expect(await found([shop], { search: 'like' })).toEqual(['shop:4', 'shop:3', 'shop:2', 'shop:1']);
    const descending = { field: 'RELEVANCE', direction: 'DESC' } as const;
    expect(await found([shop], { search: 'like', orderBy: descending })).toEqual([
      'shop:1',
      'shop:2',
      'shop:3',
      'shop:4',
    ]);
    expect(await found([shop], { orderBy: descending })).toEqual(['shop:1', 'shop:2', 'shop:3', 'shop:4']);
    expect(await found([shop], { search: 'like', orderBy: { field: 'NAME', direction: 'ASC' } })).toEqual([
      'shop:4',
      'shop:3',
      'shop:1',
      'shop:2',
    ]);
  });

  const fields = fc.record({
    name: fc.constantFrom('a', 'A', 'b 2', 'b 10', 'ä', '粉', '🔥'),
    rate: fc.constantFrom('0', '1', '1.0', '1.1', '1.10', '1.21', '1.1000000000000000001', '100'),
    min: fc.integer({ min: 0, max: 3 }),
    max: fc.integer({ min: 0, max: 3 }),
  });
  const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'XXX');
  test('is total: the same however the services come, each once, turned by the direction but for ties', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.array(fields, { maxLength: 8 }), currency), { maxLength: 4 }),
        fc.constantFrom(...SERVICE_ORDER_FIELDS),
        fc.constantFrom('ASC' as const, 'DESC' as const),
        async (panels, field, direction) => {
          const many = panels.map(([services], at) => snapshot(`p${at}`, services));
          const currencies = Object.fromEntries(panels.map(([, code], at) => [`p${at}`, code]));
          const result = await find(many, { orderBy: { field, direction } }, currencies);
          expect(idsOf(result).toSorted()).toEqual(idsOf(many.flatMap(({ services }) => services)).toSorted());
          // Any two services stand among all as they stand alone.
          for (const [at, right] of result.entries()) {
            const left = result[at - 1];
            if (!left) continue;
            const two = many.map((list) => ({
              ...list,
              services: list.services.filter((service) => service === left || service === right),
            }));
            const alone = await find(two, { orderBy: { field, direction } }, currencies);
            const groupsMoved = field === 'RATE' && currencies[left.panel] !== currencies[right.panel];
            if (!groupsMoved) expect(alone).toEqual([left, right]);
          }
        },
      ),
    );
  });
});

describe('at real size', () => {
  const many = [
    { ...snapshot('one', []), services: generateServices('one', 10_000) },
    { ...snapshot('two', []), services: generateServices('two', 10_000) },
  ];
  const all = many.flatMap(({ services }) => services);
  const currencies = { one: 'USD', two: 'EUR' };
  const inBase = ({ panel, rate }: Service) => (panel === 'one' ? rate : multiplyDecimals(rate, '1.10'));

  test('finds what a plain filter finds', async () => {
    const query: ServiceQuery = {
      search: 'TELEGRAM followers',
      filter: { refill: true, quantity: 500, maxRate: { amount: '200', currency: 'USD' } },
      orderBy: { field: 'RATE', direction: 'ASC' },
    };
    const expected = all
      .filter(
        (service) =>
          service.name.startsWith('Télégram Followers') &&
          service.refill === true &&
          service.min <= 500 &&
          service.max >= 500 &&
          compareDecimals(inBase(service), '200') <= 0,
      )
      .toSorted((left, right) => compareDecimals(inBase(left), inBase(right)));
    expect(expected.length).toBeGreaterThan(50);
    expect(await found(many, query, currencies)).toEqual(idsOf(expected));
  });

  test('sorts by rate and name as a plain sort does', async () => {
    const byRate = all.toSorted((left, right) => compareDecimals(inBase(left), inBase(right)));
    expect(await found(many, { orderBy: { field: 'RATE', direction: 'ASC' } }, currencies)).toEqual(idsOf(byRate));
    const { compare } = new Intl.Collator('und', { numeric: true });
    const byName = all.toSorted((left, right) => compare(left.name, right.name));
    expect(await found(many, { orderBy: { field: 'NAME', direction: 'ASC' } })).toEqual(idsOf(byName));
  });
});
