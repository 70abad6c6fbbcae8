import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { expectRefusal } from '../expect-refusal.ts';
import { post, send, startToyServer } from '../toy-server.ts';

const BUY = 'mutation { buy(id: "1") }';

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

  it('refuses 5 MB by their Content-Length', async () => {
    const { graphqlUrl } = await startToyServer();
    const answer = await send(graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': String(large.length) },
      body: large,
    });
    expectRefusal(answer, 413, { code: 'INVALID_INPUT', says: /1000000 bytes/ });
  });

  it('refuses 5 MB that come in chunks, and answers fetch, too', async () => {
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

  it('refuses a large body before it is sent, where the client waits for "100 Continue"', async () => {
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

  it('takes a body of exactly the limit', async () => {
    const body = '{"query":"{hello}"}';
    const { graphqlUrl } = await startToyServer({ limits: { bodyBytes: body.length } });
    const headers = { 'content-type': 'application/json' };
    expect((await send(graphqlUrl, { method: 'POST', headers, body })).status).toBe(200);
    expect((await send(graphqlUrl, { method: 'POST', headers, body: `${body} ` })).status).toBe(413);
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

describe('a body in chunks', () => {
  const sendChunks = (port: number, chunks: readonly string[]) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      let text = '';
      socket.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
      // The gateway cuts off a client that goes on sending.
      socket.on('error', (error: NodeJS.ErrnoException) => text === '' && reject(error));
      socket.write(
        'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n',
      );
      for (const chunk of [...chunks, '']) socket.write(`${chunk.length.toString(16)}\r\n${chunk}\r\n`);
    });
  const body = '{"query":"{ hello }"}';

  it('of one character each is read', async () => {
    const { port } = await startToyServer();
    expect(await sendChunks(port, [...body])).toContain('{"data":{"hello":"Hello world"}}');
  });

  it('is refused where it is a great many, and the connection is closed', async () => {
    const { port } = await startToyServer();
    const chunks = [...Array.from({ length: 10_000 }, () => ' '), body];
    expect(await sendChunks(port, chunks)).toMatch(/^HTTP\/1\.1 400 [\s\S]*more than 10000 chunks/);
  });
});
