import { describe, expect, it } from 'vitest';
import { expectRefusal } from '../expect-refusal.ts';
import { post, send, startToyServer } from '../toy-server.ts';

const BUY = 'mutation { buy(id: "1") }';

describe('who may speak to the gateway', () => {
  const loopbackHosts = [
    'localhost',
    'LocalHost:4000',
    '127.0.0.1',
    '127.8.9.1:99',
    '[::1]',
    '[::1]:4000',
    'localhost:65535',
  ];
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
    'localhost:65536',
    'localhost:99999',
    '[127.0.0.1]',
    '[localhost]:4000',
    '[::1',
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
