import { describe, expect, it } from 'vitest';
import { expectRefusal } from '../expect-refusal.ts';
import { post, send, startToyServer } from '../toy-server.ts';

const HELLO = { data: { hello: 'Hello world' } };
const JSON_HEADERS = { 'content-type': 'application/json' };
const PERSISTED = {
  persistedQuery: { version: 1, sha256Hash: 'ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38' },
};

describe('a body with members that GraphQL over HTTP does not name', () => {
  it('runs as without them, also when it comes again', async () => {
    const { graphqlUrl } = await startToyServer();
    const operation = {
      query: 'query Greet($n: String) { hello(name: $n) }',
      operationName: 'Greet',
      variables: { n: 'you' },
      extensions: { clientLibrary: { name: '@apollo/client' } },
      key: 7,
      kind: 'Document',
      context: { hasNext: true },
      onRecoverableError: null,
    };
    for (const _ of [1, 2, 3]) {
      expect((await post(graphqlUrl, operation)).json()).toEqual({ data: { hello: 'Hello you' } });
    }
  });

  it('runs a mutation once', async () => {
    const { graphqlUrl, world } = await startToyServer();
    await post(graphqlUrl, { query: 'mutation { buy(id: "1") }', key: 'x', query2: 'mutation { buy(id: "2") }' });
    expect(world.bought).toEqual(['1']);
  });

  it('opens a subscription', async () => {
    const { graphqlUrl } = await startToyServer();
    const controller = new AbortController();
    const response = await fetch(graphqlUrl, {
      method: 'POST',
      headers: { ...JSON_HEADERS, accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { ticks }', operationType: 'subscription', isLive: true }),
      signal: controller.signal,
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    controller.abort();
  });

  it('takes no member from a prototype', async () => {
    const { graphqlUrl } = await startToyServer();
    const body = '{"__proto__":{"query":"{ hello }"}}';
    expect((await send(graphqlUrl, { method: 'POST', headers: JSON_HEADERS, body })).status).toBe(400);
  });
});

describe('an automatic persisted query', () => {
  const NOT_SUPPORTED = {
    errors: [{ message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } }],
  };

  it.each([
    ['no query', {}],
    ['null for a query', { query: null }],
    ['an empty query', { query: '' }],
  ])('with %s is answered as Apollo Server answers it', async (_, query) => {
    const { graphqlUrl } = await startToyServer();
    for (const accept of ['*/*', 'application/graphql-response+json,application/json;q=0.9']) {
      const answer = await post(
        graphqlUrl,
        { operationName: 'A', variables: {}, extensions: PERSISTED, ...query },
        { accept },
      );
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toMatch(/json/);
      expect(answer.json()).toEqual(NOT_SUPPORTED);
    }
  });

  it('is answered so in a URL, too', async () => {
    const { graphqlUrl } = await startToyServer();
    const parameters = new URLSearchParams({
      operationName: 'A',
      variables: '{}',
      extensions: JSON.stringify(PERSISTED),
    });
    const answer = await send(`${graphqlUrl}?${parameters}`);
    expect([answer.status, answer.json()]).toEqual([200, NOT_SUPPORTED]);
  });

  it('runs where its text comes with it, whatever the hash', async () => {
    const { graphqlUrl } = await startToyServer();
    for (const _ of [1, 2]) {
      expect((await post(graphqlUrl, { query: '{ hello }', extensions: PERSISTED })).json()).toEqual(HELLO);
    }
    const parameters = new URLSearchParams({ query: '{ hello }', extensions: JSON.stringify(PERSISTED) });
    expect((await send(`${graphqlUrl}?${parameters}`)).json()).toEqual(HELLO);
  });

  it('is a plain mistake without its extension', async () => {
    const { graphqlUrl } = await startToyServer();
    for (const extensions of [undefined, null, {}, 'persistedQuery', ['persistedQuery']]) {
      expect((await post(graphqlUrl, { extensions })).status).toBe(400);
    }
  });
});

describe('a byte-order mark', () => {
  it('is skipped before the body, once', async () => {
    const { graphqlUrl } = await startToyServer();
    const ask = (body: string) => send(graphqlUrl, { method: 'POST', headers: JSON_HEADERS, body });
    expect((await ask('\uFEFF{"query":"{hello}"}')).json()).toEqual(HELLO);
    expect((await ask('\uFEFF\uFEFF{"query":"{hello}"}')).status).toBe(400);
    expect((await ask('\uFEFF')).status).toBe(400);
  });
});

describe('an operation of many lines', () => {
  const ofLines = (breaks: number) => `${'\r\n'.repeat(breaks / 2)}{ hello }`;

  it('runs up to a limit', async () => {
    const { graphqlUrl } = await startToyServer();
    expect((await post(graphqlUrl, { query: ofLines(2_000) })).json()).toEqual(HELLO);
  });

  it('is refused beyond it, by POST and by GET', async () => {
    const { graphqlUrl } = await startToyServer();
    const query = ofLines(2_002);
    const answers = [
      await post(graphqlUrl, { query }),
      await send(`${graphqlUrl}?query=${encodeURIComponent(query)}`, { headers: { accept: '*/*' } }),
    ];
    for (const answer of answers) expectRefusal(answer, 400, { code: 'INVALID_INPUT', says: /more than 2000 line/ });
  });
});

it('an operation that is nested beyond all measure is refused', async () => {
  const { graphqlUrl, logged } = await startToyServer();
  const query = `{ hello(name: ${'['.repeat(1_990)}${']'.repeat(1_990)}) }`;
  const answer = await post(graphqlUrl, { query }, { accept: 'application/graphql-response+json' });
  expect(answer.status).toBe(400);
  expect(answer.json().errors![0]!.extensions).toEqual({ code: 'INVALID_INPUT' });
  expect(logged()).not.toContain('call stack');
});
