/** The history of purchases, and the mutation that settles one whose outcome is unknown. */
import { CallerError } from '../../domain/errors.ts';
import { getNodeRef } from '../../domain/ids.ts';
import type { PlacementHistoryPage } from '../../orders/placing/placement-history.ts';
import type { PlacementDecision } from '../../orders/placing/resolve-placement.ts';
import type { PlacementFilter, PlacementRecord } from '../../storage/ledger/ledger-store.ts';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { type FailureOf, InvalidInputType, resultTypeOf } from '../errors.ts';
import { OrderStatusEnum } from '../orders/order.ts';
import { assertListSize, readRefs } from '../values/arguments.ts';
import { costOf } from '../values/field-cost.ts';
import { createConnection, pageArguments } from '../values/paging.ts';
import { PlacementStateEnum, PlacementType } from './placement.ts';

const PlacementFilterInput = builder.inputType('PlacementFilter', {
  description: 'A placement must meet every member that is given.',
  fields: (t) => ({
    reference: t.string({ required: false, description: "Only placements with this text of the caller's, exactly." }),
    panels: t.idList({
      required: false,
      description: 'Only placements at these panels, such as `Panel:acme`, even if they are no longer configured.',
    }),
    states: t.field({ type: [PlacementStateEnum], required: false, description: 'Only placements in these states.' }),
    statuses: t.field({
      type: [OrderStatusEnum],
      required: false,
      description: 'Only PLACED placements whose order was last known in one of these statuses.',
    }),
    createdAfter: t.field({
      type: 'DateTime',
      required: false,
      description: 'Only placements recorded after this instant.',
    }),
    createdBefore: t.field({
      type: 'DateTime',
      required: false,
      description: 'Only placements recorded before this instant.',
    }),
  }),
});

interface FoundPlacements {
  readonly page: PlacementHistoryPage;
  readonly filter: PlacementFilter;
}

const PlacementConnection = createConnection<PlacementRecord, FoundPlacements>('Placement', PlacementType, {
  pageOf: ({ page }) => page,
  countOf: ({ filter }, { orders }) => orders.history.countPlacements(filter),
});

builder.queryFields((t) => ({
  placements: t.field({
    type: PlacementConnection,
    nullable: true,
    description:
      'All attempts to buy through this gateway, newest first. A page holds 50 where neither `first` nor `last` is ' +
      'given, and 5000 at most.',
    extensions: costOf({ isConnection: true }),
    args: {
      filter: t.arg({ type: PlacementFilterInput, required: false, description: 'Which placements to return.' }),
      ...pageArguments(t),
    },
    resolve: async (_root, { filter, ...args }, context) => {
      const wanted = readFilter(filter ?? {}, context);
      return { page: await context.orders.history.findPlacements(wanted, args), filter: wanted };
    },
  }),
  placement: t.field({
    type: PlacementType,
    nullable: true,
    description: "One placement, by its id or by one of the caller's own keys; null where there is none.",
    args: {
      id: t.arg.id({ required: false, description: 'Such as `Placement:<uuid>`.' }),
      idempotencyKey: t.arg.string({ required: false, description: "The caller's own key." }),
    },
    resolve: (_root, { id, idempotencyKey }, { orders, caller }) => {
      if (id != null && idempotencyKey == null) {
        return orders.history.findPlacement(getNodeRef('Placement', id, ['id']).uuid);
      }
      if (idempotencyKey != null && id == null) return orders.history.findPlacementByKey(caller, idempotencyKey);
      const message = 'Give either `id` or `idempotencyKey`.';
      throw new CallerError('INVALID_INPUT', message, [{ path: ['id'], message }]);
    },
  }),
}));

const PlacementOutcomeInput = builder.inputType('PlacementOutcome', {
  description: 'What a person has found out at the panel.',
  isOneOf: true,
  fields: (t) => ({
    orderNumber: t.string({
      required: false,
      description: "An order was bought, and this is the panel's own number of it.",
    }),
    notPlaced: t.boolean({ required: false, description: 'Nothing was bought. Takes only true.' }),
  }),
});

const ResolvePlacementInput = builder.inputType('ResolvePlacementInput', {
  description: 'The decision about a placement whose outcome is unknown.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The placement.' }),
    outcome: t.field({ type: PlacementOutcomeInput, required: true, description: 'What the person has found out.' }),
  }),
});

const ResolvePlacementSuccessType = builder
  .objectRef<{ readonly placement: PlacementRecord }>('ResolvePlacementSuccess')
  .implement({
    description: 'The placement is settled, and its key answers by the decision from now on.',
    fields: (t) => ({
      placement: t.expose('placement', { type: PlacementType, description: 'The settled placement.' }),
    }),
  });

const ResolvePlacementResult = builder.unionType('ResolvePlacementResult', {
  description: 'The result of a decision.',
  types: [ResolvePlacementSuccessType, InvalidInputType],
  resolveType: resultTypeOf('ResolvePlacementSuccess') as () => 'ResolvePlacementSuccess' | 'InvalidInput',
});

builder.mutationField('resolvePlacement', (t) =>
  t.field({
    type: ResolvePlacementResult,
    nullable: true,
    description:
      'Settles a placement whose outcome is unknown, once, by the decision of a person who has looked at the panel.',
    args: { input: t.arg({ type: ResolvePlacementInput, required: true, description: 'The decision.' }) },
    resolve: async (_root, { input }, context) => {
      try {
        const { uuid } = getNodeRef('Placement', input.id, ['id']);
        return { placement: await context.orders.resolve(uuid, decisionOf(input.outcome)) };
      } catch (error) {
        if (error instanceof CallerError) return { failure: error } satisfies FailureOf<CallerError>;
        throw error;
      }
    },
  }),
);

function decisionOf({ orderNumber, notPlaced }: typeof PlacementOutcomeInput.$inferInput): PlacementDecision {
  if (orderNumber != null) return { orderNumber };
  if (notPlaced) return { notPlaced: true };
  const message = 'It takes only true. Leave the placement as it is if you do not know the outcome.';
  throw new CallerError('INVALID_INPUT', message, [{ path: ['outcome', 'notPlaced'], message }]);
}

type FilterArguments = typeof PlacementFilterInput.$inferInput;

function readFilter(filter: FilterArguments, context: RequestContext): PlacementFilter {
  const { panels, createdAfter, createdBefore, reference, states, statuses } = filter;
  return {
    ...(reference != null && { reference }),
    ...(panels && { panels: panelsOf(panels, context) }),
    ...(states && { states: valuesOf(states, 'filter.states', context) }),
    ...(statuses && { statuses: valuesOf(statuses, 'filter.statuses', context) }),
    ...(createdAfter && { createdAfter: createdAfter.getTime() }),
    ...(createdBefore && { createdBefore: createdBefore.getTime() }),
  };
}

function panelsOf(ids: readonly string[], context: RequestContext): string[] {
  assertListSize(ids, 'filter.panels', context);
  const panels = readRefs('Panel', ids, 'filter.panels').map((ref) => {
    if (ref instanceof Error) throw ref;
    return ref.panel;
  });
  return [...new Set(panels)];
}

/** Each value once: a database takes only so many parameters. */
function valuesOf<Value>(values: readonly Value[], name: string, context: RequestContext): Value[] {
  assertListSize(values, name, context);
  return [...new Set(values)];
}
