import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findServices, type ServiceOrderField } from '../../../../src/catalogue/search/find-services.ts';
import { ListIndexes } from '../../../../src/catalogue/search/list-indexes.ts';
import { MergedOrders } from '../../../../src/catalogue/search/ordering/merged-orders.ts';
import { snapshot } from '../../support/samples.ts';

const exchange = { base: 'USD', rates: { EUR: '1.10' } };
const fields = fc.record({
  name: fc.constantFrom('a', 'A', 'b 2', 'b 10', 'ä'),
  rate: fc.constantFrom('1', '1.0', '1.1', '1.10', '1.21', '1.1000000000000000001'),
  min: fc.integer({ min: 0, max: 2 }),
  max: fc.integer({ min: 0, max: 2 }),
});
const panels = fc.array(
  fc.tuple(fc.array(fields, { maxLength: 6 }), fc.constantFrom('USD', 'EUR', 'JPY', 'CHF', 'XXX')),
  {
    minLength: 1,
    maxLength: 4,
  },
);
const query = fc.record({
  field: fc.constantFrom<ServiceOrderField>('NAME', 'RATE', 'MIN', 'MAX'),
  direction: fc.constantFrom('ASC' as const, 'DESC' as const),
  refill: fc.constantFrom(null, true),
  leftOut: fc.nat({ max: 3 }),
});

test('an order that was merged for other panels and filters gives what one of its own would give', async () => {
  await fc.assert(
    fc.asyncProperty(panels, fc.array(query, { minLength: 2, maxLength: 8 }), async (lists, queries) => {
      const all = lists.map(([services, currency], at) => ({
        list: snapshot(
          `p${at}`,
          services.map((service, place) => ({ ...service, refill: place % 2 === 0 })),
        ),
        currency,
      }));
      const pricing = { exchange, currencyOf: (panel: string) => all[Number(panel.slice(1))]?.currency ?? 'XXX' };
      const indexes = new ListIndexes();
      const shared = new MergedOrders();
      const find = async ({ field, direction, refill, leftOut }: (typeof queries)[number], orders: MergedOrders) => {
        const snapshots = all.filter((_, at) => at !== leftOut).map(({ list }) => list);
        const asked = { filter: { refill }, orderBy: { field, direction } };
        const found = await findServices(snapshots, asked, { pricing, indexes, orders });
        return found.slice().map(({ panel, number }) => `${panel}:${number}`);
      };
      for (const each of queries) expect(await find(each, shared)).toEqual(await find(each, new MergedOrders()));
    }),
  );
});
