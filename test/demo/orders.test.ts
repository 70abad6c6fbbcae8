import { describe, expect, it } from 'vitest';
import { findService, START, startCaller } from './panel-caller.ts';

interface Status {
  status: string;
  remains: string;
  charge: string;
}

const LINK = 'https://example.com/p/1';

describe('orders of a demo panel', () => {
  it('move by the clock, never back, and end within two minutes', async () => {
    await using caller = await startCaller();
    const services = (await caller.services()).filter(({ type }) => type === 'Default').slice(0, 100);
    for (const service of services) await caller.place(service, { link: LINK, quantity: service.min });
    const ranks = ['Pending', 'Processing', 'In progress', 'Completed', 'Partial', 'Canceled'];
    const seen = new Set<string>();
    let before = caller.panel.orders;
    expect(before.every(({ status }) => status === 'Pending')).toBe(true);
    for (let second = 0; second < 120; second += 3) {
      caller.clock.now += 3000;
      const after = caller.panel.orders;
      for (const [index, order] of after.entries()) {
        seen.add(order.status);
        expect(ranks.indexOf(order.status)).toBeGreaterThanOrEqual(ranks.indexOf(before[index]!.status));
        expect(order.remains).toBeLessThanOrEqual(before[index]!.remains);
        if (second < 57) expect(ranks.indexOf(order.status)).toBeLessThan(3);
      }
      before = after;
    }
    expect(seen).toEqual(new Set(ranks));
    const completed = before.filter(({ status }) => status === 'Completed');
    expect(completed.length).toBeGreaterThan(70);
    expect(completed.every(({ remains }) => remains === 0)).toBe(true);
    expect(before.every(({ status }) => ranks.indexOf(status) > 2)).toBe(true);
  });

  it('move faster at a higher speed', async () => {
    await using caller = await startCaller({ speed: 60 });
    const service = findService(await caller.services(), 'Default');
    const order = await caller.place(service, { link: LINK, quantity: service.min });
    caller.clock.now += 2000;
    expect((await caller.call<Status>('status', { order })).status).toMatch(/Completed|Partial|Canceled/);
  });

  it('go the same way for the same seed', async () => {
    const run = async () => {
      await using caller = await startCaller({ seed: 3 });
      const services = (await caller.services()).slice(0, 40).filter(({ type }) => type === 'Default');
      for (const service of services) await caller.place(service, { link: LINK, quantity: service.min });
      caller.clock.now += 70_000;
      return caller.panel.orders;
    };
    expect(await run()).toEqual(await run());
  });

  it('get other ids from a panel that starts later', async () => {
    const first = async (now: number) => {
      await using caller = await startCaller({ now: () => now });
      const service = findService(await caller.services(), 'Default');
      return await caller.place(service, { link: LINK, quantity: service.min });
    };
    expect(await first(0)).toBe(23501);
    expect(await first(START + 1000)).toBe((await first(START)) + 100);
  });
});

describe('status', () => {
  it('is flat of one order, with all values as texts', async () => {
    await using caller = await startCaller();
    const service = findService(await caller.services(), 'Default');
    const order = await caller.place(service, { link: LINK, quantity: service.min });
    expect(await caller.call('status', { order })).toEqual({
      charge: expect.stringMatching(/^\d+\.\d{2,8}$/),
      start_count: expect.stringMatching(/^\d+$/),
      status: 'Pending',
      remains: service.min,
      currency: 'USD',
    });
    expect(await caller.call('status', { order: 1 })).toEqual({ error: 'Incorrect order ID' });
    expect(await caller.call('status')).toEqual({ error: 'Incorrect request' });
  });

  it('is keyed by id of several, and a bad id holds its error', async () => {
    await using caller = await startCaller();
    const service = findService(await caller.services(), 'Default');
    const order = await caller.place(service, { link: LINK, quantity: service.min });
    const answer = await caller.call<Record<string, object>>('status', { orders: `${order}, 10,x` });
    expect(Object.keys(answer).sort()).toEqual(['10', String(order), 'x'].sort());
    expect(answer[String(order)]).toEqual(await caller.call('status', { order }));
    expect(answer['10']).toEqual({ error: 'Incorrect order ID' });
    expect(answer['x']).toEqual({ error: 'Incorrect order ID' });
  });

  it('takes a hundred ids and refuses more whole', async () => {
    await using caller = await startCaller();
    const ids = (count: number) => Array.from({ length: count }, (_, index) => index + 1).join();
    expect(Object.keys(await caller.call<object>('status', { orders: ids(100) }))).toHaveLength(100);
    for (const action of ['status', 'refill', 'cancel']) {
      expect(await caller.call(action, { orders: ids(101) })).toEqual({ error: 'Incorrect request' });
    }
    expect(await caller.call('refill_status', { refills: ids(101) })).toEqual({ error: 'Incorrect request' });
  });

  it('of a drip-feed lists the orders of its runs as they come', async () => {
    await using caller = await startCaller();
    const service = findService(await caller.services(), 'Default');
    const order = await caller.place(service, { link: LINK, quantity: service.min, runs: 3, interval: 10 });
    expect(await caller.call('status', { order })).toEqual({ status: 'Pending', runs: '3', orders: [] });
    caller.clock.now += 20_000;
    const one = await caller.call<{ status: string; orders: number[] }>('status', { order });
    expect(one).toMatchObject({ status: 'In progress', orders: [expect.any(Number)] });
    expect(await caller.call('status', { order: one.orders[0]! })).toMatchObject({ currency: 'USD' });
    caller.clock.now += 100_000;
    const all = await caller.call<{ status: string; orders: number[] }>('status', { order });
    expect(all).toMatchObject({ status: 'Completed', orders: { length: 3 } });
    expect(caller.panel.orders.filter(({ parent }) => parent === order).map(({ id }) => id)).toEqual(all.orders);
  });

  it('of a subscription lists an order a post until all have come', async () => {
    await using caller = await startCaller();
    const service = findService(await caller.services(), 'Subscriptions');
    const form = { username: 'someone', min: service.min, max: service.max, posts: 2, old_posts: 1, delay: 0 };
    const order = await caller.place(service, { ...form, expiry: '01/02/2027' });
    const parent = { status: 'Active', posts: '2', expiry: '01/02/2027' };
    expect(await caller.call('status', { order })).toEqual({ ...parent, orders: [] });
    caller.clock.now += 10_000;
    expect(await caller.call('status', { order })).toMatchObject({ ...parent, orders: { length: 1 } });
    caller.clock.now += 110_000;
    expect(await caller.call('status', { order })).toMatchObject({ status: 'Completed', orders: { length: 3 } });
    for (const { quantity, parent: from } of caller.panel.orders.slice(1)) {
      expect(from).toBe(order);
      expect(quantity).toBeGreaterThanOrEqual(Number(service.min));
      expect(quantity).toBeLessThanOrEqual(Number(service.max));
    }
  });

  it('of a subscription without a number of posts stays active until its last day is over', async () => {
    await using caller = await startCaller();
    const service = findService(await caller.services(), 'Subscriptions');
    const form = { username: 'someone', min: service.min, max: service.min, delay: 0, expiry: '10/05/2026' };
    const order = await caller.place(service, form);
    caller.clock.now += 86_399_000;
    expect(await caller.call('status', { order })).toMatchObject({ status: 'Active', posts: '' });
    caller.clock.now += 1000;
    expect(await caller.call('status', { order })).toMatchObject({ status: 'Expired' });
  });
});

describe('cancel', () => {
  it('answers each id, ends the order at once and keeps the charge of what arrived', async () => {
    await using caller = await startCaller();
    const services = await caller.services();
    const service = findService(services, 'Default', ({ cancel }) => cancel === true);
    const never = findService(services, 'Default', ({ cancel }) => cancel === false);
    const order = await caller.place(service, { link: LINK, quantity: service.max });
    const other = await caller.place(never, { link: LINK, quantity: never.min });
    caller.clock.now += 45_000;
    const before = await caller.call<Status>('status', { order });
    expect(before.status).toBe('In progress');
    expect(await caller.call('cancel', { orders: `${order},${other},9` })).toEqual([
      { order, cancel: 1 },
      { order: other, cancel: { error: 'This service has no cancel' } },
      { order: 9, cancel: { error: 'Incorrect order ID' } },
    ]);
    const after = await caller.call<Status>('status', { order });
    expect(after).toMatchObject({ status: 'Canceled', remains: before.remains });
    expect(Number(after.charge)).toBeLessThan(Number(before.charge));
    expect(await caller.call('cancel', { orders: order })).toEqual([
      { order, cancel: { error: 'This order cannot be canceled' } },
    ]);
    caller.clock.now += 120_000;
    expect(await caller.call('status', { order })).toEqual(after);
  });

  it('needs ids', async () => {
    await using caller = await startCaller();
    expect(await caller.call('cancel')).toEqual({ error: 'Incorrect request' });
  });
});
