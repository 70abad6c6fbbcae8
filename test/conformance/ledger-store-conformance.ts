/** What every store of the ledger must do, whatever keeps it. */
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { BalanceEvidence } from '../../src/domain/balance-evidence.ts';
import type { OrderState, OrderStatus } from '../../src/domain/order.ts';
import type {
  LedgerStore,
  NewPlacement,
  PlacementError,
  PlacementRecord,
} from '../../src/storage/ledger/ledger-store.ts';
import { openLedgerStore } from '../../src/storage/open-ledger-store.ts';

export interface LedgerStoreHarness {
  /** The URL of a new, empty ledger. */
  createUrl(): Promise<string>;
}

export const PANEL_SAID_NO: PlacementError = {
  code: 'INSUFFICIENT_FUNDS',
  message: 'The panel has too little balance.',
  panelMessage: 'Not enough funds on balance',
  retryAfterMs: null,
};
export const NEVER_SENT: PlacementError = {
  code: 'PANEL_UNREACHABLE',
  message: 'The panel refused the connection.',
  panelMessage: null,
  retryAfterMs: 1_500,
};
/** What a balance said, in every member. */
export const EVIDENCE: BalanceEvidence = {
  before: { reading: { amount: '12.50', currency: 'USD', at: 5 }, ordersBetween: 1, chargedBetween: '0.09' },
  after: { amount: '12.30', currency: null, at: 9 },
  finding: 'CANNOT_BE_TOLD',
  reason: 'The panel told its balance in two currencies.',
};
export const NO_ANSWER: PlacementError = {
  code: 'PANEL_TIMEOUT',
  message: 'The panel did not answer.',
  panelMessage: null,
  retryAfterMs: null,
};

export function newPlacement(changes: Partial<NewPlacement> = {}): NewPlacement {
  return {
    id: randomUUID(),
    caller: 'shop',
    idempotencyKey: randomUUID(),
    fingerprint: 'f1',
    reference: null,
    panel: 'acme',
    panelHost: 'acme.example',
    panelDialect: 'standard',
    serviceNumber: '1448',
    details: { form: 'default', values: { link: 'https://example.com/ü', quantity: 1000 } },
    estimatedCharge: { amount: '0.90', currency: 'USD' },
    maxCharge: null,
    createdAt: 1_000,
    ...changes,
  };
}

export function orderState(status: OrderStatus, changes: Partial<OrderState> = {}): OrderState {
  return {
    status,
    statusText: status.toLowerCase(),
    charge: null,
    startCount: null,
    remains: null,
    childNumbers: [],
    checkedAt: new Date(10_000),
    ...changes,
  };
}

/** A placement that was sent and acknowledged. */
export async function place(
  store: LedgerStore,
  orderNumber: string,
  changes: Partial<NewPlacement> = {},
): Promise<PlacementRecord> {
  const placement = newPlacement(changes);
  await store.placements.insertPending(placement);
  await store.placements.markSent(placement.id, { attempt: 1 }, { at: 1_100 });
  const settled = await store.placements.settle(
    placement.id,
    { state: 'PLACED', orderNumber, at: 1_200, nextCheckAt: 2_000 },
    { attempt: 1 },
  );
  if (settled.result !== 'settled') throw new Error(`The test's order was not placed: ${settled.result}.`);
  return settled.placement;
}

export function describeLedgerStore(harness: LedgerStoreHarness): void {
  const open: LedgerStore[] = [];
  const openStore = async (): Promise<LedgerStore> => {
    const store = await openLedgerStore({ url: await harness.createUrl() });
    open.push(store);
    return store;
  };
  afterEach(async () => {
    await Promise.all(open.splice(0).map((store) => store.close()));
  });

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

  describe('the list', () => {
    const idsOf = (placements: readonly PlacementRecord[]) => placements.map(({ idempotencyKey }) => idempotencyKey);
    const fill = async (store: LedgerStore, count: number): Promise<void> => {
      for (let index = 1; index <= count; index += 1) {
        // Pairs share an instant, as orders of one request do.
        const createdAt = 1_000 * Math.ceil(index / 2);
        await store.placements.insertPending(newPlacement({ idempotencyKey: `k${index}`, createdAt }));
      }
    };

    it('runs newest first and pages without a gap, forwards and backwards', async () => {
      const store = await openStore();
      await fill(store, 7);
      const first = await store.placements.listPlacements({}, { limit: 3 });
      expect(idsOf(first.placements)).toEqual(['k7', 'k6', 'k5']);
      expect(first).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
      const second = await store.placements.listPlacements({}, { limit: 3, after: first.placements.at(-1)! });
      expect(idsOf(second.placements)).toEqual(['k4', 'k3', 'k2']);
      expect(second).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
      const third = await store.placements.listPlacements({}, { limit: 3, after: second.placements.at(-1)! });
      expect(idsOf(third.placements)).toEqual(['k1']);
      expect(third).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
      const back = await store.placements.listPlacements({}, { limit: 2, from: 'end', before: third.placements[0]! });
      expect(idsOf(back.placements)).toEqual(['k3', 'k2']);
      expect(back).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
      const last = await store.placements.listPlacements({}, { limit: 2, from: 'end' });
      expect(idsOf(last.placements)).toEqual(['k2', 'k1']);
      expect(last).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    });

    it('stays where it is while placements are added', async () => {
      const store = await openStore();
      await fill(store, 6);
      const seen: string[] = [];
      let after: PlacementRecord | undefined;
      for (;;) {
        const page = await store.placements.listPlacements({}, { limit: 2, ...(after && { after }) });
        seen.push(...idsOf(page.placements));
        after = page.placements.at(-1);
        await store.placements.insertPending(newPlacement({ createdAt: 1_000_000 }));
        if (!page.hasNextPage) break;
      }
      expect(seen).toEqual(['k6', 'k5', 'k4', 'k3', 'k2', 'k1']);
    });

    it('narrows by each member of the filter and by all together', async () => {
      const store = await openStore();
      const place1 = await place(store, '1', { idempotencyKey: 'done', createdAt: 10, reference: 'inv' });
      await place(store, '2', { idempotencyKey: 'open', createdAt: 20, panel: 'other' });
      await store.placements.insertPending(
        newPlacement({ idempotencyKey: 'foreign', createdAt: 30, caller: 'elsewhere', reference: 'inv' }),
      );
      const { id } = (await store.placements.insertPending(newPlacement({ idempotencyKey: 'unknown', createdAt: 40 })))
        .placement;
      await store.placements.settle(id, { state: 'UNKNOWN', error: NO_ANSWER, at: 6 }, { attempt: 1 });
      await store.orders.saveStates('acme', [{ number: '1', state: orderState('COMPLETED') }]);
      const list = async (filter: Parameters<LedgerStore['placements']['listPlacements']>[0]) => {
        const { placements } = await store.placements.listPlacements(filter, { limit: 10 });
        expect(await store.placements.countPlacements(filter)).toBe(placements.length);
        return idsOf(placements);
      };
      expect(await list({})).toEqual(['unknown', 'foreign', 'open', 'done']);
      expect(await list({ callers: ['shop'] })).toEqual(['unknown', 'open', 'done']);
      expect(await list({ callers: ['shop', 'elsewhere'] })).toEqual(['unknown', 'foreign', 'open', 'done']);
      expect(await list({ callers: [] })).toEqual([]);
      expect(await list({ reference: 'inv' })).toEqual(['foreign', 'done']);
      expect(await list({ reference: 'inv', callers: ['shop'], panels: ['acme'] })).toEqual(['done']);
      expect(await list({ panels: ['acme'] })).toEqual(['unknown', 'foreign', 'done']);
      expect(await list({ panels: ['acme', 'other', 'acme'] })).toEqual(['unknown', 'foreign', 'open', 'done']);
      expect(await list({ states: ['UNKNOWN', 'PENDING'] })).toEqual(['unknown', 'foreign']);
      expect(await list({ statuses: ['PENDING'] })).toEqual(['open']);
      expect(await list({ statuses: ['PENDING', 'COMPLETED'] })).toEqual(['open', 'done']);
      expect(await list({ statuses: ['UNKNOWN'] })).toEqual([]);
      expect(await list({ states: ['UNKNOWN'], statuses: ['PENDING'] })).toEqual([]);
      expect(await list({ createdAfter: 10, createdBefore: 40 })).toEqual(['foreign', 'open']);
      expect(
        await list({
          callers: ['shop'],
          panels: ['acme'],
          states: ['PLACED'],
          statuses: ['COMPLETED'],
          reference: 'inv',
          createdAfter: 9,
          createdBefore: 11,
        }),
      ).toEqual(['done']);
      expect((await store.placements.findById(place1.id))?.orderStatus).toBe('COMPLETED');
    });

    it('answers a filter with more combinations than it cuts into branches', async () => {
      const store = await openStore();
      await fill(store, 2);
      const callers = Array.from({ length: 200 }, (_, index) => `caller-${index}`);
      const { placements } = await store.placements.listPlacements(
        { callers: [...callers, 'shop'], panels: ['acme', 'b'], states: ['PENDING'] },
        { limit: 5 },
      );
      expect(idsOf(placements)).toEqual(['k2', 'k1']);
    });

    it('lists and counts what matches, whatever members of the filter come together', async () => {
      const store = await openStore();
      const settlements = {
        UNKNOWN: { state: 'UNKNOWN', error: NO_ANSWER, at: 6 },
        REJECTED: { state: 'REJECTED', isRetryable: false, error: NO_ANSWER, at: 6 },
      } as const;
      for (let index = 0; index < 36; index += 1) {
        const changes = {
          createdAt: 1_000 + (index % 5),
          panel: `panel-${index % 3}`,
          caller: `caller-${index % 2}`,
          reference: index % 4 === 0 ? 'invoice' : null,
        };
        const state = (['PENDING', 'PLACED', 'UNKNOWN', 'REJECTED', 'PLACED'] as const)[index % 5]!;
        if (state === 'PLACED') await place(store, String(index), changes);
        else {
          const { id } = (await store.placements.insertPending(newPlacement(changes))).placement;
          if (state !== 'PENDING') await store.placements.settle(id, settlements[state], { attempt: 1 });
        }
      }
      await store.orders.saveStates('panel-1', [{ number: '1', state: orderState('COMPLETED') }]);
      const all = (await store.placements.listPlacements({}, { limit: 100 })).placements;
      expect(all).toHaveLength(36);
      const many = Array.from({ length: 200 }, (_, index) => `panel-${index}`);
      for (const callers of [undefined, ['caller-1'], ['caller-0', 'caller-1']]) {
        for (const panels of [undefined, [], ['panel-1'], ['panel-2', 'panel-0'], many]) {
          for (const states of [undefined, ['PENDING'], ['UNKNOWN', 'REJECTED'], ['PENDING', 'PLACED']] as const) {
            for (const statuses of [undefined, ['PENDING'], ['COMPLETED', 'FAILED']] as const) {
              for (const reference of [undefined, 'invoice']) {
                const filter = {
                  ...(callers && { callers }),
                  ...(panels && { panels }),
                  ...(states && { states }),
                  ...(statuses && { statuses }),
                  ...(reference && { reference }),
                };
                const fits = all.filter(
                  (each) =>
                    (!callers || callers.includes(each.caller)) &&
                    (!panels || panels.includes(each.panel)) &&
                    (!states || states.some((state) => state === each.state)) &&
                    (!statuses || statuses.some((status) => status === each.orderStatus)) &&
                    (!reference || reference === each.reference),
                );
                const { placements } = await store.placements.listPlacements(filter, { limit: 100 });
                expect(idsOf(placements), JSON.stringify(filter)).toEqual(idsOf(fits));
                expect(await store.placements.countPlacements(filter), JSON.stringify(filter)).toBe(fits.length);
              }
            }
          }
        }
      }
    });
  });

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
      await Promise.all(numbers.map((number) => place(store, number)));
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

  describe('leases', () => {
    it('renews its own and gives it back', async () => {
      const store = await openStore();
      expect(await store.leases.acquireLease('tracker:acme', { ttlMs: 100, now: 0 })).toBe(true);
      expect(await store.leases.acquireLease('tracker:acme', { ttlMs: 100, now: 50 })).toBe(true);
      await store.leases.releaseLease('tracker:acme');
      expect(await store.leases.acquireLease('tracker:acme', { ttlMs: 100, now: 51 })).toBe(true);
    });
  });

  describe('changes', () => {
    it('reach who listens, until he leaves', async () => {
      const store = await openStore();
      const heard: string[] = [];
      const { promise, resolve } = Promise.withResolvers<void>();
      const leave = store.changes.subscribe((topic) => {
        heard.push(topic);
        if (heard.includes('orders') && heard.includes('placements')) resolve();
      });
      store.changes.notify('orders');
      store.changes.notify('placements');
      await promise;
      leave();
      const count = heard.length;
      store.changes.notify('orders');
      await new Promise((next) => setImmediate(next));
      expect(heard).toHaveLength(count);
    });
  });

  it('is held, answers, and closes once', async () => {
    const store = await openStore();
    expect(store.owner.isHeld()).toBe(true);
    await store.ping();
    await Promise.all([store.close(), store.close()]);
    await expect(store.ping()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
}
