/** Holds what the panel saw, what the ledger says and what the clients were told against each other. */
import type { PlacementRecord } from '../../src/storage/ledger/ledger-store.ts';
import type { ClientAnswer, WantedOrder } from './crash-client.ts';
import type { CrashPanel } from './crash-panel.ts';

export interface CheckedOutcome {
  readonly order: WantedOrder;
  readonly placement: PlacementRecord | null;
  readonly answers: readonly ClientAnswer[];
}

/** Everything that must not be, a sentence each. */
export function findViolations({ order, placement, answers }: CheckedOutcome, panel: CrashPanel): string[] {
  const sold = panel.soldFor(order.link);
  const adds = panel.addsOf(order.link);
  const found = (condition: boolean, sentence: string): string[] => (condition ? [`${order.key}: ${sentence}`] : []);
  const state = placement?.state ?? 'nothing';
  return [
    ...found(adds > 1, `sent ${adds} times`),
    ...found(adds > 0 && placement === null, 'the panel got it, and the ledger does not know it'),
    ...found(sold.length > 0 && state === 'REJECTED', `bought as ${sold.join()}, and the ledger calls it REJECTED`),
    ...found(adds > 0 && placement?.isRetryable === true, 'the panel got it, and its key may be tried again'),
    ...found(adds > 0 && placement?.sentAt === null, 'the panel got it, and the ledger says that it was never sent'),
    ...found(state === 'PENDING', 'it is PENDING still'),
    ...found(
      state === 'PLACED' && placement?.orderNumber !== sold[0],
      `the ledger says order ${placement?.orderNumber}`,
    ),
    ...answers.flatMap((answer) =>
      found(!agrees(answer, placement), `told ${answer.type}, and the ledger says ${state}`),
    ),
    ...answers.flatMap((answer) => answer.strange.map((text) => `${order.key}: a strange answer: ${text}`)),
  ];
}

/** An unknown outcome may have become known since; nothing else may have changed. */
function agrees({ type, number }: ClientAnswer, placement: PlacementRecord | null): boolean {
  switch (type) {
    case 'AddOrderSuccess':
      return placement?.state === 'PLACED' && placement.orderNumber === number;
    case 'PanelRejected':
      return placement?.state === 'REJECTED' && !placement.isRetryable;
    case 'OutcomeUnknown':
      return placement?.state === 'UNKNOWN' || placement?.state === 'PLACED';
    case 'none':
      return false;
  }
}
