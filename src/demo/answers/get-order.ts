import type { Order } from '../orders/order.ts';
import type { PanelState } from '../panel-state.ts';
import { Refused } from '../refused.ts';
import { numericId } from './ids.ts';

/** The order of an id text. Throws {@link Refused} if there is none. */
export function getOrder({ orders }: PanelState, id: string): Order {
  const number = numericId(id.trim());
  const order = number === null ? undefined : orders.find(number);
  if (order === undefined) throw new Refused('Incorrect order ID');
  return order;
}
