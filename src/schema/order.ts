/** Orders, as their panels tell of them. */
import { ProviderError } from '../domain/errors.ts';
import { formatId, getNodeRef, type PanelItemRef } from '../domain/ids.ts';
import { ORDER_STATUSES, type OrderState, type OrderStatus } from '../domain/order.ts';
import { assertListSize, readRefs } from './arguments.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import { MoneyType, panelMoney } from './money.ts';
import { NodeInterface, registerNode } from './node.ts';
import { findPanel, getPanel, PanelType, recordedPanel } from './panel.ts';
import { settledList } from './settled-list.ts';

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
export const OrderStatusEnum = builder.enumType('OrderStatus', {
  description: 'What has become of an order.',
  values: Object.fromEntries(
    ORDER_STATUSES.map((status) => [status, { description: STATUS_DESCRIPTIONS[status] }]),
  ) as Record<OrderStatus, { description: string }>,
});

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
      resolve: ({ panel, state }, _args, context) => state.charge && panelMoney(panel, state.charge, context),
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

/**
 * The order as its panel tells of it now; null where the panel does not know it. Where the panel does not answer, or is
 * configured no more, an order of the ledger in its last known state.
 */
export async function findOrder(ref: PanelItemRef, { loaders, registry }: RequestContext): Promise<OrderView | null> {
  const { panel, number } = ref;
  try {
    if (registry.find(panel)) {
      const state = await loaders.orders.load(ref);
      return state && { kind: 'Order', panel, number, state };
    }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const record = await loaders.orderRecords.load(ref);
    if (!record) throw error;
    return orderOf(record);
  }
  const record = await loaders.orderRecords.load(ref);
  return record && orderOf(record);
}

/** An order in the state that the ledger remembers. */
export function orderOf({ panel, number, state }: PanelItemRef & { readonly state: OrderState }): OrderView {
  return { kind: 'Order', panel, number, state };
}
