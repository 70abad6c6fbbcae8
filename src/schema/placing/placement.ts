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
import { costOf } from '../values/field-cost.ts';
import { MoneyType } from '../values/money.ts';
import { BalanceEvidenceType } from './balance-evidence.ts';

const STATE_DESCRIPTIONS: Record<PlacementState, string> = {
  PENDING: 'The order waits for its turn, or is being sent.',
  PLACED: 'The panel has given the number of the order.',
  REJECTED: 'Nothing was bought.',
  UNKNOWN: 'The order was sent, but no trustworthy answer came. It may have been bought; a person settles it.',
};
export const PlacementStateEnum = describedEnum<PlacementState>(
  'PlacementState',
  'What is known of an attempt to buy.',
  STATE_DESCRIPTIONS,
);

export const PlacementType = builder.objectRef<PlacementRecord>('Placement');

PlacementType.implement({
  description:
    'The durable record of one attempt to buy, written before anything is sent. Its `state` says what is known of the ' +
    'outcome.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    id: t.id({ description: 'Such as `Placement:<uuid>`.', resolve: ({ id }) => formatPlacementId(id) }),
    idempotencyKey: t.exposeString('idempotencyKey', {
      description: "The caller's key, or the key that the gateway has made.",
    }),
    reference: t.exposeString('reference', {
      nullable: true,
      description: "The caller's own text; null where none was given.",
    }),
    state: t.expose('state', { type: PlacementStateEnum, description: 'What is known of the outcome.' }),
    panel: t.field({
      type: PanelType,
      description: 'The panel of the order, even if it is no longer configured.',
      resolve: (placement, _args, context) => getPanel(placement.panel, context, recordedPanel(placement)),
    }),
    serviceId: t.id({
      description: 'The id of the service that was ordered, such as `Service:acme:1448`.',
      resolve: ({ panel, serviceNumber }) => formatId('Service', { panel, number: serviceNumber }),
    }),
    service: t.field({
      type: ServiceObject,
      nullable: true,
      description: 'The service that was ordered; null where the panel no longer sells it.',
      extensions: costOf({ eachPanel: 'services' }),
      resolve: ({ panel, serviceNumber }, _args, { catalogue }) => catalogue.service(panel, serviceNumber),
    }),
    details: t.expose('details', { type: 'JSON', description: 'The details of the order, as the caller gave them.' }),
    estimatedCharge: t.expose('estimatedCharge', {
      type: MoneyType,
      nullable: true,
      description: 'The charge, estimated at the rate of that time; null where it could not be estimated.',
    }),
    balanceEvidence: t.expose('balanceEvidence', {
      type: BalanceEvidenceType,
      nullable: true,
      description:
        "What the panel's balance says about the order; null before the order is sent, and where the balance is not known.",
    }),
    order: t.field({
      type: OrderType,
      nullable: true,
      description: 'The order that was bought; null unless PLACED.',
      extensions: costOf({ lookUps: 'order' }),
      resolve: ({ panel, orderNumber }, _args, context) =>
        orderNumber === null ? null : findOrder({ panel, number: orderNumber }, context),
    }),
    error: t.field({
      type: ErrorInterface,
      nullable: true,
      description: 'Why the placement is REJECTED or UNKNOWN; null otherwise.',
      resolve: (placement) => {
        const failure = findPlacementError(placement);
        return failure && { failure, placement };
      },
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When the placement was recorded.',
      resolve: ({ createdAt }) => new Date(createdAt),
    }),
    settledAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the placement became PLACED or REJECTED; null before that.',
      resolve: ({ settledAt }) => (settledAt === null ? null : new Date(settledAt)),
    }),
  }),
});

builder.objectField(OrderType, 'placement', (t) =>
  t.field({
    type: PlacementType,
    nullable: true,
    description: 'The record of the purchase; null for an order that was not placed through this gateway.',
    resolve: (order, _args, { loaders }) => loaders.placements.load(order),
  }),
);

builder.objectField(OutcomeUnknownType, 'placement', (t) =>
  t.field({
    type: PlacementType,
    nullable: true,
    description: 'The record of the purchase, by which it is settled; null for a refill or a cancellation.',
    resolve: ({ placement }) => placement ?? null,
  }),
);

registerNode('Placement', async ({ uuid }, { loaders }) => {
  const placement = await loaders.findPlacement(uuid);
  return placement && { ...placement, kind: 'Placement' };
});
