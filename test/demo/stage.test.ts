import { describe, expect, it } from 'vitest';
import { type Caller, findService, startCaller } from './panel-caller.ts';

const MINUTE = 60_000;

async function placeOne(caller: Caller, link: string): Promise<number> {
  const service = findService(await caller.services(), 'Default', ({ refill }) => refill);
  return caller.place(service, { link: `https://example.com/${link}`, quantity: service.min });
}

const statusOf = async (caller: Caller, order: number): Promise<string> =>
  (await caller.call<{ status: string }>('status', { order })).status;

describe('a panel that is directed', () => {
  it('lets an order go by its plan, and the next one by chance', async () => {
    await using caller = await startCaller();
    caller.panel.stage.planOrder({ pendingMs: 10 * MINUTE, lengthMs: 60 * MINUTE, ending: 'Partial' });
    const planned = await placeOne(caller, 'planned');
    const free = await placeOne(caller, 'free');
    caller.clock.now += 9 * MINUTE;
    expect(await statusOf(caller, planned)).toBe('Pending');
    expect(await statusOf(caller, free)).not.toBe('Pending');
    caller.clock.now += 2 * MINUTE;
    expect(await statusOf(caller, planned)).toBe('In progress');
    caller.clock.now += 50 * MINUTE;
    expect(await statusOf(caller, planned)).toBe('Partial');
  });

  it('lives behind the real clock, and catches up with what fell due', async () => {
    await using caller = await startCaller();
    caller.panel.stage.setBehind(5 * MINUTE);
    caller.panel.stage.planOrder({ pendingMs: 0, lengthMs: MINUTE, ending: 'Completed' });
    const order = await placeOne(caller, 'past');
    expect(caller.panel.orders[0]!.placedAt).toBe(caller.clock.now - 5 * MINUTE);
    expect(await statusOf(caller, order)).toBe('In progress');
    caller.panel.stage.setBehind(0);
    expect(await statusOf(caller, order)).toBe('Completed');
  });

  it('buys with an add whose answer it spoils, once', async () => {
    await using caller = await startCaller();
    const service = findService(await caller.services(), 'Default');
    const form = { key: 'secret-of-the-test', action: 'add', service: String(service.service), quantity: service.min };
    caller.panel.stage.failAdd('html');
    const spoilt = await caller.post({ ...form, link: 'https://example.com/lost' });
    expect(await spoilt.text()).toContain('<!DOCTYPE html>');
    expect(caller.panel.orders.map(({ link }) => link)).toEqual(['https://example.com/lost']);
    expect(await caller.call('add', { ...form, link: 'https://example.com/next' })).toHaveProperty('order');
  });

  it('completes a planned refill when its time is over', async () => {
    await using caller = await startCaller();
    caller.panel.stage.planOrder({ pendingMs: 0, lengthMs: MINUTE, ending: 'Completed' });
    const order = await placeOne(caller, 'refilled');
    caller.clock.now += 2 * MINUTE;
    caller.panel.stage.planRefill(60 * MINUTE);
    const { refill } = await caller.call<{ refill: string }>('refill', { order });
    caller.clock.now += 59 * MINUTE;
    expect(await caller.call('refill_status', { refill })).toEqual({ status: 'In progress' });
    caller.clock.now += MINUTE;
    expect(await caller.call('refill_status', { refill })).toEqual({ status: 'Completed' });
  });
});
