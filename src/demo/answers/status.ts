import type { Order } from '../orders/order.ts';
import { singleAt, statusAt } from '../orders/order.ts';
import type { PanelState } from '../panel-state.ts';
import { Refused } from '../refused.ts';
import { formatUnits } from '../units.ts';
import { getOrder } from './get-order.ts';
import { orError, splitIds } from './ids.ts';

/** `status`: of one `order` flat, of several `orders` as an object keyed by id. */
export function answerStatus(state: PanelState, { order, orders }: { order?: string; orders?: string }): object {
  if (orders && !order) {
    return Object.fromEntries(splitIds(orders).map((id) => [id, orError(() => describe(state, getOrder(state, id)))]));
  }
  if (!order || orders) throw new Refused('Incorrect request');
  return describe(state, getOrder(state, order));
}

function describe({ now, currency }: PanelState, order: Order): object {
  const status = statusAt(order, now());
  switch (order.kind) {
    case 'single': {
      const { remains, charge } = singleAt(order, now());
      return {
        charge: formatUnits(charge),
        start_count: String(order.startCount),
        status,
        remains: String(remains),
        currency,
      };
    }
    case 'drip':
      return { status, runs: String(order.runs), orders: order.children.map((child) => child.id) };
    case 'subscription':
      return {
        status,
        posts: order.posts === null ? '' : String(order.posts),
        expiry: order.expiry,
        orders: order.children.map((child) => child.id),
      };
    default:
      return order satisfies never;
  }
}
