/** Answers that are long, or would be too long: each case is asked three times, since the third is answered otherwise. */
import { describe, expect, it } from 'vitest';
import { type GraphqlAnswer, startGateway, type TestGateway } from '../support/gateway.ts';
import { healthyPanel, startScriptedPanel } from '../support/scripted-panel.ts';

const SERVICES = Array.from({ length: 700 }, (_, index) => ({
  service: index + 1,
  name: `Followers ${index} – fast`,
  category: 'A "category"',
  type: 'Default',
  rate: `0.${index + 1}`,
  min: '10',
  max: '1000',
  refill: index % 2 === 0,
}));
const QUIET = { tracker: { enabled: false } };
const LIST = `{ services(first: 5000) { totalCount nodes { id name category rate { amount currency } refill panel { id } } edges { cursor node { number } } } }`;

/** Status answers in which each order has a hundred children: the next hundred, in a circle. */
const inCircles = healthyPanel({
  services: () => SERVICES,
  status: ({ order, orders }) => {
    const stateOf = (number: string) => ({
      status: 'In progress',
      charge: '1',
      start_count: '0',
      remains: '5',
      currency: 'USD',
      orders: Array.from({ length: 100 }, (_, index) => String((Number(number) * 100 + index) % 5_000)),
    });
    if (order !== undefined) return stateOf(order);
    return Object.fromEntries((orders ?? '').split(',').map((number) => [number, stateOf(number)]));
  },
});

async function askThrice(gateway: TestGateway, query: string, variables?: object): Promise<GraphqlAnswer> {
  const first = await gateway.ask(query, variables);
  for (const again of [1, 2]) {
    expect(await gateway.ask(query, variables), `asked again (${again})`).toEqual(first);
  }
  return first;
}

describe('a long answer', () => {
  it('is whole and in order', async () => {
    await using panel = await startScriptedPanel(inCircles);
    await using gateway = await startGateway({ acme: panel.url }, QUIET);
    const { data, errors } = await askThrice(gateway, LIST);
    expect(errors).toBeUndefined();
    expect(data.services.nodes).toHaveLength(700);
    expect(data.services.nodes.map(({ id }: { id: string }) => id)).toEqual(
      SERVICES.map(({ service }) => `Service:acme:${service}`),
    );
    expect(data.services.edges.map(({ node }: { node: { number: string } }) => Number(node.number))).toEqual(
      SERVICES.map(({ service }) => service),
    );
    expect(data.services.nodes[6]).toEqual({
      id: 'Service:acme:7',
      name: 'Followers 6 – fast',
      category: 'A "category"',
      rate: { amount: '0.7', currency: 'USD' },
      refill: true,
      panel: { id: 'Panel:acme' },
    });
  });

  it('has a Content-Length, whichever way it is asked for', async () => {
    await using panel = await startScriptedPanel(inCircles);
    await using gateway = await startGateway({ acme: panel.url }, QUIET);
    for (const accept of ['application/json', 'application/graphql-response+json', 'application/json;q=0.9, */*']) {
      const response = await fetch(`${gateway.url}?query=${encodeURIComponent(LIST)}`, { headers: { accept } });
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(response.status).toBe(200);
      expect(Number(response.headers.get('content-length'))).toBe(bytes.length);
      expect(JSON.parse(bytes.toString()).data.services.totalCount).toBe(700);
    }
  });

  it('is refused where it would be longer than limits.answerBytes', async () => {
    await using panel = await startScriptedPanel(inCircles);
    await using gateway = await startGateway({ acme: panel.url }, { ...QUIET, limits: { answerBytes: 60_000 } });
    // By its weight, before it runs.
    const { errors } = await askThrice(gateway, LIST);
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
    expect(errors?.[0]?.message).toContain('limits.answerBytes');
    expect(errors).toHaveLength(1);
  });

  it('is given up where it becomes longer than it weighed', async () => {
    const long = SERVICES.map((service) => ({ ...service, name: 'x'.repeat(900) }));
    await using panel = await startScriptedPanel(healthyPanel({ services: () => long }));
    await using gateway = await startGateway({ acme: panel.url }, { ...QUIET, limits: { answerBytes: 300_000 } });
    const answer = await askThrice(gateway, '{ services(first: 700) { nodes { name } } }');
    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'INVALID_INPUT' } }] });
    expect(answer.errors?.[0]?.message).toContain('longer than 300000 bytes (limits.answerBytes)');
    expect(answer.data).toBeUndefined();
  });
});

describe('an operation that asks for too much', () => {
  it('is refused before a panel is asked', async () => {
    await using panel = await startScriptedPanel(inCircles);
    await using gateway = await startGateway({ acme: panel.url }, { ...QUIET, limits: { rows: 100 } });
    const ids = Array.from({ length: 101 }, (_, index) => `Order:acme:${index}`);
    const { errors } = await askThrice(gateway, 'query ($ids: [ID!]!) { orders(ids: $ids) { status } }', { ids });
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
    expect(errors?.[0]?.message).toContain('It asks for 101 list items; at most 100 are allowed (limits.rows).');
    expect(panel.calls).toEqual([]);
  });

  it('is given up as a whole where lists within lists multiply', async () => {
    await using panel = await startScriptedPanel(inCircles);
    await using gateway = await startGateway({ acme: panel.url }, QUIET);
    const circle =
      '{ order(id: "Order:acme:1") { childOrders { childOrders { childOrders { childOrders { id } } } } } }';
    const { errors, data } = await askThrice(gateway, circle);
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.message).toContain('limits.rows');
    expect(data).toBeUndefined();
  });

  it('tells a thousand errors and how many more there are', async () => {
    await using panel = await startScriptedPanel(inCircles);
    await using gateway = await startGateway({ acme: panel.url }, QUIET);
    const ids = Array.from({ length: 600 }, () => 'nonsense');
    const { errors, data } = await askThrice(
      gateway,
      'query ($ids: [ID!]!) { a: nodes(ids: $ids) { id } b: nodes(ids: $ids) { id } }',
      { ids },
    );
    expect(errors).toHaveLength(1_001);
    expect(errors?.at(-1)?.message).toContain('200 more items have failed');
    expect(new Set(errors?.map(({ extensions }) => extensions?.code))).toEqual(new Set(['INVALID_INPUT']));
    expect(data.b).toHaveLength(600);
  });

  it('is bought all the same, and told, where its answer is long', async () => {
    await using panel = await startScriptedPanel(inCircles);
    await using gateway = await startGateway({ acme: panel.url }, { ...QUIET, limits: { answerBytes: 20_000 } });
    const inputs = Array.from({ length: 20 }, (_, index) => ({
      serviceId: 'Service:acme:1',
      details: { default: { link: `https://example.com/${'x'.repeat(1_500)}/${index}`, quantity: 100 } },
    }));
    const query = `mutation ($inputs: [AddOrderInput!]!) { addOrders(inputs: $inputs) { __typename ... on AddOrderSuccess { placement { details } } } }`;
    const { data, errors } = await gateway.ask(query, { inputs });
    if (errors) expect(errors[0]?.message).toContain('limits.answerBytes');
    else expect(data.addOrders).toHaveLength(20);
    expect(panel.calls.filter(({ action }) => action === 'add')).toHaveLength(errors ? 0 : 20);
  });
});
