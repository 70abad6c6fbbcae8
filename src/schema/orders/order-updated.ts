/** Live orders. */
import type { WatchedOrder } from '../../orders/following/order-stream.ts';
import { builder } from '../builder.ts';
import { assertListSize, readRefs } from '../values/arguments.ts';
import { OrderType, orderOf } from './order.ts';

builder.subscriptionType({ description: 'What can be followed, over Server-Sent Events.' });

builder.subscriptionField('orderUpdated', (t) =>
  t.field({
    type: OrderType,
    description:
      'The present state of each order at once, then each change of status, statusText, charge, startCount or remains ' +
      '(a slow reader gets the latest); ends when all are in a final state. An id that the panel does not know is left ' +
      'out; where none is known the stream ends with ORDER_NOT_FOUND.',
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
      // The loaders last as long as the subscription: what they hold is of the last change.
      loaders.clearAll();
      return orderOf(order);
    },
  }),
);
