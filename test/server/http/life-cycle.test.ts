import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openToyServer, post, send, startToyServer, type ToyServer } from '../toy-server.ts';

const BUY = { query: 'mutation { buy(id: "1") }' };

/** Sends a mutation that waits in the shop until it is let go. */
async function beginPurchase(toy: ToyServer) {
  const shop = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  toy.world.shop = shop.promise;
  toy.world.onBuy = begun.resolve;
  const controller = new AbortController();
  const answer = fetch(toy.graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(BUY),
    signal: controller.signal,
  });
  // Some tests hang up; that is theirs to see.
  answer.catch(() => {});
  await begun.promise;
  return { answer, finish: shop.resolve, hangUp: () => controller.abort() };
}

describe('a start', () => {
  it('says where it listens', async () => {
    const { url, port } = await startToyServer();
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect(port).toBeGreaterThan(0);
  });

  it('names the port that is taken, and --port', async () => {
    const { port } = await startToyServer();
    await expect(openToyServer({ server: { port } })).rejects.toThrow(
      new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is in use: .*--port`),
    );
  });

  it('names an address that is not of this machine', async () => {
    await expect(openToyServer({ server: { host: '192.0.2.1' } })).rejects.toThrow(/192\.0\.2\.1 .*--host/);
  });
});

describe('a client that hangs up', () => {
  it('does not stop the mutation that it sent', async () => {
    const toy = await startToyServer();
    const purchase = await beginPurchase(toy);
    purchase.hangUp();
    await expect(purchase.answer).rejects.toThrow();
    purchase.finish();
    await toy.server.close();
    expect(toy.world.bought).toEqual(['1']);
    expect(toy.logged()).toBe('');
  });

  it('ends its subscription', async () => {
    const toy = await startToyServer();
    const released = Promise.withResolvers<void>();
    toy.world.onStreamReleased = released.resolve;
    const stream = await subscribe(toy);
    stream.hangUp();
    await released.promise;
  });

  it('ends its subscription also where it was answered 406', async () => {
    const toy = await startToyServer();
    const released = Promise.withResolvers<void>();
    toy.world.onStreamReleased = released.resolve;
    const answer = await post(toy.graphqlUrl, { query: 'subscription { ticks }' }, { accept: 'application/json' });
    expect(answer.status).toBe(406);
    expect(answer.json().errors![0]!.message).toMatch(/text\/event-stream/);
    await released.promise;
  });

  it('may hang up in the middle of its body', async () => {
    const toy = await startToyServer();
    const socket = connect(toy.port, '127.0.0.1');
    const head =
      'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"qu';
    await new Promise<void>((resolve) => socket.write(head, () => resolve()));
    socket.destroy();
    expect((await send(`${toy.graphqlUrl}?query={hello}`)).status).toBe(200);
    await toy.server.close();
    expect(toy.logged()).toBe('');
  });
});

describe('a shutdown', () => {
  it('closes idle connections at once and accepts no new ones', async () => {
    const toy = await openToyServer();
    const idle = await openKeptConnection(toy);
    const closed = new Promise((resolve) => idle.once('close', resolve));
    await toy.server.close();
    await closed;
    await expect(send(toy.graphqlUrl)).rejects.toThrow(/ECONNREFUSED/);
    await toy.server.close();
  });

  it('lets a mutation finish and answers it', async () => {
    const toy = await openToyServer();
    const purchase = await beginPurchase(toy);
    const closing = toy.server.close();
    purchase.finish();
    expect(await (await purchase.answer).json()).toEqual({ data: { buy: 'bought 1' } });
    await closing;
    expect(toy.world.bought).toEqual(['1']);
  });

  it('waits for a mutation however long it takes, and cuts the rest after its time', async () => {
    const toy = await openToyServer();
    const slow = connect(toy.port, '127.0.0.1');
    const cut = new Promise((resolve) => slow.once('close', resolve));
    slow.on('error', () => {});
    slow.write(
      'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    const purchase = await beginPurchase(toy);
    let isClosed = false;
    const closing = toy.server.close({ timeoutMs: 1 }).then(() => {
      isClosed = true;
    });
    await until(() => toy.logged().includes('waiting for mutations'));
    expect(isClosed).toBe(false);
    purchase.finish();
    expect(await (await purchase.answer).json()).toEqual({ data: { buy: 'bought 1' } });
    await closing;
    await cut;
  });

  it('waits for a mutation whose client has hung up', async () => {
    const toy = await openToyServer();
    const purchase = await beginPurchase(toy);
    purchase.hangUp();
    await expect(purchase.answer).rejects.toThrow();
    const closing = toy.server.close({ timeoutMs: 1 });
    await until(() => toy.logged().includes('waiting for mutations'));
    expect(toy.world.bought).toEqual([]);
    purchase.finish();
    await closing;
    expect(toy.world.bought).toEqual(['1']);
  });

  it('completes subscriptions', async () => {
    const toy = await openToyServer();
    const stream = await subscribe(toy);
    await toy.server.close();
    expect(await stream.rest()).toMatch(/event: complete\ndata:\n\n$/);
  });

  it('finishes the request under way on a kept connection, and then closes it', async () => {
    const toy = await openToyServer();
    const purchase = await beginPurchase(toy);
    const kept = await openKeptConnection(
      toy,
      'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 19\r\n\r\n{"query"',
    );
    let received = '';
    kept.on('data', (bytes) => {
      received += bytes;
    });
    const ended = new Promise((resolve) => kept.once('close', resolve));
    const closing = toy.server.close();
    // The rest of the request under way, and a new one behind it.
    kept.write(':"{hello}"}GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await ended;
    expect(received).toContain('Hello world');
    purchase.finish();
    await closing;
  });

  it('ends a subscription that begins while it waits', async () => {
    const held = Promise.withResolvers<object>();
    const asked = Promise.withResolvers<void>();
    const toy = await openToyServer({
      createContext: () => {
        asked.resolve();
        return held.promise;
      },
    });
    const headers = { accept: 'text/event-stream' };
    const answer = post(toy.graphqlUrl, { query: 'subscription { ticks }' }, headers);
    await asked.promise;
    const closing = toy.server.close();
    held.resolve({});
    expect((await answer).text).toMatch(/event: complete/);
    await closing;
  });

  it('refuses a mutation that has not begun when its time is over', async () => {
    const held = Promise.withResolvers<object>();
    const asked = Promise.withResolvers<void>();
    const toy = await openToyServer({
      createContext: () => {
        asked.resolve();
        return held.promise;
      },
    });
    const answer = post(toy.graphqlUrl, BUY);
    await asked.promise;
    const closing = toy.server.close({ timeoutMs: 1 });
    await until(() => toy.logged().includes('waiting for mutations'));
    held.resolve({});
    expect(await answer).toMatchObject({ status: 503 });
    expect((await answer).json().errors![0]!.extensions).toEqual({ code: 'SHUTTING_DOWN' });
    await closing;
    expect(toy.world.bought).toEqual([]);
  });

  it('answers each of two requests that came on one connection at once', async () => {
    const toy = await openToyServer();
    const shop = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    toy.world.shop = shop.promise;
    toy.world.onBuy = begun.resolve;
    const body = JSON.stringify(BUY);
    const socket = connect(toy.port, '127.0.0.1');
    let received = '';
    socket.on('data', (bytes) => {
      received += bytes;
    });
    const ended = new Promise((resolve) => socket.once('close', resolve));
    socket.write(
      `GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\nPOST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await begun.promise;
    const closing = toy.server.close();
    shop.resolve();
    await ended;
    await closing;
    expect(received).toContain('{"status":"ok"}');
    expect(received).toContain('{"data":{"buy":"bought 1"}}');
  });

  it('does not cut an answer that a slow client is still reading', async () => {
    const toy = await openToyServer();
    const socket = connect(toy.port, '127.0.0.1');
    let bytes = 0;
    const ended = new Promise((resolve) => socket.once('close', resolve));
    const page = await send(toy.graphqlUrl, { headers: { accept: 'text/html' } });
    // Some megabytes, where nothing is compressed.
    const [path] = /\/graphiql\/[0-9a-f]{16}\/graphiql\.js/.exec(page.text)!;
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    const first = await new Promise<Buffer>((resolve) => socket.once('data', resolve));
    socket.pause();
    bytes += first.length;
    const length = Number(/content-length: (\d+)/i.exec(first.toString('latin1'))![1]);
    const closing = toy.server.close();
    socket.on('data', (chunk) => {
      bytes += chunk.length;
    });
    socket.resume();
    await ended;
    await closing;
    expect(length).toBeGreaterThan(5_000_000);
    expect(bytes).toBeGreaterThan(length);
  });
});

describe('a port', () => {
  it('is free again after a close', async () => {
    const toy = await openToyServer();
    await toy.server.close();
    const other = createServer();
    onTestFinished(() => void other.close());
    await new Promise<void>((resolve, reject) => other.once('error', reject).listen(toy.port, '127.0.0.1', resolve));
  });
});

async function subscribe(toy: ToyServer) {
  const controller = new AbortController();
  const response = await fetch(toy.graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: 'subscription { ticks }' }),
    signal: controller.signal,
  });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('{"data":{"ticks":1}}')) text += (await reader.read()).value;
  return {
    hangUp: () => controller.abort(),
    rest: async () => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return text;
        text += value;
      }
    },
  };
}

/** A connection that has had one answer and is kept, with the beginning of a next request if one is given. */
async function openKeptConnection({ port }: ToyServer, next = ''): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.write('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await new Promise<void>((resolve) => socket.once('data', () => resolve()));
  if (next !== '') {
    await new Promise<void>((resolve) => socket.write(next, () => resolve()));
    // The server has it when it answers another connection that wrote later.
    await send(`http://127.0.0.1:${port}/health/live`);
  }
  return socket;
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setImmediate(resolve));
}
