import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServiceLists } from '../../../src/catalogue/lists/service-lists.ts';
import type { ServiceList } from '../../../src/domain/service.ts';
import { type CacheStore, createCacheStore } from '../../../src/storage/cache/cache-store.ts';
import { generateServices, HeldClock, listOf, ReadyPanel, service } from '../support/samples.ts';

const log = () => {};

test('memory: is a store in this process', async () => {
  const { store, close } = createCacheStore('memory:', { log });
  await store.set('a', { text: ':base64:AAAA' });
  expect(await store.get('a')).toEqual({ text: ':base64:AAAA' });
  expect(await store.get('b')).toBeUndefined();
  await close();
});

test.each(['file:///x', 'memory', 'redis://:pa ss@host:x', 'http://user:secret@host'])(
  'another address (%s) is refused without being repeated',
  (url) => {
    expect(() => createCacheStore(url, { log })).toThrow(
      /^The URL of the cache must be `memory:` or begin with `redis:\/\/` or `rediss:\/\/`\.$/,
    );
  },
);

test('a Redis that is not there is told once, and lists are fetched without it', async () => {
  const logged: string[] = [];
  const cache = createCacheStore(`redis://127.0.0.1:${await freePort()}`, { log: (message) => logged.push(message) });
  const panel = new ReadyPanel(() => listOf(service()));
  const lists = createLists(cache, panel, { storeTimeoutMs: 20 });
  expect((await lists.get('acme')).services).toHaveLength(1);
  await lists.idle();
  expect(logged).toEqual(['Redis, the cache of service lists, failed.']);
  await cache.close();
  await cache.close();
});

const hasRedis = isInstalled('redis-server');
if (!hasRedis && process.env['CI']) throw new Error('redis-server is missing: apt-get install redis-server');

describe.skipIf(!hasRedis)(`on a real Redis${hasRedis ? '' : ' (skipped: no redis-server on this machine)'}`, () => {
  let server: ChildProcess;
  let url: string;
  const open = new Set<CacheStore>();
  const openCache = () => {
    const cache = createCacheStore(url, { log });
    open.add(cache);
    return cache;
  };

  beforeAll(async () => {
    const port = await freePort();
    url = `redis://127.0.0.1:${port}`;
    server = startRedis(port);
    await isReady(server);
  });
  afterAll(async () => {
    await Promise.all([...open].map(({ close }) => close()));
    await stop(server);
  });

  test('one gateway fetches a long list and another reads it', async () => {
    const services = generateServices('acme', 6_200);
    const first = new ReadyPanel(() => listOf(...services), 'long');
    const fetching = createLists(openCache(), first);
    const fetched = await fetching.get('acme');
    await fetching.idle();
    const second = new ReadyPanel((): ServiceList => listOf(), 'long');
    expect(await createLists(openCache(), second).get('acme')).toEqual(fetched);
    expect([first.calls, second.calls]).toEqual([1, 0]);
  });

  test('keys have the namespace once, and end with the list', async () => {
    const cache = openCache();
    const lists = createLists(cache, new ReadyPanel(() => listOf(service()), 'short'));
    await lists.get('acme');
    await lists.idle();
    expect(redisCli(url, 'KEYS', '*short')).toBe('panelgraph::services:v2:acme:short');
    const ttlMs = Number(redisCli(url, 'PTTL', 'panelgraph::services:v2:acme:short'));
    expect(ttlMs).toBeGreaterThan(86_000_000);
    expect(ttlMs).toBeLessThanOrEqual(87_000_000);
  });

  test.each([
    ['no JSON', 'text', ['SET', '{"value":']],
    ['JSON of another shape', 'shape', ['SET', '[1]']],
    ['a key of another type', 'type', ['LPUSH', 'x']],
  ] as const)('%s is as if absent', async (_, account, [command, value]) => {
    redisCli(url, command, `panelgraph::services:v2:acme:${account}`, value);
    const panel = new ReadyPanel(() => listOf(service()), account);
    const lists = createLists(openCache(), panel);
    expect((await lists.get('acme')).services).toHaveLength(1);
    expect(panel.calls).toBe(1);
    await lists.idle();
  });

  test('a Redis that goes away and comes back costs nothing but the sharing', async () => {
    const port = await freePort();
    const before = startRedis(port);
    await isReady(before);
    const logged: string[] = [];
    const cache = createCacheStore(`redis://127.0.0.1:${port}`, { log: (message) => logged.push(message) });
    open.add(cache);
    const panel = new ReadyPanel(() => listOf(service()));
    const lists = createLists(cache, panel, { storeTimeoutMs: 200 });
    await lists.get('acme');
    await lists.idle();
    expect(logged).toEqual([]);

    await stop(before);
    await lists.refresh('acme');
    await lists.idle();
    expect(panel.calls).toBe(2);
    expect(logged).toHaveLength(1);

    const after = startRedis(port);
    await isReady(after);
    await expect.poll(() => cache.store.set('back', 1).catch(() => false), { timeout: 10_000 }).toBe(true);
    await cache.close();
    await stop(after);
  });
});

function createLists({ store }: CacheStore, source: ReadyPanel, options: { storeTimeoutMs?: number } = {}) {
  return new ServiceLists({
    sources: new Map([['acme', source]]),
    store,
    ttlMs: 600_000,
    staleForMs: 86_400_000,
    clock: new HeldClock(),
    steadyClock: new HeldClock(),
    log,
    ...options,
  });
}

function isInstalled(command: string): boolean {
  try {
    execFileSync(command, ['--version']);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

function startRedis(port: number): ChildProcess {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  return spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'ignore'] });
}

async function isReady(server: ChildProcess): Promise<void> {
  for await (const chunk of server.stdout ?? []) {
    if (String(chunk).includes('Ready to accept connections')) break;
  }
  server.stdout?.resume();
}

async function stop(server: ChildProcess): Promise<void> {
  const ended = once(server, 'exit');
  server.kill();
  await ended;
}

function redisCli(url: string, ...command: string[]): string {
  return execFileSync('redis-cli', ['-u', url, ...command])
    .toString()
    .trim();
}
