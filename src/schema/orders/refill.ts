/** Refills, as their panels tell of them. */
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
import { settledList } from '../values/settled-list.ts';
import { findOrder, OrderType } from './order.ts';

export interface RefillView extends PanelItemRef {
  readonly kind: 'Refill';
  readonly state: RefillState;
}

const STATUS_DESCRIPTIONS: Record<RefillStatus, string> = {
  PENDING: 'Waits at the panel.',
  IN_PROGRESS: 'It is being delivered.',
  COMPLETED: 'Delivered. Final.',
  REJECTED: 'The panel refused it. Final.',
  FAILED: 'The panel gave it up. Final.',
  UNKNOWN: 'A word that the gateway does not know; it stands in `statusText`.',
};
const RefillStatusEnum = describedEnum<RefillStatus>(
  'RefillStatus',
  'What has become of a refill.',
  STATUS_DESCRIPTIONS,
);

export const RefillType = builder.objectRef<RefillView>('Refill');

RefillType.implement({
  description: 'A refill of an order, in the state that the panel last told.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    id: t.id({ description: 'Such as `Refill:acme:1`.', resolve: (refill) => formatId('Refill', refill) }),
    panel: t.field({
      type: PanelType,
      description: 'Where it was asked for.',
      resolve: ({ panel }, _args, context) => getPanel(panel, context),
    }),
    number: t.exposeString('number', { description: "The panel's own refill id." }),
    order: t.field({
      type: OrderType,
      nullable: true,
      description: 'Null where this gateway did not ask for the refill.',
      resolve: async (refill, _args, context) => {
        const record = await context.loaders.refillRecords.load(refill);
        return record && findOrder({ panel: refill.panel, number: record.orderNumber }, context);
      },
    }),
    status: t.field({
      type: RefillStatusEnum,
      description: 'What has become of it.',
      resolve: ({ state }) => state.status,
    }),
    statusText: t.string({ description: "The panel's own word.", resolve: ({ state }) => state.statusText }),
    checkedAt: t.field({
      type: 'DateTime',
      description: 'When the panel said so.',
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
      'Null where the panel does not know the refill. Where the panel does not answer: a refill of the ledger in its ' +
      'last known state (see checkedAt), any other null plus an error.',
    args: { id: t.arg.id({ required: true, description: 'Such as `Refill:acme:1`.' }) },
    resolve: (_root, { id }, context) => findRefill(getNodeRef('Refill', id, ['id']), context),
  }),
  refills: t.field({
    type: [RefillType],
    nullable: { list: true, items: true },
    description: 'In the order of `ids`; looked up in as few panel calls as the panel allows.',
    args: { ids: t.arg.idList({ required: true, description: 'Such as `Refill:acme:1`.' }) },
    resolve: (_root, { ids }, context) => {
      assertListSize(ids, 'ids', context);
      return settledList(
        readRefs('Refill', ids, 'ids').map((ref) => (ref instanceof Error ? ref : findRefill(ref, context))),
      );
    },
  }),
}));

/** As its panel tells of it, else as the ledger remembers it; without a promise where the panel has just told. */
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
    description: 'Refills asked for through this gateway, newest first.',
    resolve: async (order, _args, context) => {
      const records = await context.loaders.refillsOf.load(order);
      // Of a refill that the panel has lost since, the ledger's last word stands.
      return Promise.all(records.map((record) => findKnownRefill(record, context)));
    },
  }),
);

/** A list of what is known must not fail for one that cannot be asked now. */
async function findKnownRefill(record: RefillRecord, context: RequestContext): Promise<RefillView> {
  try {
    return (await findRefill(record, context)) ?? refillOf(record);
  } catch (error) {
    if (error instanceof ProviderError) return refillOf(record);
    throw error;
  }
}
