/** What every store of the ledger must do, whatever keeps it. */
import { afterEach, expect, it } from 'vitest';
import type { LedgerStore } from '../../../src/storage/ledger/ledger-store.ts';
import { openLedgerStore } from '../../../src/storage/open-ledger-store.ts';
import { describeGateways } from './gateway-cases.ts';
import { describeList } from './list-cases.ts';
import { describeOrders } from './order-cases.ts';
import { describeOutcomes } from './outcome-cases.ts';
import { describePurchases } from './purchase-cases.ts';

export interface LedgerStoreHarness {
  /** The URL of a new, empty ledger. */
  createUrl(): Promise<string>;
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

  describePurchases(openStore);
  describeOutcomes(openStore);
  describeList(openStore);
  describeOrders(openStore);
  describeGateways(openStore);

  it('keeps the turns of adds where other gateways may use it, and nowhere else', async () => {
    const store = await openStore();
    expect(store.addTurns !== null).toBe(store.isShared);
  });

  it('is held, answers, and closes once', async () => {
    const store = await openStore();
    expect(store.owner.isHeld()).toBe(true);
    await store.ping();
    await Promise.all([store.close(), store.close()]);
    await expect(store.ping()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
}
