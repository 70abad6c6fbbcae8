import type { PanelState } from '../panel-state.ts';
import { Refused } from '../refused.ts';
import { getOrder } from './get-order.ts';
import { orError, printedId, splitIds } from './ids.ts';

/** `refill`: starts a refill of one `order`, or of each of several `orders`. */
export function answerRefill(state: PanelState, { order, orders }: { order?: string; orders?: string }): object {
  const start = (id: string) => state.refills.start(getOrder(state, id), state.now());
  if (orders && !order) {
    return splitIds(orders).map((id) => ({ order: printedId(id), refill: orError(() => start(id)) }));
  }
  if (!order || orders) throw new Refused('Incorrect request');
  return { refill: String(start(order)) };
}
