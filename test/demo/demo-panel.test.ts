import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../src/demo/demo-panel.ts';
import { findService, KEY, START, startCaller } from './panel-caller.ts';

const LINK = 'https://example.com/p/1';

describe('a demo panel', () => {
  it('listens on the path of its flavour', async () => {
    for (const [flavour, path] of [
      ['plus', '/api/v2'],
      ['cloud', '/api/v2'],
      ['pica', '/api2/v2'],
    ] as const) {
      await using caller = await startCaller({ flavour });
      expect(caller.panel.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//);
      expect(new URL(caller.panel.url).pathname).toBe(path);
    }
  });

  it('answers JSON to a form and refuses another path, method, content type or size', async () => {
    await using caller = await startCaller();
    const { url } = caller.panel;
    const good = await caller.post({ key: KEY, action: 'balance' });
    expect(good.headers.get('content-type')).toBe('application/json');
    expect(good.status).toBe(200);
    expect((await fetch(new URL('/other', url), { method: 'POST' })).status).toBe(404);
    expect((await fetch(url)).status).toBe(405);
    expect((await fetch(url, { method: 'POST', body: '{"action":"balance"}' })).status).toBe(400);
    expect((await caller.post({ key: KEY, action: 'balance', pad: 'x'.repeat(1_000_001) })).status).toBe(400);
  });

  it('refuses other keys and unknown actions', async () => {
    await using caller = await startCaller();
    const wrong = await caller.post({ key: 'other', action: 'balance' });
    expect(await wrong.json()).toEqual({ error: 'Invalid API key' });
    expect(await caller.call('nothing')).toEqual({ error: 'Incorrect request' });
  });

  it('keeps the calls without their key', async () => {
    await using caller = await startCaller();
    await caller.call('status', { order: 7 });
    expect(caller.panel.calls).toEqual([{ at: START, action: 'status', form: { action: 'status', order: '7' } }]);
    expect(JSON.stringify(caller.panel.calls)).not.toContain(KEY);
  });

  it('refuses calls above its rate and takes them again as time passes', async () => {
    await using caller = await startCaller({ callsPerSecond: 3 });
    const answers = [];
    for (let call = 0; call < 5; call++) answers.push(await caller.call('balance'));
    expect(answers.map((answer) => Object.keys(answer as object)[0])).toEqual([
      ...['balance', 'balance', 'balance', 'error', 'error'],
    ]);
    expect(answers[4]).toEqual({ error: 'Rate limit exceeded' });
    caller.clock.now += 334;
    expect(await caller.call('balance')).toHaveProperty('balance');
    expect(await caller.call('balance')).toHaveProperty('error');
  });

  it('holds its answers back by the latency, having acted at once', async () => {
    await using caller = await startCaller({ latencyMs: 40 });
    const before = performance.now();
    await caller.call('balance');
    // Timers may fire a millisecond early.
    expect(performance.now() - before).toBeGreaterThanOrEqual(39);
  });

  it('closes while it owes an answer, and twice', async () => {
    const caller = await startCaller({ faults: { silence: 1 } });
    const owed = caller.call('balance').then(
      () => 'answered',
      () => 'cut',
    );
    await expect.poll(() => caller.panel.calls.length).toBe(1);
    await caller.panel.close();
    expect(await owed).toBe('cut');
    await caller.panel.close();
  });

  it('refuses to start with a balance that is no decimal', async () => {
    await expect(startCaller({ balance: '1e9' })).rejects.toThrow('not an amount of money');
  });
});

describe('a fault of a demo panel', () => {
  const faults: [FaultKind, number, RegExp][] = [
    ['html', 200, /^<!DOCTYPE html>/],
    ['500', 500, /^<!DOCTYPE html>/],
    ['empty', 200, /^$/],
    ['truncated', 200, /^\{"[^}]*$/],
    ['null', 200, /^null$/],
    ['rate-limit', 429, /Too many requests/],
    ['key-echo', 200, new RegExp(`^\\{"error":".*${KEY}`)],
  ];
  it.each(faults)('%s answers with HTTP %i', async (kind, status, body) => {
    await using caller = await startCaller({ faults: { [kind]: 1 } });
    const response = await caller.post({ key: KEY, action: 'balance' });
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(body);
    expect(response.headers.get('retry-after')).toBe(kind === 'rate-limit' ? '1' : null);
  });

  it('reset cuts the connection', async () => {
    await using caller = await startCaller({ faults: { reset: 1 } });
    await expect(caller.call('balance')).rejects.toThrow('fetch failed');
  });

  it.each([
    [false, 0],
    [true, 1],
  ])('with faultsAfter %s has placed %i orders', async (faultsAfter, placed) => {
    await using caller = await startCaller({ faults: { empty: 1 }, faultsAfter, faultActions: ['add'] });
    const service = findService(await caller.services(), 'Default');
    const form = { service: String(service.service), link: LINK, quantity: service.min };
    expect(await (await caller.post({ key: KEY, action: 'add', ...form })).text()).toBe('');
    expect(caller.panel.orders).toHaveLength(placed);
  });

  it('rate-limit never acts', async () => {
    await using caller = await startCaller({ faults: { 'rate-limit': 1 }, faultsAfter: true, faultActions: ['add'] });
    const service = findService(await caller.services(), 'Default');
    await caller.call('add', { service: service.service, link: LINK, quantity: service.min });
    expect(caller.panel.orders).toEqual([]);
  });

  it('comes as often as its share says, at the same calls for the same seed', async () => {
    const run = async () => {
      await using caller = await startCaller({ faults: { null: 0.2, '500': 0.1 }, seed: 5 });
      const kinds = [];
      for (let call = 0; call < 300; call++) {
        const response = await caller.post({ key: KEY, action: 'balance' });
        const body = await response.text();
        kinds.push(response.status === 500 ? '500' : body === 'null' ? 'null' : 'good');
      }
      return kinds;
    };
    const kinds = await run();
    expect(kinds.filter((kind) => kind === 'null').length / 300).toBeCloseTo(0.2, 1);
    expect(kinds.filter((kind) => kind === '500').length / 300).toBeCloseTo(0.1, 1);
    expect(await run()).toEqual(kinds);
  });
});
