import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createEvents } from '../../../src/telemetry/events.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { createMetrics } from '../../../src/telemetry/metrics.ts';
import { post, send, startToyServer } from '../toy-server.ts';

const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('health', () => {
  it('says that it lives, and whether it is ready', async () => {
    let ready = false;
    const { url } = await startToyServer({ isReady: async () => ready });
    expect(await send(`${url}/health/live`)).toMatchObject({ status: 200, text: '{"status":"ok"}' });
    expect(await send(`${url}/health/ready`)).toMatchObject({ status: 503, text: '{"status":"not ready"}' });
    ready = true;
    expect(await send(`${url}/health/ready?now`)).toMatchObject({ status: 200, text: '{"status":"ok"}' });
  });

  it('answers HEAD without a body and refuses the rest', async () => {
    const { url } = await startToyServer();
    expect(await send(`${url}/health/live`, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    const posted = await send(`${url}/health/live`, { method: 'POST', body: 'x' });
    expect(posted).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, OPTIONS' } });
    expect(await send(`${url}/health/live`, { method: 'OPTIONS' })).toMatchObject({ status: 204 });
  });

  it('answers 500 where the check of readiness fails, and logs why', async () => {
    const { url, logged } = await startToyServer({ isReady: () => Promise.reject(new Error('hunter2')) });
    const answer = await send(`${url}/health/ready`);
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('hunter2');
    expect(logged()).toContain('hunter2');
  });
});

describe('metrics', () => {
  it('shows what was counted', async () => {
    const metrics = createMetrics();
    const events = createEvents({ log: createLog({ level: 'silent' }), metrics });
    const { url, graphqlUrl } = await startToyServer({ metrics: metrics.registry, events });
    await post(graphqlUrl, { query: '{ fail(kind: "bug") }' });
    await send(`${url}/a/path/of/somebody`);
    const { status, headers, text } = await send(`${url}/metrics`);
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(text).toContain('panelgraph_http_requests_total{path="/graphql",status="200"} 1');
    expect(text).toContain('panelgraph_http_requests_total{path="other",status="404"} 1');
    expect(text).toContain('panelgraph_unexpected_errors_total 1');
    expect(text).toMatch(/process_resident_memory_bytes \d+/);
  });

  it('is not there without a registry', async () => {
    const { url } = await startToyServer();
    expect((await send(`${url}/metrics`)).status).toBe(404);
  });
});

describe('the page', () => {
  it('is at /graphql, and / leads there', async () => {
    const { url, graphqlUrl } = await startToyServer();
    expect(await send(`${url}/`, { headers: HTML })).toMatchObject({ status: 302, headers: { location: '/graphql' } });
    const page = await send(graphqlUrl, { headers: HTML });
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.text).toMatch(/^<!doctype html>/);
    expect(page.text).toContain('<title>Panelgraph</title>');
    const head = await send(graphqlUrl, { method: 'HEAD', headers: HTML });
    expect(head).toMatchObject({ status: 200, text: '' });
  });

  it('is not there where GraphiQL is off', async () => {
    const { url, graphqlUrl } = await startToyServer({ server: { graphiql: false } });
    expect((await send(`${url}/`, { headers: HTML })).status).toBe(404);
    const answer = await send(graphqlUrl, { headers: HTML });
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toMatch(/json/);
  });

  it('asks for its examples each time that it is opened', async () => {
    const names = ['First', 'Second'];
    const { graphqlUrl } = await startToyServer({
      graphiqlExamples: async () => [{ query: `query ${names.shift()} { hello }`, variables: '{"a":1}' }],
    });
    expect((await send(graphqlUrl, { headers: HTML })).text).toContain('query First { hello }');
    expect((await send(graphqlUrl, { headers: HTML })).text).toContain('query Second { hello }');
  });
});

describe('the address of GraphQL', () => {
  it('may end in a slash', async () => {
    const metrics = createMetrics();
    const events = createEvents({ log: createLog({ level: 'silent' }), metrics });
    const { url } = await startToyServer({ metrics: metrics.registry, events });
    // Twice, since an operation that comes again is compiled.
    for (const _ of [1, 2]) expect((await post(`${url}/graphql/`, { query: '{ hello }' })).status).toBe(200);
    expect((await send(`${url}/graphql/?query={hello}`)).json()).toEqual({ data: { hello: 'Hello world' } });
    expect((await send(`${url}/graphql/`, { headers: HTML })).text).toMatch(/^<!doctype html>/);
    const stream = await post(`${url}/graphql/`, { query: 'query { nothing }' }, { accept: 'text/event-stream' });
    expect(stream.text).toContain('Cannot query field');
    expect((await send(`${url}/graphql/`, { method: 'PUT' })).status).toBe(405);
    const { text } = await send(`${url}/metrics`);
    expect(text).not.toContain('path="other"');
    expect(text).not.toContain('path="/graphql/"');
  });
});

describe('the printed schema', () => {
  it('is served as text that builds the schema again', async () => {
    const { url } = await startToyServer();
    const answer = await send(`${url}/schema.graphql`);
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' } });
    expect(answer.text).toContain('"""A panel that sells toys."""');
    expect(buildSchema(answer.text).getQueryType()?.getFields()).toHaveProperty('hello');
    expect(await send(`${url}/schema.graphql`, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
  });

  it('is not there where introspection is off', async () => {
    const { url } = await startToyServer({ server: { introspection: false } });
    expect((await send(`${url}/schema.graphql`)).status).toBe(404);
  });

  it('is refused to a foreign host', async () => {
    const { url } = await startToyServer();
    expect((await send(`${url}/schema.graphql`, { headers: { host: 'evil.example' } })).status).toBe(403);
  });
});

describe('every answer', () => {
  it.each([
    ['/graphql', {}],
    ['/graphql?query={hello}', {}],
    ['/', HTML],
    ['/health/live', {}],
    ['/nothing', {}],
    ['/health/live', { host: 'evil.example' }],
  ])('forbids frames, sniffing and referrers: %s %o', async (path, headers: Record<string, string>) => {
    const { url } = await startToyServer();
    const answer = await send(url + path, { headers });
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('forbids them for the page, too, which a browser may keep if it asks each time whether it has changed', async () => {
    const { graphqlUrl } = await startToyServer();
    const { headers } = await send(graphqlUrl, { headers: HTML });
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  it.each(['/nothing', '/graphql//', '//graphql', '/graphql/../health', '/GRAPHQL', '/x/graphql'])(
    'is a clear 404 in JSON at %s',
    async (path) => {
      const { url } = await startToyServer();
      const answer = await send(url + path, { headers: HTML });
      expect(answer.status).toBe(404);
      expect(answer.json().errors![0]).toMatchObject({ extensions: { code: 'NOT_FOUND' } });
    },
  );

  it('is GraphQL whatever the query string ends in', async () => {
    const { graphqlUrl } = await startToyServer();
    const answer = await send(`${graphqlUrl}?query={hello}&operationName=/health`, { headers: { accept: '*/*' } });
    expect(answer.json().errors).toHaveLength(1);
  });
});
