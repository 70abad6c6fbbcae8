import type { PanelState } from '../panel-state.ts';
import { Refused } from '../refused.ts';
import { getOrder } from './get-order.ts';
import { orError, printedId, splitIds } from './ids.ts';

/** `cancel`: cancels each of `orders` at once, where its service allows it and it has not ended. */
export function answerCancel(state: PanelState, { orders }: { orders?: string }): object {
  return splitIds(orders ?? '').map((id) => ({ order: printedId(id), cancel: orError(() => cancel(state, id)) }));
}

function cancel(state: PanelState, id: string): 1 {
  const order = getOrder(state, id);
  if (!order.service.cancel) throw new Refused('This service has no cancel');
  if (!state.orders.cancel(order, state.now())) throw new Refused('This order cannot be canceled');
  return 1;
}
