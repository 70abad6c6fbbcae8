/** The subscription to changes of orders. */
import type { WatchedOrder } from '../../orders/following/order-stream.ts';
import { builder } from '../builder.ts';
import { assertListSize, readRefs } from '../values/arguments.ts';
import { costOf } from '../values/field-cost.ts';
import { OrderType, orderOf } from './order.ts';

builder.subscriptionType({ description: 'All that can be followed, over server-sent events.' });

builder.subscriptionField('orderUpdated', (t) =>
  t.field({
    type: OrderType,
    description:
      'The present state of each order, then each change of its status, statusText, charge, startCount or remains. A ' +
      'slow reader gets only the latest state. The stream ends when all orders are in a final state. Orders that their ' +
      'panel does not know are left out; where no order is known, the stream ends with ORDER_NOT_FOUND.',
    extensions: costOf({ items: { argument: 'ids' }, areRows: true, lookUps: 'order' }),
    args: { ids: t.arg.idList({ required: true, description: 'Such as `Order:acme:23501`.' }) },
    subscribe: (_root, { ids }, context) => {
      assertListSize(ids, 'ids', context);
      const refs = readRefs('Order', [...new Set(ids)], 'ids').map((ref) => {
        if (ref instanceof Error) throw ref;
        return ref;
      });
      return context.orders.watch(context.caller, refs, (ref) => context.loaders.orders.load(ref));
    },
    resolve: (order: WatchedOrder, _args, { loaders }) => {
      // The loaders live as long as the subscription, so they hold the values of the change before.
      loaders.clearAll();
      return orderOf(order);
    },
  }),
);
