import { expect, it } from 'vitest';
import { JERRY } from './panels/jerry.ts';
import { SMARTPANEL } from './panels/smartpanel.ts';
import { openZoo } from './run/open-zoo.ts';
import { placeOrders } from './run/place-orders.ts';
import type { WantedOrder } from './run/random-order.ts';
import { readPlacements } from './run/read-placements.ts';

const ENOUGH_MICROS = 1_000_000_000;

function wantEqualOrder(serviceId: string, index: number, link: string): WantedOrder {
  const mark = `zoo-${index}`;
  return {
    mark,
    panel: serviceId.split(':')[1] ?? '',
    input: { serviceId, idempotencyKey: mark, details: { default: { link, quantity: 100 } } },
    isDoubled: false,
    afterwards: 'nothing',
  };
}

it.each([
  ['one link', () => 'https://example.com/p/same'],
  ['links of their own', (index: number) => `https://example.com/p/zoo-${index}`],
])(
  'a panel that reads a stale balance under parallel adds places 100 of 100 equal orders with %s, four at a time',
  async (_, linkOf) => {
    await using zoo = await openZoo([SMARTPANEL], { seed: 1 });
    const [panel] = zoo.panels;
    panel!.shop.balanceMicros = ENOUGH_MICROS;
    const orders = Array.from({ length: 100 }, (_, index) =>
      wantEqualOrder('Service:smartpanel:11', index, linkOf(index)),
    );
    await placeOrders(zoo.gateway, orders, { atOneTime: 4 });
    const states = [...(await readPlacements(zoo.gateway)).values()].map(({ state }) => state);
    expect(states).toEqual(Array.from({ length: 100 }, () => 'PLACED'));
    expect(panel!.shop.sales.all).toHaveLength(100);
    expect(panel!.shop.balanceMicros).toBe(ENOUGH_MICROS - 100 * 90_000);
  },
);

it('a panel that gives two orders of one moment one number keeps none of those that its seller has from the books', async () => {
  await using zoo = await openZoo([JERRY], {
    seed: 1,
    settings: { addConcurrency: 20, concurrency: 20, breaker: { consecutiveFailures: 1000 } },
  });
  const [panel] = zoo.panels;
  panel!.shop.balanceMicros = ENOUGH_MICROS;
  const orders = Array.from({ length: 60 }, (_, index) =>
    wantEqualOrder('Service:jerry:1448', index, `https://example.com/p/zoo-${index}`),
  );
  await placeOrders(zoo.gateway, orders, { atOneTime: 20 });
  const placements = await readPlacements(zoo.gateway);
  const { sales, upstream } = panel!.shop;
  expect(upstream.all).toHaveLength(60);
  expect(sales.all.length).toBeLessThan(60);
  const states = orders.map(({ mark }) => placements.get(mark)?.state);
  expect(states).toEqual(orders.map(({ mark }) => (sales.ofMark(mark).length > 0 ? 'PLACED' : 'UNKNOWN')));
});
