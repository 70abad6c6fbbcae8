/** Orders, in the states that their panels report. */
import { formatId, getNodeRef, type PanelItemRef } from '../../domain/ids.ts';
import type { OrderState, OrderStatus } from '../../domain/order.ts';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { NodeInterface, registerNode } from '../node.ts';
import { findPanel, getPanel, PanelType, recordedPanel } from '../panels/panel.ts';
import { assertListSize, readRefs } from '../values/arguments.ts';
import { describedEnum } from '../values/described-enum.ts';
import { costOf } from '../values/field-cost.ts';
import { MoneyType } from '../values/money.ts';
import { settledList } from '../values/settled-list.ts';

export interface OrderView extends PanelItemRef {
  readonly kind: 'Order';
  readonly state: OrderState;
}

const STATUS_DESCRIPTIONS: Record<OrderStatus, string> = {
  PENDING: 'The order waits at the panel.',
  PROCESSING: 'The panel prepares the order.',
  IN_PROGRESS: 'The order is being delivered.',
  COMPLETED: 'Delivered. Final.',
  PARTIAL: 'Delivered in part, and the rest paid back. Final.',
  CANCELED: 'Canceled. Final.',
  REFUNDED: 'Paid back. Final.',
  FAILED: 'The panel has given up the order. Final.',
  UNKNOWN: 'The gateway does not know the word of the panel, which is in `statusText`.',
};
export const OrderStatusEnum = describedEnum<OrderStatus>('OrderStatus', 'The state of an order.', STATUS_DESCRIPTIONS);

export const OrderType = builder.objectRef<OrderView>('Order');

OrderType.implement({
  description: 'An order at a panel, in the state that the panel last reported.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    id: t.id({ description: 'Such as `Order:acme:23501`.', resolve: (order) => formatId('Order', order) }),
    panel: t.field({
      type: PanelType,
      description: 'The panel at which the order was placed.',
      resolve: async (order, _args, context) => {
        const panel = findPanel(order.panel, context);
        if (panel) return panel;
        const placement = await context.loaders.placements.load(order);
        return getPanel(order.panel, context, placement ? recordedPanel(placement) : undefined);
      },
    }),
    number: t.exposeString('number', { description: "The panel's own order id." }),
    status: t.field({
      type: OrderStatusEnum,
      description: 'The state of the order.',
      resolve: ({ state }) => state.status,
    }),
    statusText: t.string({
      description: "The panel's own word for the status.",
      resolve: ({ state }) => state.statusText,
    }),
    charge: t.field({
      type: MoneyType,
      nullable: true,
      description: 'The charge so far; null where the panel does not report it.',
      extensions: costOf({ eachPanel: 'balance' }),
      resolve: ({ panel, state }, _args, context) => state.charge && context.panels.money(panel, state.charge),
    }),
    startCount: t.field({
      type: 'SafeInt',
      nullable: true,
      description: 'The count before the delivery began; null where the panel does not report it.',
      resolve: ({ state }) => state.startCount,
    }),
    remains: t.field({
      type: 'SafeInt',
      nullable: true,
      description: 'The units still to be delivered, which may be negative; null where the panel does not report them.',
      resolve: ({ state }) => state.remains,
    }),
    checkedAt: t.field({
      type: 'DateTime',
      description: 'When the panel reported this state.',
      resolve: ({ state }) => state.checkedAt,
    }),
    childOrders: t.field({
      type: [OrderType],
      nullable: { list: false, items: true },
      description: 'The orders that a drip-feed or a subscription has made so far, as far as the panel reports them.',
      extensions: costOf({ items: { about: 1 }, areRows: true, lookUps: 'order' }),
      resolve: ({ panel, state }, _args, context) =>
        settledList(state.childNumbers, (number) => findOrder({ panel, number }, context), context),
    }),
  }),
});

registerNode('Order', findOrder);

builder.queryFields((t) => ({
  order: t.field({
    type: OrderType,
    nullable: true,
    description:
      'One order; null where the panel does not know it. If the panel does not answer, an order in the ledger comes in ' +
      'its last known state (see checkedAt), and any other is null with an error.',
    extensions: costOf({ lookUps: 'order' }),
    args: { id: t.arg.id({ required: true, description: 'Such as `Order:acme:23501`.' }) },
    resolve: (_root, { id }, context) => findOrder(getNodeRef('Order', id, ['id']), context),
  }),
  orders: t.field({
    type: [OrderType],
    nullable: { list: true, items: true },
    description: 'Several orders, in the order of `ids`, looked up in as few panel calls as possible.',
    extensions: costOf({ items: { argument: 'ids' }, areRows: true, lookUps: 'order' }),
    args: { ids: t.arg.idList({ required: true, description: 'Such as `Order:acme:23501`.' }) },
    resolve: (_root, { ids }, context) => {
      assertListSize(ids, 'ids', context);
      const refs = readRefs('Order', ids, 'ids');
      return settledList(refs, (ref) => (ref instanceof Error ? ref : findOrder(ref, context)), context);
    },
  }),
}));

/** Finds an order by `Loaders.findOrder`. A recent answer comes without a promise. */
export function findOrder(ref: PanelItemRef, { loaders }: RequestContext): Promise<OrderView | null> | OrderView {
  const { panel, number } = ref;
  const state = loaders.findOrder(ref);
  if (!(state instanceof Promise)) return { kind: 'Order', panel, number, state };
  return state.then((found) => found && { kind: 'Order', panel, number, state: found });
}

/** An order in a known state. */
export function orderOf({ panel, number, state }: PanelItemRef & { readonly state: OrderState }): OrderView {
  return { kind: 'Order', panel, number, state };
}
