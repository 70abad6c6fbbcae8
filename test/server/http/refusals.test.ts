import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type Answer, post, send, startToyServer } from '../toy-server.ts';

const BUY = 'mutation { buy(id: "1") }';

/** One error, in GraphQL's shape, with this status and code. */
function expectRefusal(answer: Answer, status: number, { code, says }: { code: string; says: RegExp }): void {
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toMatch(/^application\/(graphql-response\+)?json/);
  const { errors, data } = answer.json();
  expect(data).toBeUndefined();
  expect(errors).toHaveLength(1);
  expect(errors![0]!.message).toMatch(says);
  expect(errors![0]!.extensions).toEqual({ code });
}

describe('who may speak to the gateway', () => {
  const loopbackHosts = ['localhost', 'LocalHost:4000', '127.0.0.1', '127.8.9.1:99', '[::1]', '[::1]:4000'];
  it.each(loopbackHosts)('answers the Host %s', async (host) => {
    const { graphqlUrl } = await startToyServer();
    expect((await post(graphqlUrl, { query: '{ hello }' }, { host })).status).toBe(200);
  });

  const foreignHosts = [
    'evil.example',
    'evil.example:4000',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '127.1',
    '10.0.0.1',
    '[::2]',
    'localhost:4000:1',
    'evil@localhost',
  ];
  it.each(foreignHosts)('refuses the Host %s and names the remedy', async (host) => {
    const { graphqlUrl, world } = await startToyServer();
    const answer = await post(graphqlUrl, { query: BUY }, { host });
    expectRefusal(answer, 403, { code: 'FORBIDDEN', says: /server\.allowedHosts/ });
    expect(world.bought).toEqual([]);
  });

  it('refuses a foreign Host on every address', async () => {
    const { url } = await startToyServer();
    for (const path of ['/', '/graphql', '/health/live', '/metrics', '/nothing']) {
      const answer = await send(url + path, { headers: { host: 'evil.example', accept: 'text/html' } });
      expectRefusal(answer, 403, { code: 'FORBIDDEN', says: /Host/ });
    }
  });

  it('answers a Host of allowedHosts, whatever its port', async () => {
    const { graphqlUrl } = await startToyServer({ server: { allowedHosts: ['Shop.example'] } });
    expect((await post(graphqlUrl, { query: '{ hello }' }, { host: 'shop.example:8443' })).status).toBe(200);
    expect((await post(graphqlUrl, { query: '{ hello }' }, { host: 'evil.example' })).status).toBe(403);
  });

  it.each(['Forwarded', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'X-Forwarded-Anything'])(
    'refuses a request with %s',
    async (name) => {
      const { graphqlUrl, world } = await startToyServer();
      const answer = await post(graphqlUrl, { query: BUY }, { [name]: 'for=1.2.3.4' });
      expectRefusal(answer, 403, { code: 'FORBIDDEN', says: /proxy/ });
      expect(world.bought).toEqual([]);
    },
  );
});

describe('which web pages may speak to the gateway', () => {
  it.each([
    'https://evil.example',
    'null',
    'http://localhost:1',
    'http://127.0.0.1',
    'file://',
    'http://localhost.evil.example',
  ])('refuses a POST of the origin %s', async (origin) => {
    const { graphqlUrl, world } = await startToyServer();
    const answer = await post(graphqlUrl, { query: BUY }, { origin });
    expectRefusal(answer, 403, { code: 'FORBIDDEN', says: /server\.corsOrigins/ });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(world.bought).toEqual([]);
  });

  it('answers its own page', async () => {
    const { graphqlUrl, port } = await startToyServer();
    const host = `localhost:${port}`;
    expect((await post(graphqlUrl, { query: BUY }, { host, origin: `http://${host}` })).status).toBe(200);
  });

  it('gives no permission to a foreign preflight', async () => {
    const { graphqlUrl } = await startToyServer({ server: { corsOrigins: ['https://app.example'] } });
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    const answer = await send(graphqlUrl, { method: 'OPTIONS', headers });
    expect(answer.status).toBe(204);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(answer.headers['vary']).toBe('Origin');
  });

  it('answers the preflight and the POST of an origin of corsOrigins, by its exact name', async () => {
    const { graphqlUrl } = await startToyServer({ server: { corsOrigins: ['https://app.example'] } });
    const origin = 'https://app.example';
    const preflight = await send(graphqlUrl, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': 'Content-Type, Authorization',
      vary: 'Origin',
    });
    const answer = await post(graphqlUrl, { query: '{ hello }' }, { origin });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': origin, vary: 'Origin' });
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
  });
});

describe('how a mutation may be sent', () => {
  const form = new URLSearchParams({ query: BUY }).toString();
  const multipart = `--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n${JSON.stringify({ query: BUY })}\r\n--x\r\nContent-Disposition: form-data; name="map"\r\n\r\n{}\r\n--x--\r\n`;
  it.each([
    ['application/x-www-form-urlencoded', form],
    ['multipart/form-data; boundary=x', multipart],
    ['text/plain', JSON.stringify({ query: BUY })],
    ['text/plain;application/json', JSON.stringify({ query: BUY })],
    ['application/graphql', BUY],
    ['application/graphql+json', JSON.stringify({ query: BUY })],
    ['application/json; charset=utf-16', JSON.stringify({ query: BUY })],
    ['', JSON.stringify({ query: BUY })],
  ])('does not run a POST of %s', async (type, body) => {
    const { graphqlUrl, world } = await startToyServer();
    const answer = await send(graphqlUrl, { method: 'POST', headers: type ? { 'content-type': type } : {}, body });
    expectRefusal(answer, 415, { code: 'INVALID_INPUT', says: /application\/json/ });
    expect(world.bought).toEqual([]);
  });

  it('does not run a GET', async () => {
    const { graphqlUrl, world } = await startToyServer();
    const answer = await send(`${graphqlUrl}?query=${encodeURIComponent(BUY)}`, { headers: { accept: '*/*' } });
    expectRefusal(answer, 405, { code: 'INVALID_INPUT', says: /POST/ });
    expect(answer.headers['allow']).toBe('POST');
    expect(world.bought).toEqual([]);
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'HEAD'])('does not run a %s', async (method) => {
    const { graphqlUrl, world } = await startToyServer();
    const headers = { 'content-type': 'application/json' };
    const body = method.startsWith('P') ? JSON.stringify({ query: BUY }) : '';
    const answer = await send(graphqlUrl, { method, headers, body });
    expect(answer.status).toBe(405);
    expect(answer.headers['allow']).toBe('GET, POST, OPTIONS');
    expect(world.bought).toEqual([]);
  });

  it('runs a JSON POST, also with a charset', async () => {
    const { graphqlUrl, world } = await startToyServer();
    const answer = await post(graphqlUrl, { query: BUY }, { 'content-type': 'Application/JSON; charset="UTF-8"' });
    expect(answer.json()).toEqual({ data: { buy: 'bought 1' } });
    expect(world.bought).toEqual(['1']);
  });

  it('runs a query by GET', async () => {
    const { graphqlUrl } = await startToyServer();
    const query = new URLSearchParams({ query: 'query($n: String) { hello(name: $n) }', variables: '{"n":"you"}' });
    expect((await send(`${graphqlUrl}?${query}`)).json()).toEqual({ data: { hello: 'Hello you' } });
  });

  it('names a parameter of a GET that is not JSON', async () => {
    const { graphqlUrl } = await startToyServer();
    const answer = await send(`${graphqlUrl}?query={hello}&variables={`);
    expectRefusal(answer, 400, { code: 'INVALID_INPUT', says: /`variables` is not valid JSON/ });
  });
});

describe('what a body may be', () => {
  it.each([
    ['{', /not valid JSON/],
    ['', /empty/],
    ['"text"', /JSON object/],
    ['7', /JSON object/],
    ['null', /JSON object/],
    ['{}', /query/],
    ['{"variables":{}}', /query/],
    ['{"query":7}', /query/],
    ['{"query":"{hello}","variables":"x"}', /variables/],
    ['[]', /batches/],
    ['[{"query":"{hello}"},{"query":"{hello}"}]', /batches/],
  ])('answers %s with one clear error', async (body, says) => {
    const { graphqlUrl } = await startToyServer();
    const answer = await send(graphqlUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expectRefusal(answer, 400, { code: 'INVALID_INPUT', says });
  });

  const large = JSON.stringify({ query: `{ hello } #${'x'.repeat(5_000_000)}` });

  it('refuses 5 MB that announce themselves', async () => {
    const { graphqlUrl } = await startToyServer();
    const answer = await send(graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': String(large.length) },
      body: large,
    });
    expectRefusal(answer, 413, { code: 'INVALID_INPUT', says: /1000000 bytes/ });
  });

  it('refuses 5 MB that come in chunks, and to fetch too', async () => {
    const { graphqlUrl } = await startToyServer();
    const chunked = await send(graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
      body: large,
    });
    expectRefusal(chunked, 413, { code: 'INVALID_INPUT', says: /1000000 bytes/ });
    const headers = { 'content-type': 'application/json' };
    const fetched = await fetch(graphqlUrl, { method: 'POST', headers, body: large });
    expect(fetched.status).toBe(413);
    expect(await fetched.json()).toMatchObject({ errors: [{ extensions: { code: 'INVALID_INPUT' } }] });
  });

  it('tells who waits for "100 Continue" before the body is sent', async () => {
    const { port } = await startToyServer();
    const head = (length: number) =>
      `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n`;
    expect(await talk(port, [head(5_000_000)])).toMatch(/^HTTP\/1\.1 413 /);
    const body = '{"query":"{hello}"}';
    const answer = await talk(port, [head(body.length), body]);
    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
    expect(answer).toContain('Hello world');
  });

  it('does not read an endless body', async () => {
    const { port } = await startToyServer();
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const head =
      'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    const socket = connect(port, '127.0.0.1');
    let sent = 0;
    let received = '';
    socket.on('data', (bytes) => {
      received += bytes;
    });
    await new Promise<void>((resolve) => {
      const write = () => {
        while (!socket.destroyed && socket.write(chunk)) sent += chunk.length;
        sent += chunk.length;
      };
      socket.on('drain', write);
      socket.on('error', () => {});
      socket.on('close', () => resolve());
      socket.write(head);
      write();
    });
    expect(received).toMatch(/^HTTP\/1\.1 413 /);
    expect(sent).toBeLessThan(60_000_000);
  });

  it('has room for a body of just the limit', async () => {
    const body = '{"query":"{hello}"}';
    const { graphqlUrl } = await startToyServer({ limits: { bodyBytes: body.length } });
    const headers = { 'content-type': 'application/json' };
    expect((await send(graphqlUrl, { method: 'POST', headers, body })).status).toBe(200);
    expect((await send(graphqlUrl, { method: 'POST', headers, body: `${body} ` })).status).toBe(413);
  });
});

describe('what an operation may cost', () => {
  const nested = (depth: number) => `{ toy ${'{ best '.repeat(depth - 2)}{ name }${'}'.repeat(depth - 2)} }`;
  const times = (count: number, textOf: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => textOf(index)).join(' ');
  const aliases = (count: number, field: string) => `{ ${times(count, (index) => `a${index}: ${field}`)} }`;

  it.each([
    ['300 aliases', aliases(300, 'toy { name }'), /300 aliases; at most 60/],
    ['300 aliases of __typename', aliases(300, '__typename'), /300 aliases/],
    ['300 aliases of a field that is not there', aliases(300, 'nothing'), /300 aliases/],
    ['300 aliases in a mutation', `mutation ${aliases(300, 'buy(id: "1")')}`, /300 aliases/],
    ['aliases by fragments', `{ ...A ...A } fragment A on Query ${aliases(40, 'hello')}`, /80 aliases/],
    ['depth 60', nested(60), /60 levels deep; at most 12/],
    ['depth by fragments', `{ ...A } fragment A on Query ${nested(13)}`, /13 levels/],
    [
      'depth beside introspection',
      `{ __schema { types { name } } ...A } fragment A on Query ${nested(13)}`,
      /13 levels/,
    ],
    ['one field 500 times', `{ ${'__typename '.repeat(500)} }`, /500 fields, .*at most 200/],
    ['a field 500 times in a type', `{ toy { ${'name '.repeat(500)} } }`, /500 fields/],
    ['500 fields of one object', `{ ${'toy { name } '.repeat(500)} }`, /500 fields/],
    ['500 inline fragments', `{ ${'... on Query { hello } '.repeat(500)} }`, /500 fields/],
    [
      'a fragment of one field, spread 500 times',
      `{ ${'...A '.repeat(500)} } fragment A on Query { hello }`,
      /500 fields/,
    ],
    [
      '300 fragments of one field',
      `{ ${times(300, (at) => `...A${at}`)} } ${times(300, (at) => `fragment A${at} on Query { hello }`)}`,
      /300 fields/,
    ],
    ['4001 words and signs', `{ ${'hello '.repeat(3999)} }`, /more than 4000 words/],
  ])('answers %s with one clear error', async (_, query, says) => {
    const { graphqlUrl, world } = await startToyServer();
    for (const accept of ['application/json', 'application/graphql-response+json', '*/*']) {
      expectRefusal(await post(graphqlUrl, { query }, { accept }), 400, { code: 'INVALID_INPUT', says });
    }
    expect(world.bought).toEqual([]);
  });

  it('serves just the limits', async () => {
    const { graphqlUrl } = await startToyServer();
    const wide = `{ ${'hello '.repeat(140)} ...A } fragment A on Query { ${'hello '.repeat(60)} }`;
    // Each place has a limit of its own: this is 1,260 fields in all.
    const many = `{ ${times(60, (at) => `a${at}: toy { ${'name '.repeat(20)} }`)} }`;
    for (const query of [nested(12), aliases(60, 'hello'), wide, many]) {
      expect((await post(graphqlUrl, { query })).json().errors).toBeUndefined();
    }
    const wider = await startToyServer({ limits: { fields: 500, aliases: 500 } });
    expect((await post(wider.graphqlUrl, { query: `{ ${'hello '.repeat(500)} }` })).status).toBe(200);
    expect((await post(wider.graphqlUrl, { query: `{ toy ${aliases(500, 'name')} }` })).status).toBe(200);
    expect((await post(wider.graphqlUrl, { query: `{ ${'hello '.repeat(501)} }` })).status).toBe(400);
    const short = await startToyServer({ limits: { tokens: 4 } });
    expect((await post(short.graphqlUrl, { query: '{ hello, count }' })).status).toBe(200);
    expect((await post(short.graphqlUrl, { query: '{ hello, count, caller }' })).status).toBe(400);
  });

  it('serves the introspection of clients, however deep', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const { graphqlUrl } = await startToyServer({ limits: { depth: 2 } });
    const query = getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true });
    expect((await post(graphqlUrl, { query })).json().data).toHaveProperty('__schema');
    const byName = '{ __type(name: "Toy") { fields { type { ofType { ofType { name } } } } } }';
    expect((await post(graphqlUrl, { query: byName })).json().errors).toBeUndefined();
  });

  it('measures doubling fragments in no time, and leaves circles to validation', async () => {
    const { graphqlUrl } = await startToyServer();
    const doubling = Array.from(
      { length: 100 },
      (_, index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`,
    );
    const query = `{ ...F0 } ${doubling.join(' ')} fragment F100 on Query { a: hello }`;
    expectRefusal(await post(graphqlUrl, { query }), 400, { code: 'INVALID_INPUT', says: /aliases/ });
    const circle = await post(graphqlUrl, { query: '{ ...A } fragment A on Query { hello ...A }' });
    expect(circle.json().errors![0]!.message).toMatch(/Cannot spread fragment/);
  });

  it('switches introspection off, with one clear error', async () => {
    const { graphqlUrl } = await startToyServer({ server: { introspection: false } });
    for (const query of [
      '{ __schema { types { name } } }',
      '{ ...A } fragment A on Query { x: __type(name: "Toy") { name } }',
    ]) {
      expectRefusal(await post(graphqlUrl, { query }), 403, { code: 'FORBIDDEN', says: /introspection/i });
    }
    expect((await post(graphqlUrl, { query: '{ __typename hello }' })).json().data).toMatchObject({
      __typename: 'Query',
    });
  });
});

/** Sends parts, each after an answer to the one before, and gives all that came until the end. */
function talk(port: number, parts: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const rest = [...parts];
    let received = '';
    socket.write(rest.shift()!);
    socket.on('data', (bytes) => {
      received += bytes;
      const part = rest.shift();
      if (part !== undefined) socket.write(part);
    });
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
  });
}
