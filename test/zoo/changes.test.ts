import { describe, expect, it } from 'vitest';
import { addOrder } from '../support/orders.ts';
import { PANEL_KINDS } from './panels/index.ts';
import { openZoo, type Zoo } from './run/open-zoo.ts';
import type { PanelKind } from './shop/shop.ts';

const COUNT = 4;

/** What has a page for its link and is sold within its limits. */
function firstService({ services }: PanelKind) {
  return services.find(
    ({ type, truth, max, isDisabled }) => type === 'Default' && !truth && !isDisabled && (max === 0 || max > 300),
  );
}

async function placeSome(zoo: Zoo, kind: PanelKind): Promise<string[]> {
  zoo.panels[0]!.shop.balanceMicros = 1e12;
  const ids: string[] = [];
  for (let index = 0; index < COUNT; index += 1) {
    const details = { default: { link: `https://example.com/p/zoo-${index}`, quantity: 100 } };
    const serviceId = `Service:${kind.id}:${firstService(kind)?.number}`;
    ids.push((await addOrder(zoo.gateway, { serviceId, details })).orderId ?? '');
  }
  return ids;
}

async function change(zoo: Zoo, what: 'refill' | 'cancel', ids: readonly string[]): Promise<string[]> {
  const query = `mutation ($ids: [ID!]!) { answers: ${what}Orders(orderIds: $ids) { __typename } }`;
  const { data } = await zoo.gateway.ask(query, { ids });
  return data.answers.map(({ __typename }: { __typename: string }) => __typename);
}

describe.each(PANEL_KINDS.map((kind) => [kind.id, kind] as const))('several orders at %s', (id, kind) => {
  it('are canceled as its book says', async () => {
    await using zoo = await openZoo([kind], { seed: 1 });
    const answers = await change(zoo, 'cancel', await placeSome(zoo, kind));
    expect(answers).toEqual(Array.from({ length: COUNT }, () => 'CancelOrderSuccess'));
    // `cancel: 1` of a reseller promises nothing.
    const canceled = zoo.panels[0]!.shop.sales.all.filter(({ isCanceled }) => isCanceled);
    if (id !== 'smmturk') expect(canceled).toHaveLength(COUNT);
  });

  it('are refilled once each, where it has refills, and never called refused where it has done it', async () => {
    await using zoo = await openZoo([kind], { seed: 1 });
    const answers = await change(zoo, 'refill', await placeSome(zoo, kind));
    const hasRefills = !['smartpanel', 'ownsmm'].includes(id);
    const refills = zoo.panels[0]!.shop.sales.all.map((sale) => sale.refills.length);
    expect(refills).toEqual(Array.from({ length: COUNT }, () => (hasRefills ? 1 : 0)));
    if (hasRefills) expect(answers).toEqual(Array.from({ length: COUNT }, () => 'RefillOrderSuccess'));
    else expect(answers).not.toContain('RefillOrderSuccess');
  });
});
