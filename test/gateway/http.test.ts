/** What holds of the server alone holds of the whole gateway, where a mutation spends. */
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { post, send } from '../server/toy-server.ts';
import { type DemoGateway, startDemoGateway } from '../support/demo-gateway.ts';

let gateway: DemoGateway;
beforeAll(async () => {
  gateway = await startDemoGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

describe('the GraphQL-over-HTTP audit of the whole gateway', () => {
  const audits = serverAudits({ url: () => gateway.url });

  it('has all its questions', () => {
    expect(audits.length).toBeGreaterThan(50);
  });

  for (const audit of audits) {
    if (audit.name.startsWith('MAY')) continue;
    it(`${audit.id} ${audit.name}`, async () => {
      const result = await audit.fn();
      expect(result.status, 'reason' in result ? result.reason : undefined).toBe('ok');
    });
  }
});

const JSON_TYPE = { 'content-type': 'application/json' };

describe('a mutation that another page, a form or a proxy sends', () => {
  let operation: string;
  beforeAll(async () => {
    const { data } = await gateway.ask(
      '{ services(filter: { panels: ["Panel:plus"], types: [DEFAULT], quantity: 500 }, first: 1) { nodes { id } } }',
    );
    const details = '{ default: { link: "https://example.com/x", quantity: 500 } }';
    operation = `mutation { addOrder(input: { serviceId: "${data.services.nodes[0].id}", details: ${details} }) { __typename } }`;
  });
  const bought = (): number => [...gateway.panels.values()].flatMap(({ orders }) => orders).length;
  let before = 0;
  beforeEach(() => {
    before = bought();
  });

  it('buys when it is sent as it should be', async () => {
    const answer = await post(gateway.url, { query: operation });
    expect(answer.json()).toEqual({ data: { addOrder: { __typename: 'AddOrderSuccess' } } });
    expect(bought()).toBe(before + 1);
  });

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 415],
    ['plain text', 'text/plain', 415],
    ['a multipart form', 'multipart/form-data; boundary=x', 415],
  ])('buys nothing when posted as %s', async (_, type, status) => {
    const body = type.startsWith('application/x')
      ? new URLSearchParams({ query: operation }).toString()
      : JSON.stringify({ query: operation });
    const answer = await send(gateway.url, { method: 'POST', headers: { 'content-type': type }, body });
    expect(answer.status).toBe(status);
    expect(answer.json().errors).toHaveLength(1);
    expect(bought()).toBe(before);
  });

  it('buys nothing by a GET', async () => {
    const answer = await send(`${gateway.url}?query=${encodeURIComponent(operation)}`);
    expect(answer.status).toBe(405);
    expect(answer.json().errors).toHaveLength(1);
    expect(bought()).toBe(before);
  });

  it.each([
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['the Origin of a sandbox', { origin: 'null' }],
    ['a rebound Host', { host: 'evil.example' }],
    ['Forwarded', { forwarded: 'for=203.0.113.9' }],
    ['X-Forwarded-For', { 'x-forwarded-for': '203.0.113.9' }],
  ])('buys nothing with %s', async (_, headers) => {
    const answer = await post(gateway.url, { query: operation }, headers as Record<string, string>);
    expect(answer.status).toBe(403);
    expect(answer.json().errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(bought()).toBe(before);
  });

  it('buys nothing in a batch of operations', async () => {
    const answer = await post(gateway.url, [{ query: operation }, { query: operation }]);
    expect(answer.status).toBe(400);
    expect(bought()).toBe(before);
  });
});

describe('a request that is too large', () => {
  const aliases = Array.from({ length: 300 }, (_, index) => `a${index}: panels { name }`).join(' ');
  /** panels, then balance and panel in turn: as deep as one likes. */
  const nested = `{ panels ${'{ balance { panel '.repeat(29)}{ name }${' } }'.repeat(29)} }`;

  it.each([
    ['300 aliases', `{ ${aliases} }`, /300 aliases; at most 60/],
    ['60 levels', nested, /60 levels deep; at most 12/],
  ])('is refused with one clear error: %s', async (_, query, says) => {
    const calls = [...gateway.panels.values()].reduce((count, panel) => count + panel.calls.length, 0);
    const answer = await post(gateway.url, { query });
    expect(answer.status).toBe(400);
    expect(answer.json().errors).toEqual([
      { message: expect.stringMatching(says), extensions: { code: 'INVALID_INPUT' } },
    ]);
    expect([...gateway.panels.values()].reduce((count, panel) => count + panel.calls.length, 0)).toBe(calls);
  });

  it('is refused with one clear error: 5 MB', async () => {
    const body = JSON.stringify({ query: '{ panels { name } }', padding: 'x'.repeat(5_000_000) });
    const answer = await send(gateway.url, { method: 'POST', headers: JSON_TYPE, body });
    expect(answer.status).toBe(413);
    expect(answer.json().errors).toHaveLength(1);
  });

  it('is refused with one clear error: 1001 ids', async () => {
    const ids = Array.from({ length: 1001 }, (_, index) => `Order:plus:${index}`);
    const query = 'query ($ids: [ID!]!) { orders(ids: $ids) { id } }';
    const answer = await post(gateway.url, { query, variables: { ids } });
    expect(answer.json()).toMatchObject({
      data: { orders: null },
      errors: [{ message: expect.stringMatching(/At most 1000/), extensions: { code: 'INVALID_INPUT' } }],
    });
  });
});

describe('the other addresses', () => {
  const at = (path: string, accept = '*/*') => send(new URL(path, gateway.url).href, { headers: { accept } });

  it('tell that the gateway lives and is ready', async () => {
    for (const path of ['/health/live', '/health/ready']) {
      const { status, text } = await at(path);
      expect([path, status, text]).toEqual([path, 200, '{"status":"ok"}']);
    }
  });

  it('count what the panels were asked', async () => {
    await gateway.ask('{ balances { amount { amount } } }');
    expect((await at('/metrics')).text).toMatch(/panel="pica"/);
  });

  it('put GraphiQL into no frame, and let no foreign page read an answer', async () => {
    const page = await at('/graphql', 'text/html');
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(page.headers['x-frame-options']).toBe('DENY');
    const answer = await post(gateway.url, { query: '{ __typename }' });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});
