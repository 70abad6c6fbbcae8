/** The list of placements. */
import { describe, expect, it } from 'vitest';
import type { LedgerStore, PlacementRecord } from '../../../src/storage/ledger/ledger-store.ts';
import { NO_ANSWER, newPlacement, orderState, place } from './ledger-samples.ts';
import type { OpenStore } from './open-store.ts';

export function describeList(openStore: OpenStore): void {
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
}
