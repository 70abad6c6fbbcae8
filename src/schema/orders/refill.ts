/** Refills, in the states that their panels report. */
import { ProviderError } from '../../domain/errors.ts';
import { formatId, getNodeRef, type PanelItemRef } from '../../domain/ids.ts';
import type { RefillState, RefillStatus } from '../../domain/order.ts';
import type { RefillRecord } from '../../storage/ledger/ledger-store.ts';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { NodeInterface, registerNode } from '../node.ts';
import { getPanel, PanelType } from '../panels/panel.ts';
import { assertListSize, readRefs } from '../values/arguments.ts';
import { describedEnum } from '../values/described-enum.ts';
import { costOf } from '../values/field-cost.ts';
import { settledList } from '../values/settled-list.ts';
import { findOrder, OrderType } from './order.ts';

export interface RefillView extends PanelItemRef {
  readonly kind: 'Refill';
  readonly state: RefillState;
}

const STATUS_DESCRIPTIONS: Record<RefillStatus, string> = {
  PENDING: 'The refill waits at the panel.',
  IN_PROGRESS: 'The refill is being delivered.',
  COMPLETED: 'Delivered. Final.',
  REJECTED: 'The panel has refused the refill. Final.',
  FAILED: 'The panel has given up the refill. Final.',
  UNKNOWN: 'The gateway does not know the word of the panel, which is in `statusText`.',
};
const RefillStatusEnum = describedEnum<RefillStatus>('RefillStatus', 'The state of a refill.', STATUS_DESCRIPTIONS);

export const RefillType = builder.objectRef<RefillView>('Refill');

RefillType.implement({
  description: 'A refill of an order, in the state that the panel last reported.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    id: t.id({ description: 'Such as `Refill:acme:1`.', resolve: (refill) => formatId('Refill', refill) }),
    panel: t.field({
      type: PanelType,
      description: 'The panel of the order.',
      resolve: ({ panel }, _args, context) => getPanel(panel, context),
    }),
    number: t.exposeString('number', { description: "The panel's own refill id." }),
    order: t.field({
      type: OrderType,
      nullable: true,
      description: 'The order that is refilled; null where the refill was not requested through this gateway.',
      extensions: costOf({ lookUps: 'order' }),
      resolve: async (refill, _args, context) => {
        const record = await context.loaders.refillRecords.load(refill);
        return record && findOrder({ panel: refill.panel, number: record.orderNumber }, context);
      },
    }),
    status: t.field({
      type: RefillStatusEnum,
      description: 'The state of the refill.',
      resolve: ({ state }) => state.status,
    }),
    statusText: t.string({
      description: "The panel's own word for the status.",
      resolve: ({ state }) => state.statusText,
    }),
    checkedAt: t.field({
      type: 'DateTime',
      description: 'When the panel reported this state.',
      resolve: ({ state }) => state.checkedAt,
    }),
  }),
});

registerNode('Refill', (ref, context) => findRefill(ref, context));

builder.queryFields((t) => ({
  refill: t.field({
    type: RefillType,
    nullable: true,
    description:
      'One refill; null where the panel does not know it. If the panel does not answer, a refill in the ledger comes in ' +
      'its last known state (see checkedAt), and any other is null with an error.',
    extensions: costOf({ lookUps: 'refill' }),
    args: { id: t.arg.id({ required: true, description: 'Such as `Refill:acme:1`.' }) },
    resolve: (_root, { id }, context) => findRefill(getNodeRef('Refill', id, ['id']), context),
  }),
  refills: t.field({
    type: [RefillType],
    nullable: { list: true, items: true },
    description: 'Several refills, in the order of `ids`, looked up in as few panel calls as possible.',
    extensions: costOf({ items: { argument: 'ids' }, areRows: true, lookUps: 'refill' }),
    args: { ids: t.arg.idList({ required: true, description: 'Such as `Refill:acme:1`.' }) },
    resolve: (_root, { ids }, context) => {
      assertListSize(ids, 'ids', context);
      const refs = readRefs('Refill', ids, 'ids');
      return settledList(refs, (ref) => (ref instanceof Error ? ref : findRefill(ref, context)), context);
    },
  }),
}));

/** Finds a refill by `Loaders.findRefill`. A recent answer comes without a promise. */
export function findRefill(ref: PanelItemRef, { loaders }: RequestContext): Promise<RefillView | null> | RefillView {
  const { panel, number } = ref;
  const state = loaders.findRefill(ref);
  if (!(state instanceof Promise)) return { kind: 'Refill', panel, number, state };
  return state.then((found) => found && { kind: 'Refill', panel, number, state: found });
}

function refillOf({ panel, number, state }: RefillRecord): RefillView {
  return { kind: 'Refill', panel, number, state };
}

builder.objectField(OrderType, 'refills', (t) =>
  t.field({
    type: [RefillType],
    description: 'The refills that were requested through this gateway, newest first.',
    extensions: costOf({ items: { about: 1 }, areRows: true, lookUps: 'refill' }),
    resolve: async (order, _args, context) => {
      const records = await context.loaders.refillsOf.load(order);
      // A refill that the panel no longer knows is shown in its last state in the ledger.
      return settledList(records, (record) => findKnownRefill(record, context), context);
    },
  }),
);

/** Falls back on the ledger, so that the list does not fail because of one refill that cannot be asked for now. */
async function findKnownRefill(record: RefillRecord, context: RequestContext): Promise<RefillView> {
  try {
    return (await findRefill(record, context)) ?? refillOf(record);
  } catch (error) {
    if (error instanceof ProviderError) return refillOf(record);
    throw error;
  }
}
