import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HttpFailure } from '../../../../src/providers/transport/http/http-failure.ts';
import type { PostOptions } from '../../../../src/providers/transport/http/http-reply.ts';
import { createPanelHttp, type PanelHttp } from '../../../../src/providers/transport/http/panel-http.ts';
import { CERTIFICATE } from '../../../support/certificate.ts';

async function listen(server: Server, host = '127.0.0.1'): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** A server that does as it is told with each connection's first bytes. */
const serveRaw = (onRequest: (socket: Socket, text: string) => void): Promise<string> =>
  listen(createTcpServer((socket) => socket.once('data', (data) => onRequest(socket, data.toString()))));

const serve = (listener: RequestListener): Promise<string> => listen(createHttpServer(listener));

function httpOf(url: string): PanelHttp {
  const http = createPanelHttp({ url, userAgent: 'test', connections: 4, connectTimeoutMs: 2000 });
  onTestFinished(() => http.close());
  return http;
}

const BOTH = [
  ['a kept connection', false],
  ['a fresh connection', true],
] as const;

function post(
  http: PanelHttp,
  { freshConnection = false, ...options }: Partial<PostOptions> & { freshConnection?: boolean } = {},
) {
  const connection = freshConnection ? http.open() : http;
  return connection.post({ body: 'key=k&action=balance', timeoutMs: 5000, maxBytes: 1000, ...options });
}

async function failureOf(promise: Promise<unknown>): Promise<HttpFailure> {
  const failure = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(HttpFailure);
  return failure as HttpFailure;
}

const ok = (body: string, headers = ''): string =>
  `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n${headers}\r\n${body}`;

describe.each(BOTH)('a post over %s', (_name, freshConnection) => {
  it('sends the form to the path and query of the URL', async () => {
    let seen: unknown;
    const url = await serve(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      seen = [request.method, request.url, request.headers['content-type'], request.headers['user-agent'], body];
      response.end('{"balance":"1"}');
    });
    const reply = await post(httpOf(`${url}/api/v2?panel=a%20b`), { freshConnection });
    expect(reply).toEqual({ status: 200, retryAfterMs: null, text: '{"balance":"1"}' });
    expect(seen).toEqual([
      'POST',
      '/api/v2?panel=a%20b',
      'application/x-www-form-urlencoded',
      'test',
      'key=k&action=balance',
    ]);
  });

  it('reaches a host that is an IPv6 address', async () => {
    const url = await listen(
      createHttpServer((_request, response) => response.end('six')),
      '::1',
    );
    await expect(post(httpOf(url), { freshConnection })).resolves.toMatchObject({ text: 'six' });
  });

  it('that is refused is not sent', async () => {
    const server = createTcpServer();
    const url = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await failureOf(post(httpOf(url), { freshConnection }))).toMatchObject({
      code: 'PANEL_UNREACHABLE',
      maybeSent: false,
    });
  });

  it('to a name that is not known is not sent', async () => {
    const failure = await failureOf(post(httpOf('http://panel.invalid/api/v2'), { freshConnection }));
    expect(failure).toMatchObject({ code: 'PANEL_UNREACHABLE', maybeSent: false });
  });

  it('may be sent where the connection is reset after the request was read', async () => {
    const url = await serveRaw((socket) => socket.resetAndDestroy());
    expect(await failureOf(post(httpOf(url), { freshConnection }))).toMatchObject({
      code: 'PANEL_ERROR',
      maybeSent: true,
    });
  });

  it('may be sent where the connection ends after the headers', async () => {
    const url = await serveRaw((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"order"'));
    expect(await failureOf(post(httpOf(url), { freshConnection }))).toMatchObject({
      code: 'PANEL_ERROR',
      maybeSent: true,
    });
  });

  it('is sent once where the connection breaks', async () => {
    let requests = 0;
    const url = await serveRaw((socket) => {
      requests += 1;
      socket.resetAndDestroy();
    });
    await failureOf(post(httpOf(url), { freshConnection }));
    await failureOf(post(httpOf(url), { freshConnection }));
    expect(requests).toBe(2);
  });

  it.each([
    ['never answers', () => {}],
    ['stops after the headers', (socket: Socket) => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n')],
    [
      'answers byte by byte',
      (socket: Socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n');
        const timer = setInterval(() => socket.write('x'), 10);
        socket.on('close', () => clearInterval(timer));
      },
    ],
  ])('ends in time where the panel %s', async (_how, onRequest) => {
    const url = await serveRaw(onRequest);
    const started = performance.now();
    const failure = await failureOf(post(httpOf(url), { freshConnection, timeoutMs: 150 }));
    expect(failure).toMatchObject({ code: 'PANEL_TIMEOUT', maybeSent: true });
    expect(performance.now() - started).toBeLessThan(1500);
  });

  it('ends at a size', async () => {
    const ended = Promise.withResolvers<void>();
    const url = await serve((_request, response) => {
      response.on('close', () => ended.resolve());
      const write = (): void => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
        response.once('drain', write);
      };
      write();
    });
    const failure = await failureOf(post(httpOf(url), { freshConnection, maxBytes: 50_000 }));
    expect(failure).toMatchObject({ code: 'UNREADABLE_REPLY', maybeSent: true });
    await ended.promise;
  });

  it('follows no redirect', async () => {
    let followed = false;
    const other = await serve((_request, response) => {
      followed = true;
      response.end();
    });
    const url = await serve((_request, response) => response.writeHead(307, { location: other }).end());
    await expect(post(httpOf(url), { freshConnection })).resolves.toMatchObject({ status: 307 });
    expect(followed).toBe(false);
  });

  it.each([
    ['120', 120_000],
    ['0', 0],
    ['1.5', 1500],
    ['0.0004', 1],
    ['999999999999999999', 86_400_000],
    ['soon', null],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ])('reads Retry-After %j as %j ms', async (header, ms) => {
    const url = await serveRaw((socket) => socket.write(ok('', `retry-after: ${header}\r\n`)));
    await expect(post(httpOf(url), { freshConnection })).resolves.toMatchObject({ retryAfterMs: ms });
  });

  it('reads Retry-After as a date', async () => {
    const header = new Date(Date.now() + 90_000).toUTCString();
    const url = await serveRaw((socket) => socket.write(ok('', `retry-after: ${header}\r\n`)));
    const { retryAfterMs } = await post(httpOf(url), { freshConnection });
    expect(retryAfterMs).toBeGreaterThan(85_000);
    expect(retryAfterMs).toBeLessThanOrEqual(90_000);
  });
});

describe('connections', () => {
  it('are kept for reading, and one of its own for each post that spends, closed after it', async () => {
    const connections: Socket[] = [];
    const closed: Promise<unknown>[] = [];
    const used: number[] = [];
    const server = createHttpServer((request, response) => {
      used.push(connections.indexOf(request.socket));
      response.end('{}');
    });
    server.on('connection', (socket: Socket) => {
      connections.push(socket);
      closed.push(new Promise((resolve) => socket.once('close', resolve)));
    });
    const http = httpOf(await listen(server));
    await post(http);
    await post(http, { freshConnection: true });
    await post(http);
    await post(http, { freshConnection: true });
    await post(http);
    expect(used).toEqual([0, 1, 0, 2, 0]);
    await Promise.all(closed.slice(1));
    expect(connections[0]?.destroyed).toBe(false);
  });

  it('cost a post that gets none in time no more than its time, and nothing of it is sent later', async () => {
    const bodies: string[] = [];
    const url = await serve(async (request) => {
      for await (const chunk of request) bodies.push(String(chunk));
    });
    const http = createPanelHttp({ url, userAgent: 'test', connections: 1, connectTimeoutMs: 1000 });
    const first = failureOf(post(http, { body: 'first', timeoutMs: 500 }));
    let hasStarted = false;
    const onStart = (): void => {
      hasStarted = true;
    };
    const second = await failureOf(post(http, { body: 'second', timeoutMs: 100, onStart }));
    expect(second).toMatchObject({ code: 'PANEL_TIMEOUT' });
    expect(await first).toMatchObject({ code: 'PANEL_TIMEOUT' });
    await http.close();
    expect(bodies).toEqual(['first']);
    expect(hasStarted).toBe(false);
  });

  it('are closed with the panel, when the calls under way are done', async () => {
    let answer = (): void => {};
    const asked = Promise.withResolvers<void>();
    const url = await serve((_request, response) => {
      answer = () => response.end('late');
      asked.resolve();
    });
    const http = createPanelHttp({ url, userAgent: 'test', connections: 1, connectTimeoutMs: 1000 });
    const spending = post(http, { freshConnection: true });
    await asked.promise;
    let isClosed = false;
    const closing = http.close().then(() => {
      isClosed = true;
    });
    await new Promise(setImmediate);
    expect(isClosed).toBe(false);
    answer();
    await expect(spending).resolves.toMatchObject({ text: 'late' });
    await closing;
    expect(await failureOf(post(http))).toMatchObject({ code: 'SHUTTING_DOWN', maybeSent: false });
  });
});

describe('a connection that is opened beforehand', () => {
  const whole = { body: 'key=k&action=add', timeoutMs: 5000, maxBytes: 1000 };

  it('carries nothing before the post, and everything in it', async () => {
    let text = '';
    const connected = Promise.withResolvers<void>();
    const server = createTcpServer((socket) => {
      connected.resolve();
      socket.on('data', (data) => {
        text += data.toString();
        socket.end(ok('{}'));
      });
    });
    const connection = httpOf(await listen(server)).open();
    await connected.promise;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(text).toBe('');
    await expect(connection.post(whole)).resolves.toMatchObject({ text: '{}' });
    expect(text).toContain('key=k&action=add');
  });

  it('that breaks before the post has sent nothing', async () => {
    const url = await listen(createTcpServer((socket) => void socket.destroy()));
    const connection = httpOf(url).open();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await failureOf(connection.post(whole))).toMatchObject({ code: 'PANEL_UNREACHABLE', maybeSent: false });
  });

  it.each([
    ['before the post', true],
    ['after it', false],
  ])('ends where the panel wants to speak another protocol %s', async (_when, isEarly) => {
    const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n';
    const server = createTcpServer((socket) => {
      socket.on('error', () => {});
      if (isEarly) socket.write(upgrade);
      else socket.once('data', () => socket.write(upgrade));
    });
    const connection = httpOf(await listen(server)).open();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await failureOf(connection.post(whole))).toMatchObject({ maybeSent: !isEarly });
  });

  it('that never comes about has sent nothing, however long nobody posts', async () => {
    const connection = httpOf('http://127.0.0.1:1/api/v2').open();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await failureOf(connection.post(whole))).toMatchObject({ code: 'PANEL_UNREACHABLE', maybeSent: false });
  });

  it('is closed where nothing is to be sent after all', async () => {
    const closed = Promise.withResolvers<void>();
    const server = createTcpServer((socket) => void socket.on('error', () => {}).on('close', () => closed.resolve()));
    const connected = new Promise((resolve) => server.once('connection', resolve));
    const connection = httpOf(await listen(server)).open();
    await connected;
    connection.close();
    await closed.promise;
  });
});

describe.each(BOTH)('TLS, over %s', (_name, freshConnection) => {
  const urlOf = (origin: string): string => origin.replace('http:', 'https:');
  const trust = (): void => {
    const trusted = getCACertificates();
    setDefaultCACertificates([...trusted, CERTIFICATE.cert]);
    onTestFinished(() => setDefaultCACertificates(trusted));
  };

  it('sends nothing to a panel whose certificate is not trusted', async () => {
    let bytes = 0;
    const server = createTlsServer(CERTIFICATE, (socket) => {
      socket
        .on('error', () => {})
        .on('data', (data) => {
          bytes += data.length;
        });
    });
    const failure = await failureOf(post(httpOf(urlOf(await listen(server))), { freshConnection }));
    expect(failure).toMatchObject({ code: 'PANEL_UNREACHABLE', maybeSent: false });
    expect(failure.message).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(bytes).toBe(0);
  });

  it('asks a panel whose certificate is trusted', async () => {
    trust();
    const server = createHttpsServer(CERTIFICATE, (_request, response) => void response.end('{}'));
    const http = httpOf(urlOf(await listen(server)));
    await expect(post(http, { freshConnection })).resolves.toMatchObject({ status: 200, text: '{}' });
  });

  it('tells a panel that hangs up when it has been asked from one that never shook hands', async () => {
    trust();
    const asked = createTlsServer(CERTIFICATE, (socket) => {
      socket.on('error', () => {}).once('data', () => socket.destroy());
    });
    const failure = await failureOf(post(httpOf(urlOf(await listen(asked))), { freshConnection }));
    expect(failure).toMatchObject({ code: 'PANEL_ERROR', maybeSent: true });
    const deaf = createTcpServer((socket) => socket.once('data', () => socket.destroy()));
    const never = await failureOf(post(httpOf(urlOf(await listen(deaf))), { freshConnection: true }));
    expect(never).toMatchObject({ code: 'PANEL_UNREACHABLE', maybeSent: false });
  });
});
