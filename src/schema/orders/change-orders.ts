/** Refilling and canceling. */
import { formatId, type PanelItemRef } from '../../domain/ids.ts';
import { builder } from '../builder.ts';
import {
  asFailure,
  InvalidInputType,
  OutcomeUnknownType,
  PanelRejectedType,
  PanelUnavailableType,
  resultTypeOf,
} from '../errors.ts';
import { assertListSize } from '../values/arguments.ts';
import { costOf } from '../values/field-cost.ts';
import { findOrder, OrderType } from './order.ts';
import { findRefill, RefillType } from './refill.ts';

const FAILURES = [InvalidInputType, PanelRejectedType, PanelUnavailableType, OutcomeUnknownType] as const;

interface RefilledOrder extends PanelItemRef {
  readonly refillNumber: string;
}

const RefillOrderSuccessType = builder.objectRef<RefilledOrder>('RefillOrderSuccess').implement({
  description: 'The panel accepted the request for a refill.',
  fields: (t) => ({
    orderId: t.id({ description: 'The order.', resolve: (order) => formatId('Order', order) }),
    refillId: t.id({
      description: 'The refill, such as `Refill:acme:1`.',
      resolve: ({ panel, refillNumber }) => formatId('Refill', { panel, number: refillNumber }),
    }),
    refill: t.field({
      type: RefillType,
      nullable: true,
      description: 'The state of the refill, asked from the panel.',
      extensions: costOf({ lookUps: 'refill' }),
      resolve: ({ panel, refillNumber }, _args, context) => findRefill({ panel, number: refillNumber }, context),
    }),
  }),
});

const CancelOrderSuccessType = builder.objectRef<PanelItemRef>('CancelOrderSuccess').implement({
  description: 'The panel accepted the request to cancel. The status of the order says whether it was canceled.',
  fields: (t) => ({
    orderId: t.id({ description: 'The order.', resolve: (order) => formatId('Order', order) }),
    order: t.field({
      type: OrderType,
      nullable: true,
      description: 'The state of the order, asked from the panel after the cancellation.',
      extensions: costOf({ lookUps: 'order' }),
      resolve: (order, _args, context) => findOrder(order, context),
    }),
  }),
});

const RefillOrderResult = builder.unionType('RefillOrderResult', {
  description: 'The result of a request for a refill.',
  types: [RefillOrderSuccessType, ...FAILURES],
  resolveType: resultTypeOf('RefillOrderSuccess'),
});

const CancelOrderResult = builder.unionType('CancelOrderResult', {
  description: 'The result of a request to cancel.',
  types: [CancelOrderSuccessType, ...FAILURES],
  resolveType: resultTypeOf('CancelOrderSuccess'),
});

builder.mutationFields((t) => ({
  refillOrders: t.field({
    type: [RefillOrderResult],
    nullable: { list: true, items: true },
    description:
      'Asks once for a refill of each order, in as few panel calls as possible. Results come in the order of ' +
      '`orderIds`. Orders for which the operation has no panel call left are not sent.',
    extensions: costOf({ items: { argument: 'orderIds' }, areRows: true, lookUps: 'command' }),
    args: { orderIds: t.arg.idList({ required: true, description: 'Such as `Order:acme:23501`.' }) },
    resolve: async (_root, { orderIds }, context) => {
      assertListSize(orderIds, 'orderIds', context);
      const results = await context.orders.refill(context.caller, orderIds, context.loaders.calls);
      return results.map((result) => {
        if (result.error) return asFailure(result.error);
        // The state that this request has loaded before the refill is out of date.
        context.loaders.orders.clear(result.order);
        return { ...result.order, refillNumber: result.value };
      });
    },
  }),
  cancelOrders: t.field({
    type: [CancelOrderResult],
    nullable: { list: true, items: true },
    description:
      'Asks once to cancel each order, in as few panel calls as possible. Results come in the order of ' +
      '`orderIds`. Orders for which the operation has no panel call left are not sent.',
    extensions: costOf({ items: { argument: 'orderIds' }, areRows: true, lookUps: 'command' }),
    args: { orderIds: t.arg.idList({ required: true, description: 'Such as `Order:acme:23501`.' }) },
    resolve: async (_root, { orderIds }, context) => {
      assertListSize(orderIds, 'orderIds', context);
      const results = await context.orders.cancel(context.caller, orderIds, context.loaders.calls);
      return results.map((result) => {
        if (result.error) return asFailure(result.error);
        // The state that this request has loaded before the cancellation is out of date.
        context.loaders.orders.clear(result.order);
        return result.order;
      });
    },
  }),
}));
