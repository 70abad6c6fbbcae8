/** Placements, errors and states to fill a ledger with. */
import { randomUUID } from 'node:crypto';
import type { BalanceEvidence } from '../../../src/domain/balance-evidence.ts';
import type { OrderState, OrderStatus } from '../../../src/domain/order.ts';
import type {
  LedgerStore,
  NewPlacement,
  PlacementError,
  PlacementRecord,
} from '../../../src/storage/ledger/ledger-store.ts';

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
