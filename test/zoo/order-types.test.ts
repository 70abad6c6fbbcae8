import { describe, expect, it } from 'vitest';
import { addOrder } from '../support/orders.ts';
import { FASTAPI } from './panels/fastapi.ts';
import { NEXAPANEL } from './panels/nexapanel.ts';
import { OWN_SMM } from './panels/own-smm.ts';
import { SMARTPANEL } from './panels/smartpanel.ts';
import { openZoo } from './run/open-zoo.ts';
import { detailsOf } from './run/order-details.ts';
import { ORDER_TYPE_NAMES } from './shop/order-types.ts';

const PANELS = [
  ['demands `quantity` with every type', OWN_SMM],
  ['refuses `quantity` where it is not documented', FASTAPI],
] as const;

describe.each(PANELS)('a panel that %s', (_, kind) => {
  it.each([
    ['in one order', (names: typeof ORDER_TYPE_NAMES) => names],
    ['in the other', (names: typeof ORDER_TYPE_NAMES) => names.toReversed()],
  ])('places all 17 types of order, %s', async (_, arrange) => {
    await using zoo = await openZoo([kind], { seed: 1 });
    const [panel] = zoo.panels;
    panel!.shop.balanceMicros = 1_000_000_000;
    const answers: string[] = [];
    for (const [index, type] of arrange(ORDER_TYPE_NAMES).entries()) {
      const service = kind.services.findLast((each) => each.type === type);
      const mark = `zoo-${index}`;
      const wish = { mark, link: `https://example.com/p/${mark}`, quantity: 100, lines: ['first', 'second'] };
      const details = detailsOf(type, wish);
      const answer = await addOrder(zoo.gateway, { serviceId: `Service:${kind.id}:${service?.number}`, details });
      answers.push(`${type}: ${answer.__typename} ${answer.message ?? ''}`.trim());
      expect(panel!.shop.sales.ofMark(mark).map(({ number }) => number)).toEqual([answer.number].filter(Boolean));
    }
    expect(answers).toEqual(arrange(ORDER_TYPE_NAMES).map((type) => `${type}: AddOrderSuccess`));
    expect(panel!.shop.sales.all).toHaveLength(17);
  });
});

it.each([
  ['Quantity is required', SMARTPANEL],
  ['Falta el parámetro quantity', NEXAPANEL],
  ['Missing required parameters', OWN_SMM],
])('a package is bought once where it is first answered “%s”', async (_, kind) => {
  await using zoo = await openZoo([kind], { seed: 1 });
  const [panel] = zoo.panels;
  panel!.shop.balanceMicros = 1_000_000_000;
  const service = kind.services.find(({ type }) => type === 'Package');
  for (const mark of ['zoo-1', 'zoo-2']) {
    const details = { package: { link: `https://example.com/p/${mark}` } };
    const answer = await addOrder(zoo.gateway, { serviceId: `Service:${kind.id}:${service?.number}`, details });
    expect(answer).toMatchObject({ __typename: 'AddOrderSuccess' });
    expect(panel!.shop.sales.ofMark(mark)).toHaveLength(1);
  }
  // What the first has taught is known for the second.
  expect(panel!.calls.get('add')).toBe(3);
});
