/** What every store of requests must do, in a ledger that a second connection can read. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { openLedgerStore } from '../../../src/storage/open-ledger-store.ts';
import { readOrderRequests } from '../../support/order-requests.ts';
import type { LedgerStoreHarness } from './ledger-store-conformance.ts';

export function describeOrderRequests(harness: LedgerStoreHarness): void {
  it('keeps a request without its answer, and the first answer', async () => {
    const url = await harness.createUrl();
    await using store = await openLedgerStore({ url });
    const request = (requestedAt: number) => ({
      id: randomUUID(),
      kind: 'refill' as const,
      panel: 'acme',
      orderNumber: '1',
      caller: 'shop',
      requestedAt,
    });
    const [older, newer] = [request(1), request(2)];
    await store.requests.insertRequests([older, newer]);
    const answer = {
      outcome: 'accepted',
      code: null,
      panelMessage: null,
      refillNumber: 'r1',
      answeredAt: 3,
    } as const;
    await store.requests.answerRequests([{ id: newer.id, ...answer }]);
    await store.requests.answerRequests([
      { id: newer.id, ...answer, outcome: 'rejected', code: 'REFILL_NOT_ALLOWED', refillNumber: null },
    ]);
    expect(await readOrderRequests(url, 'acme', '1')).toEqual([
      { ...newer, answer },
      { ...older, answer: null },
    ]);
  });
}
