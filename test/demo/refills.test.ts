import { describe, expect, it } from 'vitest';
import { type Caller, findService, startCaller } from './panel-caller.ts';

/** Places `count` orders that can be refilled and gives the ids of those that were delivered. */
async function deliver(caller: Caller, count: number): Promise<number[]> {
  const service = findService(await caller.services(), 'Default', ({ refill }) => refill);
  for (let index = 0; index < count; index++) {
    await caller.place(service, { link: `https://example.com/${index}`, quantity: service.min });
  }
  caller.clock.now += 120_000;
  return caller.panel.orders
    .filter((order) => order.service === service.service && order.status !== 'Canceled')
    .map(({ id }) => id);
}

describe('refill', () => {
  it('answers one order with a text and several with numbers', async () => {
    await using caller = await startCaller();
    const [first, second, third] = await deliver(caller, 8);
    expect(await caller.call('refill', { order: first! })).toEqual({ refill: expect.stringMatching(/^\d+$/) });
    expect(await caller.call('refill', { orders: `${second},${third},3` })).toEqual([
      { order: second, refill: expect.any(Number) },
      { order: third, refill: expect.any(Number) },
      { order: 3, refill: { error: 'Incorrect order ID' } },
    ]);
  });

  it('refuses what cannot be refilled now', async () => {
    await using caller = await startCaller();
    const services = await caller.services();
    const without = findService(services, 'Default', ({ refill }) => !refill);
    const never = await caller.place(without, { link: 'https://example.com/never', quantity: without.min });
    const [done] = await deliver(caller, 3);
    const service = findService(services, 'Default', ({ refill }) => refill);
    const open = await caller.place(service, { link: 'https://example.com/open', quantity: service.min });
    expect(await caller.call('refill', { order: never })).toEqual({ error: 'This service has no refill' });
    expect(await caller.call('refill', { order: open })).toEqual({ error: 'Order is not completed' });
    expect(await caller.call('refill', { order: done! })).toHaveProperty('refill');
    expect(await caller.call('refill', { order: done! })).toEqual({ error: 'Refill is already in progress' });
    caller.clock.now += 60_000;
    expect(await caller.call('refill', { order: done! })).toHaveProperty('refill');
    expect(await caller.call('refill')).toEqual({ error: 'Incorrect request' });
  });
});

describe('refill_status', () => {
  it('moves by the clock and ends within a minute, mostly well', async () => {
    await using caller = await startCaller();
    const orders = (await deliver(caller, 100)).slice(0, 80);
    const made = await caller.call<{ refill: number }[]>('refill', { orders: orders.join() });
    const refills = made.map(({ refill }) => refill).join();
    const words = async () => {
      const answer = await caller.call<{ status: string }[]>('refill_status', { refills });
      return [...new Set(answer.map(({ status }) => status))].sort();
    };
    expect(await words()).toEqual(['Pending']);
    caller.clock.now += 17_000;
    expect(await words()).toEqual(['In progress', 'Pending']);
    caller.clock.now += 43_000;
    expect(await words()).toEqual(['Completed', 'Rejected']);
  });

  it('answers one refill flat, several in a list, and knows what it does not know', async () => {
    await using caller = await startCaller();
    const [order] = await deliver(caller, 3);
    const { refill } = await caller.call<{ refill: string }>('refill', { order: order! });
    expect(await caller.call('refill_status', { refill })).toEqual({ status: 'Pending' });
    expect(await caller.call('refill_status', { refill: 3 })).toEqual({ error: 'Refill not found' });
    expect(await caller.call('refill_status', { refills: `${refill},3` })).toEqual([
      { refill: Number(refill), status: 'Pending' },
      { refill: 3, status: { error: 'Refill not found' } },
    ]);
  });

  it('refuses a list as pica, and takes single ids', async () => {
    await using caller = await startCaller({ flavour: 'pica' });
    const [order] = await deliver(caller, 3);
    const { refill } = await caller.call<{ refill: string }>('refill', { order: order! });
    expect(await caller.call('refill_status', { refills: refill })).toEqual({ error: 'Incorrect request' });
    expect(await caller.call('refill_status', { refill })).toEqual({ status: 'Pending' });
  });
});
