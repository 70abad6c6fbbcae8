/** Orders and refills, as they are followed. */
import { describe, expect, it } from 'vitest';
import type { OrderState, OrderStatus } from '../../../src/domain/order.ts';
import { orderState, place } from './ledger-samples.ts';
import type { OpenStore } from './open-store.ts';

export function describeOrders(openStore: OpenStore): void {
  describe('orders', () => {
    it('tells which changed visibly, with a version of their own and a place among all changes', async () => {
      const store = await openStore();
      await place(store, '1');
      await place(store, '2');
      const full = orderState('IN_PROGRESS', {
        charge: { amount: '0.90', currency: null },
        startCount: 9_007_199_254_740_991,
        remains: -12,
        childNumbers: ['7', '8'],
      });
      const changed = await store.orders.saveStates('acme', [
        { number: '1', state: full, nextCheckAt: 20_000.7 },
        { number: 'not in the ledger', state: full },
      ]);
      expect(changed).toMatchObject([{ number: '1', version: 2, changeSeq: 1, state: full, nextCheckAt: 20_001 }]);
      expect(await store.orders.findOrders('acme', ['1'])).toEqual(changed);
      const later = { ...full, checkedAt: new Date(11_000) };
      expect(await store.orders.saveStates('acme', [{ number: '1', state: later, nextCheckAt: 30_000 }])).toEqual([]);
      expect(await store.orders.findOrders('acme', ['1', 'none', '2'])).toMatchObject([
        { version: 2, state: { checkedAt: new Date(11_000) }, nextCheckAt: 30_000 },
        null,
        { version: 1, state: { status: 'PENDING' } },
      ]);
    });

    it('counts each visible field as a change and the others as none', async () => {
      const store = await openStore();
      await place(store, '1');
      const base = orderState('PENDING');
      await store.orders.saveStates('acme', [{ number: '1', state: base }]);
      const isChange = async (changes: Partial<OrderState>): Promise<boolean> => {
        await store.orders.saveStates('acme', [{ number: '1', state: base }]);
        return (await store.orders.saveStates('acme', [{ number: '1', state: { ...base, ...changes } }])).length === 1;
      };
      expect(await isChange({ status: 'PROCESSING' })).toBe(true);
      expect(await isChange({ statusText: 'Queued' })).toBe(true);
      expect(await isChange({ charge: { amount: '1', currency: 'USD' } })).toBe(true);
      expect(await isChange({ startCount: 0 })).toBe(true);
      expect(await isChange({ remains: 0 })).toBe(true);
      expect(await isChange({ childNumbers: ['5'] })).toBe(false);
      expect(await store.orders.findOrders('acme', ['1'])).toMatchObject([{ state: { childNumbers: ['5'] } }]);
    });

    it('passes over a state that is older than the one it has', async () => {
      const store = await openStore();
      await place(store, '1');
      await store.orders.saveStates('acme', [
        { number: '1', state: orderState('COMPLETED', { checkedAt: new Date(5_000) }) },
        { number: '1', state: orderState('PROCESSING', { checkedAt: new Date(4_000) }) },
      ]);
      await store.orders.saveStates('acme', [
        { number: '1', state: orderState('PROCESSING', { checkedAt: new Date(4_000) }) },
      ]);
      expect(await store.orders.findOrders('acme', ['1'])).toMatchObject([
        { state: { status: 'COMPLETED' }, isFinal: true, nextCheckAt: null, version: 2 },
      ]);
    });

    it('gives due orders earliest first, and each to one of two claimants', async () => {
      const store = await openStore();
      for (const number of ['1', '2', '3', '4']) await place(store, number);
      await place(store, '1', { panel: 'other' });
      await store.orders.schedule('acme', [
        { number: '1', nextCheckAt: 300 },
        { number: '2', nextCheckAt: 100 },
        { number: '3', nextCheckAt: 200 },
        { number: '4', nextCheckAt: 9_999 },
      ]);
      expect(await store.orders.nextCheckAt('acme')).toBe(100);
      const claim = { panel: 'acme', now: 500, limit: 2, until: 5_000 };
      const [one, two] = await Promise.all([store.orders.claimDue(claim), store.orders.claimDue(claim)]);
      expect([...one, ...two].map(({ number }) => number).sort()).toEqual(['1', '2', '3']);
      expect([one, two].find((claimed) => claimed.length === 2)?.map(({ number }) => number)).toEqual(['2', '3']);
      expect(one.every(({ nextCheckAt }) => nextCheckAt === 5_000)).toBe(true);
      expect(await store.orders.claimDue(claim)).toEqual([]);
      expect(await store.orders.nextCheckAt('acme')).toBe(5_000);
      expect(await store.orders.nextCheckAt('nobody')).toBeNull();
    });

    it('brings a watched order forward, and never puts it off', async () => {
      const store = await openStore();
      await place(store, '1');
      await place(store, '2');
      await store.orders.saveStates('acme', [{ number: '2', state: orderState('COMPLETED') }]);
      await store.orders.watch('acme', ['1', '2'], { until: 9_000, checkBy: 500 });
      await store.orders.watch('acme', ['1'], { until: 8_000, checkBy: 700 });
      expect(await store.orders.findOrders('acme', ['1', '2'])).toMatchObject([
        { nextCheckAt: 500, watchedUntil: 9_000 },
        { nextCheckAt: null, watchedUntil: 9_000 },
      ]);
    });

    it('lets a final order be followed again', async () => {
      const store = await openStore();
      await place(store, '1');
      await store.orders.saveStates('acme', [{ number: '1', state: orderState('COMPLETED') }]);
      await store.orders.schedule('acme', [{ number: '1', nextCheckAt: 60 }]);
      expect(await store.orders.nextCheckAt('acme')).toBe(60);
    });

    it('tells changes since a place, in order, each order once in its latest state', async () => {
      const store = await openStore();
      for (const number of ['1', '2', '3']) await place(store, number);
      const start = await store.orders.latestChange();
      const save = (number: string, status: OrderStatus) =>
        store.orders.saveStates('acme', [{ number, state: orderState(status) }]);
      await save('1', 'PROCESSING');
      await save('2', 'PROCESSING');
      await save('1', 'COMPLETED');
      const changes = await store.orders.changesSince(start, 10);
      expect(changes.map(({ number, state }) => [number, state.status])).toEqual([
        ['2', 'PROCESSING'],
        ['1', 'COMPLETED'],
      ]);
      expect(await store.orders.changesSince(start, 1)).toHaveLength(1);
      expect(await store.orders.latestChange()).toBe(changes.at(-1)!.changeSeq);
      expect(await store.orders.changesSince(changes.at(-1)!.changeSeq, 10)).toEqual([]);
    });

    it('saves and schedules thousands at once', async () => {
      const store = await openStore();
      const numbers = Array.from({ length: 1_200 }, (_, index) => String(index));
      // In parts: who waits too long for a connection is told that the ledger cannot be reached.
      for (let start = 0; start < numbers.length; start += 100) {
        await Promise.all(numbers.slice(start, start + 100).map((number) => place(store, number)));
      }
      const states = numbers.map((number) => ({
        number,
        state: orderState('PROCESSING'),
        nextCheckAt: Number(number),
      }));
      expect(await store.orders.saveStates('acme', states)).toHaveLength(1_200);
      const same = states.map((saved) => ({ ...saved, nextCheckAt: Number(saved.number) + 5 }));
      expect(await store.orders.saveStates('acme', same)).toEqual([]);
      const found = await store.orders.findOrders('acme', numbers);
      expect(found.map((order) => order?.nextCheckAt)).toEqual(numbers.map((number) => Number(number) + 5));
    });
  });

  describe('refills', () => {
    const refill = (number: string, createdAt: number, orderNumber = '1') => ({
      panel: 'acme',
      number,
      orderNumber,
      caller: 'shop',
      state: { status: 'PENDING', statusText: '', checkedAt: new Date(createdAt) } as const,
      nextCheckAt: createdAt + 100,
      createdAt,
    });

    it('lists those of each order newest first', async () => {
      const store = await openStore();
      expect(await store.refills.insertRefill(refill('r1', 10))).toBe(true);
      expect(await store.refills.insertRefill(refill('r2', 20))).toBe(true);
      expect(await store.refills.insertRefill(refill('r3', 30, '2'))).toBe(true);
      expect(await store.refills.insertRefill(refill('r1', 99))).toBe(false);
      const listed = await store.refills.listByOrders('acme', ['2', 'none', '1']);
      expect(listed.map((refills) => refills.map(({ number }) => number))).toEqual([['r3'], [], ['r2', 'r1']]);
      expect(await store.refills.findRefills('acme', ['r3', 'x'])).toMatchObject([{ orderNumber: '2' }, null]);
    });

    it('saves states forwards only and tells which changed', async () => {
      const store = await openStore();
      await store.refills.insertRefill(refill('r1', 10));
      const done = { status: 'COMPLETED', statusText: 'Completed', checkedAt: new Date(50) } as const;
      const late = { status: 'IN_PROGRESS', statusText: 'In progress', checkedAt: new Date(40) } as const;
      expect(await store.refills.saveStates('acme', [{ number: 'r1', state: done }])).toMatchObject([
        { isFinal: true, nextCheckAt: null },
      ]);
      expect(await store.refills.saveStates('acme', [{ number: 'r1', state: late }])).toEqual([]);
      expect(await store.refills.findRefills('acme', ['r1'])).toMatchObject([{ state: done }]);
    });

    it('gives those that are due', async () => {
      const store = await openStore();
      await store.refills.insertRefill(refill('r2', 20));
      await store.refills.insertRefill(refill('r1', 10));
      expect(await store.refills.nextCheckAt('acme')).toBe(110);
      const claimed = await store.refills.claimDue({ panel: 'acme', now: 200, limit: 5, until: 900 });
      expect(claimed.map(({ number }) => number)).toEqual(['r1', 'r2']);
      await store.refills.schedule('acme', [{ number: 'r1', nextCheckAt: 300 }]);
      expect(await store.refills.nextCheckAt('acme')).toBe(300);
    });
  });
}
