import { expect, it } from 'vitest';
import { addOrder } from '../support/orders.ts';
import { OWN_SMM } from './panels/own-smm.ts';
import { SMARTPANEL } from './panels/smartpanel.ts';
import { openZoo } from './run/open-zoo.ts';

const REFILL = 'query ($id: ID!) { refill(id: $id) { status } }';

it.each([
  ['answers HTTP 500 with a page', SMARTPANEL, '11'],
  ['answers null', OWN_SMM, '20'],
])('a panel that lacks refill status, and %s, sells after 50 questions for it', async (_, kind, service) => {
  await using zoo = await openZoo([kind], { seed: 1 });
  const ask = (index: number) => zoo.gateway.ask(REFILL, { id: `Refill:${kind.id}:${index}` });
  for (let index = 0; index < 25; index += 1) await ask(index);
  await Promise.all(Array.from({ length: 25 }, (_, index) => ask(100 + index)));
  const details = { default: { link: 'https://example.com/p/zoo-1', quantity: 100 } };
  const answer = await addOrder(zoo.gateway, { serviceId: `Service:${kind.id}:${service}`, details });
  expect(answer).toMatchObject({ __typename: 'AddOrderSuccess' });
  expect(zoo.panels[0]?.shop.sales.all).toHaveLength(1);
});
