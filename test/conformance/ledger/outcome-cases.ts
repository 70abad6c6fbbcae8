/** What an attempt comes to, by whoever says so. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LedgerStore } from '../../../src/storage/ledger/ledger-store.ts';
import { EVIDENCE, NEVER_SENT, NO_ANSWER, newPlacement, orderState, PANEL_SAID_NO, place } from './ledger-samples.ts';
import type { OpenStore } from './open-store.ts';

export function describeOutcomes(openStore: OpenStore): void {
  describe('settling', () => {
    it('places the order with its placement, in one commit', async () => {
      const store = await openStore();
      const placed = await place(store, '23501');
      expect(placed).toMatchObject({
        state: 'PLACED',
        orderNumber: '23501',
        orderStatus: 'PENDING',
        settledBy: 'panel',
        settledAt: 1_200,
        sentAt: 1_100,
        error: null,
      });
      const [order] = await store.orders.findOrders('acme', ['23501']);
      expect(order).toEqual({
        panel: 'acme',
        number: '23501',
        caller: 'shop',
        placementId: placed.id,
        state: orderState('PENDING', { statusText: '', checkedAt: new Date(1_200) }),
        version: 1,
        changeSeq: 0,
        isFinal: false,
        nextCheckAt: 2_000,
        watchedUntil: null,
        trackedSince: 1_200,
      });
    });

    it("keeps the panel's refusal for good", async () => {
      const store = await openStore();
      const { id } = (await store.placements.insertPending(newPlacement())).placement;
      const settled = await store.placements.settle(
        id,
        { state: 'REJECTED', isRetryable: false, error: PANEL_SAID_NO, at: 9 },
        { attempt: 1 },
      );
      expect(settled.placement).toMatchObject({ state: 'REJECTED', error: PANEL_SAID_NO, settledBy: 'panel' });
      const retry = { ...newPlacement(), reference: null };
      expect(await store.placements.reopen(id, { attempt: 1 }, retry)).toBeNull();
    });

    it('keeps a NUL character of the panel from costing the outcome', async () => {
      const store = await openStore();
      const { id } = (await store.placements.insertPending(newPlacement())).placement;
      const error = { ...PANEL_SAID_NO, panelMessage: 'no\u0000pe' };
      const settled = await store.placements.settle(
        id,
        { state: 'REJECTED', isRetryable: false, error, at: 9 },
        { attempt: 1 },
      );
      expect(settled.placement?.error?.panelMessage).toBe('nope');
    });

    it('lets one of two outcomes stand', async () => {
      const store = await openStore();
      const { id } = (await store.placements.insertPending(newPlacement())).placement;
      const outcomes = await Promise.all([
        store.placements.settle(id, { state: 'PLACED', orderNumber: '1', at: 9, nextCheckAt: null }, { attempt: 1 }),
        store.placements.settle(
          id,
          { state: 'REJECTED', isRetryable: false, error: PANEL_SAID_NO, at: 9 },
          { attempt: 1 },
        ),
      ]);
      expect(outcomes.map(({ result }) => result).sort()).toEqual(['settled', 'stale']);
    });

    it('answers the repeat of a settlement as the first time', async () => {
      const store = await openStore();
      const placed = await place(store, '5');
      const again = await store.placements.settle(
        placed.id,
        { state: 'PLACED', orderNumber: '5', at: 1_300, nextCheckAt: 2_000 },
        { attempt: 1 },
      );
      expect(again).toMatchObject({ result: 'settled', placement: { settledAt: 1_200 } });
    });

    it('lets a late answer settle an unknown outcome', async () => {
      const store = await openStore();
      const { id } = (await store.placements.insertPending(newPlacement())).placement;
      const unknown = await store.placements.settle(
        id,
        { state: 'UNKNOWN', error: NO_ANSWER, at: 8, balanceEvidence: EVIDENCE },
        { attempt: 1 },
      );
      expect(unknown.placement).toMatchObject({ state: 'UNKNOWN', settledAt: null, balanceEvidence: EVIDENCE });
      const late = await store.placements.settle(
        id,
        { state: 'PLACED', orderNumber: '77', at: 9, nextCheckAt: null },
        { attempt: 1 },
      );
      expect(late).toMatchObject({ result: 'settled', placement: { state: 'PLACED', error: null } });
    });

    it('refuses an order number that the ledger has for the panel, and only for that panel', async () => {
      const store = await openStore();
      await place(store, '5');
      const { id } = (await store.placements.insertPending(newPlacement())).placement;
      const outcome = { state: 'PLACED', orderNumber: '5', at: 9, nextCheckAt: null } as const;
      const second = await store.placements.settle(id, outcome, { attempt: 1 });
      expect(second).toMatchObject({ result: 'duplicate-order-number', placement: { state: 'PENDING' } });
      expect((await place(store, '5', { panel: 'other' })).state).toBe('PLACED');
    });

    it('lets one of two concurrent placements have an order number', async () => {
      const store = await openStore();
      const records = await Promise.all([1, 2].map(() => store.placements.insertPending(newPlacement())));
      const outcomes = await Promise.all(
        records.map(({ placement }) =>
          store.placements.settle(
            placement.id,
            { state: 'PLACED', orderNumber: '5', at: 9, nextCheckAt: null },
            { attempt: 1 },
          ),
        ),
      );
      expect(outcomes.map(({ result }) => result).sort()).toEqual(['duplicate-order-number', 'settled']);
    });

    it('takes an order that was followed before the sending for an old one, and one followed since for its own', async () => {
      const store = await openStore();
      const follow = (number: string, at: number) =>
        store.orders.insertForeignOrder({
          panel: 'acme',
          number,
          caller: 'x',
          state: orderState('IN_PROGRESS'),
          nextCheckAt: null,
          at,
        });
      await follow('old', 1_000);
      await follow('new', 1_150);
      await expect(place(store, 'old')).rejects.toThrow('duplicate-order-number');
      expect(await place(store, 'new')).toMatchObject({ state: 'PLACED', orderStatus: 'IN_PROGRESS' });
      const [order] = await store.orders.findOrders('acme', ['new']);
      expect(order).toMatchObject({ caller: 'shop', state: { status: 'IN_PROGRESS' } });
      expect(order?.placementId).not.toBeNull();
    });
  });

  describe('trying again', () => {
    const retry = {
      reference: 'second',
      panelHost: 'new.example',
      panelDialect: 'pica',
      estimatedCharge: { amount: '2', currency: 'USD' },
      maxCharge: null,
    };
    const rejected = { state: 'REJECTED', isRetryable: true, error: NEVER_SENT, at: 6 } as const;

    it('takes what was never sent back to PENDING, for one of the claimants', async () => {
      const store = await openStore();
      const { id } = (await store.placements.insertPending(newPlacement())).placement;
      await store.placements.markSent(id, { attempt: 1 }, { at: 5 });
      await store.placements.settle(id, rejected, { attempt: 1 });
      const claims = await Promise.all([1, 2, 3].map(() => store.placements.reopen(id, { attempt: 1 }, retry)));
      expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
      expect(await store.placements.findById(id)).toMatchObject({
        ...retry,
        state: 'PENDING',
        attempt: 2,
        sentAt: null,
        error: null,
        settledAt: null,
        isRetryable: false,
      });
      expect(await store.placements.markSent(id, { attempt: 1 }, { at: 7 })).toBe(false);
      expect(await store.placements.markSent(id, { attempt: 2 }, { at: 7 })).toBe(true);
    });

    it('lets no outcome of an earlier attempt settle the next', async () => {
      const store = await openStore();
      const { id } = (await store.placements.insertPending(newPlacement())).placement;
      await store.placements.settle(id, rejected, { attempt: 1 });
      await store.placements.reopen(id, { attempt: 1 }, retry);
      const late = await store.placements.settle(
        id,
        { state: 'PLACED', orderNumber: '1', at: 9, nextCheckAt: null },
        { attempt: 1 },
      );
      expect(late).toMatchObject({ result: 'stale', placement: { state: 'PENDING', attempt: 2 } });
    });
  });

  describe("a person's decision", () => {
    const unknown = async (store: LedgerStore): Promise<string> => {
      const { id } = (await store.placements.insertPending(newPlacement())).placement;
      await store.placements.markSent(id, { attempt: 1 }, { at: 5 });
      await store.placements.settle(id, { state: 'UNKNOWN', error: NO_ANSWER, at: 6 }, { attempt: 1 });
      return id;
    };

    it('places it once, and a late answer changes nothing', async () => {
      const store = await openStore();
      const id = await unknown(store);
      const decision = { outcome: 'placed', orderNumber: '9', at: 7, nextCheckAt: 8 } as const;
      const decisions = await Promise.all([1, 2].map(() => store.placements.resolveByOperator(id, decision)));
      expect(decisions.map(({ result }) => result).sort()).toEqual(['settled', 'stale']);
      const late = await store.placements.settle(
        id,
        { state: 'REJECTED', isRetryable: false, error: PANEL_SAID_NO, at: 9 },
        { attempt: 1 },
      );
      expect(late.result).toBe('stale');
      expect(await store.placements.findById(id)).toMatchObject({
        state: 'PLACED',
        settledBy: 'operator',
        orderNumber: '9',
      });
      expect(await store.orders.findOrders('acme', ['9'])).toMatchObject([{ placementId: id, nextCheckAt: 8 }]);
    });

    it('settles it as not placed, for good', async () => {
      const store = await openStore();
      const id = await unknown(store);
      const settled = await store.placements.resolveByOperator(id, { outcome: 'not-placed', at: 7, message: 'No.' });
      expect(settled.placement).toMatchObject({
        state: 'REJECTED',
        isRetryable: false,
        settledBy: 'operator',
        error: { code: 'SETTLED_NOT_PLACED', message: 'No.' },
      });
    });

    it('is refused for another order number of the ledger, and leaves it open', async () => {
      const store = await openStore();
      await place(store, '9');
      const id = await unknown(store);
      const decision = { outcome: 'placed', orderNumber: '9', at: 7, nextCheckAt: 8 } as const;
      expect((await store.placements.resolveByOperator(id, decision)).result).toBe('duplicate-order-number');
      expect(await store.placements.findById(id)).toMatchObject({ state: 'UNKNOWN' });
    });

    it('is not asked for about what is under way, settled or not there', async () => {
      const store = await openStore();
      const decision = { outcome: 'not-placed', at: 7, message: 'No.' } as const;
      const { id } = (await store.placements.insertPending(newPlacement())).placement;
      expect((await store.placements.resolveByOperator(id, decision)).result).toBe('stale');
      const placed = await place(store, '1');
      expect((await store.placements.resolveByOperator(placed.id, decision)).result).toBe('stale');
      expect(await store.placements.resolveByOperator(randomUUID(), decision)).toEqual({
        result: 'stale',
        placement: null,
      });
    });
  });

  describe('recovery', () => {
    it('settles its own placements that it no longer runs, by whether they were sent', async () => {
      const store = await openStore();
      const [running, waiting, sent] = await Promise.all(
        [1, 2, 3].map(async () => (await store.placements.insertPending(newPlacement())).placement.id),
      );
      await store.placements.markSent(sent!, { attempt: 1 }, { at: 5 });
      const recovered = await store.placements.recoverAbandoned({ running: new Set([running!]), at: 9 });
      expect(recovered.retryable.map(({ id }) => id)).toEqual([waiting]);
      expect(recovered.unknown.map(({ id }) => id)).toEqual([sent]);
      expect(await store.placements.findById(waiting!)).toMatchObject({
        state: 'REJECTED',
        isRetryable: true,
        error: { code: 'SHUTTING_DOWN' },
      });
      expect(await store.placements.findById(sent!)).toMatchObject({ state: 'UNKNOWN', sentAt: 5 });
      expect(await store.placements.findById(running!)).toMatchObject({ state: 'PENDING' });
      expect(await store.placements.recoverAbandoned({ running: new Set([running!]), at: 10 })).toEqual({
        retryable: [],
        unknown: [],
      });
    });
  });
}
