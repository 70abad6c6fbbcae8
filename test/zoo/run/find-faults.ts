/** Holds what the panels have sold and what the gateway says of it against each other. */
import type { OpenPanel } from '../shop/open-panel.ts';
import type { PlacedOrder } from './place-orders.ts';
import type { RecordedPlacement } from './read-placements.ts';

/** Everything that must not be, a sentence each. */
export function findFaults(
  { order, answers, changeAnswer }: PlacedOrder,
  placement: RecordedPlacement | undefined,
  panel: OpenPanel,
): string[] {
  const { sales, upstream } = panel.shop;
  const [own, behind] = [sales.ofMark(order.mark), upstream.ofMark(order.mark)];
  const isMade = own.length + behind.length > 0;
  const sale = own[0];
  const state = placement?.state ?? 'nothing';
  const words = answers
    .map(({ __typename, code, panelMessage }) => [__typename, code, panelMessage].join(' '))
    .join('; ');
  const found = (condition: boolean, sentence: string): string[] =>
    condition ? [`${order.panel} ${order.mark}: ${sentence} (${words})`] : [];
  return [
    ...found(own.length > 1 || behind.length > 1, 'bought twice'),
    ...found(isMade && state !== 'PLACED' && state !== 'UNKNOWN', `bought, and the gateway says ${state}`),
    ...found(state === 'PENDING', 'it is PENDING still'),
    ...found(state === 'PLACED' && !sale, 'PLACED, and the panel has no such order'),
    ...found(
      state === 'PLACED' && sale !== undefined && placement?.order?.number !== sale.number,
      `PLACED as ${placement?.order?.number}, and the panel has it as ${sale?.number}`,
    ),
    ...found(isMade && answers.some(isNothingBought), 'bought, and a client was told that nothing was'),
    ...found(
      changeAnswer === 'PanelRejected' && (sale?.isCanceled === true || (sale?.refills.length ?? 0) > 0),
      `its ${order.afterwards} is called refused, and the panel has done it`,
    ),
  ];
}

/** PanelUnavailable alone says nothing of a repeat that bought. */
function isNothingBought({ __typename }: { readonly __typename: string }): boolean {
  return __typename === 'PanelRejected' || __typename === 'InvalidInput';
}
