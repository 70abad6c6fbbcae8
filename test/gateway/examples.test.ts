/** The operations that GraphiQL opens with, on the demo, as they stand. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGraphiqlExamples, EXAMPLE_ORDERS } from '../../src/server/graphiql/graphiql-examples.ts';
import { send } from '../server/toy-server.ts';
import { type DemoGateway, startDemoGateway } from '../support/demo-gateway.ts';

interface Tab {
  readonly query: string;
  readonly variables: string | null;
}

describe('the examples of GraphiQL on the demo', () => {
  let gateway: DemoGateway;
  let tabs: readonly Tab[];
  const placedIds: string[] = [];
  beforeAll(async () => {
    gateway = await startDemoGateway();
    tabs = await readTabs(gateway.url);
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  const names = createGraphiqlExamples().map(({ name }) => name!);
  const tabOf = (name: string): Tab => {
    const tab = tabs.find(({ query }) => new RegExp(`^(query|mutation|subscription) ${name}\\b`, 'm').test(query));
    if (!tab) throw new Error(`No tab ${name}.`);
    return tab;
  };
  const run = (name: string, variables?: object) => {
    const tab = tabOf(name);
    return gateway.ask(tab.query, { ...JSON.parse(tab.variables ?? '{}'), ...variables });
  };

  it('are the tabs of the page', () => {
    expect(tabs).toHaveLength(names.length);
  });

  it.each(names.filter((name) => !name.startsWith('Place') && name !== 'FollowOrders'))(
    '%s runs without an error',
    async (name) => {
      const { data, errors } = await run(name);
      expect(errors).toBeUndefined();
      expect(Object.values(data as object)).not.toContain(null);
    },
  );

  it('compare offers of several panels, in one currency', async () => {
    const { data } = await run('Compare');
    const offers: { panel: { name: string }; rate: { in: object | null } }[] = data.services.nodes;
    expect(new Set(offers.map(({ panel }) => panel.name)).size).toBeGreaterThan(1);
    expect(offers.every(({ rate }) => rate.in !== null)).toBe(true);
  });

  it.each(names.filter((name) => name.startsWith('Place')))('%s places every one of its orders', async (name) => {
    const { data, errors } = await run(name);
    expect(errors).toBeUndefined();
    const placed = Object.values(data as Record<string, { __typename: string; orderId: string; order: object }>);
    expect(placed.map(({ __typename }) => __typename)).toEqual(placed.map(() => 'AddOrderSuccess'));
    expect(placed.every(({ order }) => order !== null)).toBe(true);
    for (const { orderId } of placed) {
      placedIds.push(orderId);
      const [, panel = '', number] = orderId.split(':');
      expect(gateway.panels.get(panel)?.orders.map(({ id }) => String(id))).toContain(number);
    }
  });

  it('look up, refill and cancel what was placed', async () => {
    const ids = placedIds;
    expect(ids).toHaveLength(Object.keys(EXAMPLE_ORDERS).length);
    const found = await run('LookUpOrders', { ids });
    expect(found.errors).toBeUndefined();
    expect(found.data.orders.map(({ id }: { id: string }) => id)).toEqual(ids);
    const changed = await run('ChangeOrders', { refill: ids, cancel: ids });
    expect(changed.errors).toBeUndefined();
    const results = Object.values(changed.data as Record<string, { __typename: string }[]>);
    expect(results.map((each) => each.length)).toEqual([ids.length, ids.length]);
    // A service may be without refills or cancellations; the answer is then the panel's own.
    for (const { __typename } of results.flat()) expect(__typename).toMatch(/OrderSuccess$|^PanelRejected$/);
  });

  it('follow what was placed, over Server-Sent Events', async () => {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: tabOf('FollowOrders').query, variables: { ids: placedIds.slice(0, 2) } }),
    });
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (text.split('"orderUpdated"').length > 2) break;
    }
    for (const id of placedIds.slice(0, 2)) expect(text).toContain(id);
  });
});

/** The tabs as the page holds them. */
async function readTabs(url: string): Promise<Tab[]> {
  const { text } = await send(url, { headers: { accept: 'text/html' } });
  const start = text.indexOf('"defaultTabs":');
  if (start < 0) throw new Error('The page holds no tabs.');
  const list = text.slice(text.indexOf('[', start));
  // The list ends where it first parses.
  for (let end = list.indexOf(']'); end >= 0; end = list.indexOf(']', end + 1)) {
    try {
      return JSON.parse(list.slice(0, end + 1)) as Tab[];
    } catch {
      // A bracket inside of an operation.
    }
  }
  throw new Error('The tabs of the page cannot be read.');
}
