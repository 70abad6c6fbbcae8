/** Recording a placement, and marking it as sent. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { EVIDENCE, NEVER_SENT, newPlacement, place } from './ledger-samples.ts';
import type { OpenStore } from './open-store.ts';

export function describePurchases(openStore: OpenStore): void {
  describe('recording', () => {
    it('gives back what was recorded, digit for digit', async () => {
      const store = await openStore();
      const placement = newPlacement({
        reference: "invoice '7' ☂",
        maxCharge: { amount: '1.00', currency: 'EUR' },
        details: { nested: [{ text: 'line\nbreak \u0000' }], big: 9_007_199_254_740_991 },
        createdAt: 1_763_000_000_123,
      });
      const { result, placement: record } = await store.placements.insertPending(placement);
      expect(result).toBe('inserted');
      expect(record).toEqual({
        ...placement,
        state: 'PENDING',
        isRetryable: false,
        settledBy: null,
        orderNumber: null,
        orderStatus: null,
        error: null,
        owner: store.owner.id,
        attempt: 1,
        sentAt: null,
        settledAt: null,
        balanceEvidence: null,
        turn: null,
        seq: expect.any(Number),
      });
      expect(await store.placements.findById(placement.id)).toEqual(record);
      expect(await store.placements.findByKey(placement.caller, placement.idempotencyKey)).toEqual(record);
    });

    it('answers null for what is not there', async () => {
      const store = await openStore();
      expect(await store.placements.findById(randomUUID())).toBeNull();
      expect(await store.placements.findByKey('shop', 'none')).toBeNull();
      expect(await store.placements.findMany([randomUUID()])).toEqual([null]);
      expect(await store.placements.findByOrders('acme', ['1'])).toEqual([null]);
      expect(await store.placements.findMany([])).toEqual([]);
    });

    it('gives one of twenty concurrent claimants the key and the others the first record', async () => {
      const store = await openStore();
      const claims = Array.from({ length: 20 }, () => newPlacement({ idempotencyKey: 'k' }));
      const results = await Promise.all(claims.map((claim) => store.placements.insertPending(claim)));
      const inserted = results.filter(({ result }) => result === 'inserted');
      expect(inserted).toHaveLength(1);
      expect(new Set(results.map(({ placement }) => placement.id)).size).toBe(1);
    });

    it('keeps the keys of two callers apart', async () => {
      const store = await openStore();
      await store.placements.insertPending(newPlacement({ idempotencyKey: 'k', caller: 'one' }));
      const second = await store.placements.insertPending(newPlacement({ idempotencyKey: 'k', caller: 'two' }));
      expect(second.result).toBe('inserted');
    });

    it('takes the repeat of an insert whose answer was lost for the first', async () => {
      const store = await openStore();
      const placement = newPlacement();
      await store.placements.insertPending(placement);
      expect((await store.placements.insertPending(placement)).result).toBe('inserted');
    });

    it('finds many by id and by order, in the order asked for', async () => {
      const store = await openStore();
      const first = await place(store, '11');
      const second = await place(store, '12');
      const byId = await store.placements.findMany([second.id, randomUUID(), first.id]);
      expect(byId.map((record) => record?.id ?? null)).toEqual([second.id, null, first.id]);
      const byOrder = await store.placements.findByOrders('acme', ['12', '99', '11']);
      expect(byOrder.map((record) => record?.id ?? null)).toEqual([second.id, null, first.id]);
      expect(await store.placements.findByOrders('other', ['12'])).toEqual([null]);
    });

    it('records a thousand at once', async () => {
      const store = await openStore();
      const results = await Promise.all(
        Array.from({ length: 1_000 }, () => store.placements.insertPending(newPlacement())),
      );
      expect(new Set(results.map(({ placement }) => placement.seq)).size).toBe(1_000);
      expect(await store.placements.countPlacements({})).toBe(1_000);
    });
  });

  describe('sending', () => {
    it('marks an attempt as sent once, however many ask', async () => {
      const store = await openStore();
      const { id } = (await store.placements.insertPending(newPlacement())).placement;
      const marks = await Promise.all(
        [1, 2, 3].map((at) => store.placements.markSent(id, { attempt: 1 }, { at, balanceEvidence: EVIDENCE })),
      );
      expect(marks.filter(Boolean)).toHaveLength(1);
      expect(await store.placements.findById(id)).toMatchObject({ balanceEvidence: EVIDENCE, state: 'PENDING' });
    });

    it('is marked by the record itself where it need not wait, and not once more', async () => {
      const store = await openStore();
      const placement = newPlacement();
      const recorded = await store.placements.insertPending(placement, { at: 7, balanceEvidence: EVIDENCE });
      expect(recorded).toMatchObject({ result: 'inserted', placement: { sentAt: 7, balanceEvidence: EVIDENCE } });
      expect(await store.placements.findById(placement.id)).toEqual(recorded.placement);
      expect(await store.placements.markSent(placement.id, { attempt: 1 }, { at: 8 })).toBe(false);
      const { idempotencyKey } = placement;
      const again = await store.placements.insertPending(newPlacement({ idempotencyKey }), { at: 9 });
      expect(again).toEqual({ result: 'existing', placement: recorded.placement });
      const { unknown } = await store.placements.recoverAbandoned({ running: new Set(), at: 10 });
      expect(unknown.map(({ id }) => id)).toEqual([placement.id]);
    });

    it('marks neither another attempt nor a settled placement', async () => {
      const store = await openStore();
      const { id } = (await store.placements.insertPending(newPlacement())).placement;
      expect(await store.placements.markSent(id, { attempt: 2 }, { at: 5 })).toBe(false);
      const rejected = { state: 'REJECTED', isRetryable: true, error: NEVER_SENT, at: 6 } as const;
      await store.placements.settle(id, rejected, { attempt: 1 });
      expect(await store.placements.markSent(id, { attempt: 1 }, { at: 7 })).toBe(false);
    });
  });
}
