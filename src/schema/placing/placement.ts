/** Placements: the durable records of attempts to buy. */
import { formatId, formatPlacementId } from '../../domain/ids.ts';
import { findPlacementError } from '../../orders/placing/placement-answer.ts';
import type { PlacementRecord, PlacementState } from '../../storage/ledger/placements/placement-records.ts';
import { builder } from '../builder.ts';
import { ServiceObject } from '../catalogue/service.ts';
import { ErrorInterface, OutcomeUnknownType } from '../errors.ts';
import { NodeInterface, registerNode } from '../node.ts';
import { findOrder, OrderType } from '../orders/order.ts';
import { getPanel, PanelType, recordedPanel } from '../panels/panel.ts';
import { describedEnum } from '../values/described-enum.ts';
import { MoneyType } from '../values/money.ts';
import { BalanceEvidenceType } from './balance-evidence.ts';

const STATE_DESCRIPTIONS: Record<PlacementState, string> = {
  PENDING: 'Waiting its turn or being sent.',
  PLACED: 'The panel gave an order id.',
  REJECTED: 'Nothing was bought.',
  UNKNOWN: 'It was sent and no trustworthy answer came, so it may have been bought; a person settles it.',
};
export const PlacementStateEnum = describedEnum<PlacementState>(
  'PlacementState',
  'What is known of an attempt to buy.',
  STATE_DESCRIPTIONS,
);

export const PlacementType = builder.objectRef<PlacementRecord>('Placement');

PlacementType.implement({
  description:
    'The durable record of one attempt to buy, written before anything is sent. PENDING: waiting its turn or being ' +
    'sent. PLACED: the panel gave an order id. REJECTED: nothing was bought. UNKNOWN: it was sent and no trustworthy ' +
    'answer came, so it may have been bought; a person settles it.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    id: t.id({ description: 'Such as `Placement:<uuid>`.', resolve: ({ id }) => formatPlacementId(id) }),
    idempotencyKey: t.exposeString('idempotencyKey', { description: "The caller's key, or one made by the gateway." }),
    reference: t.exposeString('reference', { nullable: true, description: "The caller's own text, as given." }),
    state: t.expose('state', { type: PlacementStateEnum, description: 'What is known of it.' }),
    panel: t.field({
      type: PanelType,
      description: 'Resolves also for a panel that is no longer configured.',
      resolve: (placement, _args, context) => getPanel(placement.panel, context, recordedPanel(placement)),
    }),
    serviceId: t.id({
      description: 'What was to be bought, such as `Service:acme:1448`.',
      resolve: ({ panel, serviceNumber }) => formatId('Service', { panel, number: serviceNumber }),
    }),
    service: t.field({
      type: ServiceObject,
      nullable: true,
      description: 'Null where the panel no longer sells it.',
      resolve: ({ panel, serviceNumber }, _args, { catalogue }) => catalogue.service(panel, serviceNumber),
    }),
    details: t.expose('details', { type: 'JSON', description: 'The input as given.' }),
    estimatedCharge: t.expose('estimatedCharge', {
      type: MoneyType,
      nullable: true,
      description: 'Estimated at the rate that was in force; null where it could not be known.',
    }),
    balanceEvidence: t.expose('balanceEvidence', {
      type: BalanceEvidenceType,
      nullable: true,
      description: "What the panel's balance says of it; null before it was sent, and where the balance is not known.",
    }),
    order: t.field({
      type: OrderType,
      nullable: true,
      description: 'What was bought; null unless PLACED.',
      resolve: ({ panel, orderNumber }, _args, context) =>
        orderNumber === null ? null : findOrder({ panel, number: orderNumber }, context),
    }),
    error: t.field({
      type: ErrorInterface,
      nullable: true,
      description: 'Why it is REJECTED or UNKNOWN; null otherwise.',
      resolve: (placement) => {
        const failure = findPlacementError(placement);
        return failure && { failure, placement };
      },
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When it was recorded.',
      resolve: ({ createdAt }) => new Date(createdAt),
    }),
    settledAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it became PLACED or REJECTED; null before.',
      resolve: ({ settledAt }) => (settledAt === null ? null : new Date(settledAt)),
    }),
  }),
});

builder.objectField(OrderType, 'placement', (t) =>
  t.field({
    type: PlacementType,
    nullable: true,
    description: 'How it was placed; null for an order not placed through this gateway.',
    resolve: (order, _args, { loaders }) => loaders.placements.load(order),
  }),
);

builder.objectField(OutcomeUnknownType, 'placement', (t) =>
  t.field({
    type: PlacementType,
    nullable: true,
    description: 'The record of the purchase, to be settled; null for a refill or a cancellation.',
    resolve: ({ placement }) => placement ?? null,
  }),
);

registerNode('Placement', async ({ uuid }, { orders }) => {
  const placement = await orders.history.findPlacement(uuid);
  return placement && { ...placement, kind: 'Placement' };
});
