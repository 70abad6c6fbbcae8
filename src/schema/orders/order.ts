/** Orders, as their panels tell of them. */
import { formatId, getNodeRef, type PanelItemRef } from '../../domain/ids.ts';
import type { OrderState, OrderStatus } from '../../domain/order.ts';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { NodeInterface, registerNode } from '../node.ts';
import { findPanel, getPanel, PanelType, recordedPanel } from '../panels/panel.ts';
import { assertListSize, readRefs } from '../values/arguments.ts';
import { describedEnum } from '../values/described-enum.ts';
import { MoneyType } from '../values/money.ts';
import { settledList } from '../values/settled-list.ts';

export interface OrderView extends PanelItemRef {
  readonly kind: 'Order';
  readonly state: OrderState;
}

const STATUS_DESCRIPTIONS: Record<OrderStatus, string> = {
  PENDING: 'Waits at the panel.',
  PROCESSING: 'The panel prepares it.',
  IN_PROGRESS: 'It is being delivered.',
  COMPLETED: 'Delivered. Final.',
  PARTIAL: 'Delivered in part, the rest paid back. Final.',
  CANCELED: 'Canceled. Final.',
  REFUNDED: 'Paid back. Final.',
  FAILED: 'The panel gave it up. Final.',
  UNKNOWN: 'A word that the gateway does not know; it stands in `statusText`.',
};
export const OrderStatusEnum = describedEnum<OrderStatus>(
  'OrderStatus',
  'What has become of an order.',
  STATUS_DESCRIPTIONS,
);

export const OrderType = builder.objectRef<OrderView>('Order');

OrderType.implement({
  description: 'An order at a panel, in the state that the panel last told.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    id: t.id({ description: 'Such as `Order:acme:23501`.', resolve: (order) => formatId('Order', order) }),
    panel: t.field({
      type: PanelType,
      description: 'Where it was placed.',
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
      description: 'What has become of it.',
      resolve: ({ state }) => state.status,
    }),
    statusText: t.string({ description: "The panel's own word.", resolve: ({ state }) => state.statusText }),
    charge: t.field({
      type: MoneyType,
      nullable: true,
      description: 'What it has cost; null where the panel does not say.',
      resolve: ({ panel, state }, _args, context) => state.charge && context.panels.money(panel, state.charge),
    }),
    startCount: t.field({
      type: 'SafeInt',
      nullable: true,
      description: 'The count before the order began; null where the panel does not say.',
      resolve: ({ state }) => state.startCount,
    }),
    remains: t.field({
      type: 'SafeInt',
      nullable: true,
      description: 'Units still to deliver, may be negative; null where the panel does not say.',
      resolve: ({ state }) => state.remains,
    }),
    checkedAt: t.field({
      type: 'DateTime',
      description: 'When the panel said so.',
      resolve: ({ state }) => state.checkedAt,
    }),
    childOrders: t.field({
      type: [OrderType],
      nullable: { list: false, items: true },
      description: 'Orders that a drip-feed or a subscription has made so far, as far as the panel says.',
      resolve: ({ panel, state }, _args, context) =>
        settledList(state.childNumbers.map((number) => findOrder({ panel, number }, context))),
    }),
  }),
});

registerNode('Order', findOrder);

builder.queryFields((t) => ({
  order: t.field({
    type: OrderType,
    nullable: true,
    description:
      'Null where the panel does not know the order. Where the panel does not answer: an order of the ledger in its ' +
      'last known state (see checkedAt), any other null plus an error.',
    args: { id: t.arg.id({ required: true, description: 'Such as `Order:acme:23501`.' }) },
    resolve: (_root, { id }, context) => findOrder(getNodeRef('Order', id, ['id']), context),
  }),
  orders: t.field({
    type: [OrderType],
    nullable: { list: true, items: true },
    description: 'In the order of `ids`; looked up in as few panel calls as the panel allows.',
    args: { ids: t.arg.idList({ required: true, description: 'Such as `Order:acme:23501`.' }) },
    resolve: (_root, { ids }, context) => {
      assertListSize(ids, 'ids', context);
      return settledList(
        readRefs('Order', ids, 'ids').map((ref) => (ref instanceof Error ? ref : findOrder(ref, context))),
      );
    },
  }),
}));

/** As its panel tells of it, else as the ledger remembers it; without a promise where the panel has just told. */
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
