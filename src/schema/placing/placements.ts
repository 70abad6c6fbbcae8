/** The history of purchases, and the settling of those whose outcome is unknown. */
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
import { createConnection, pageArguments } from '../values/paging.ts';
import { PlacementStateEnum, PlacementType } from './placement.ts';

const PlacementFilterInput = builder.inputType('PlacementFilter', {
  description: 'Each member that is given must hold.',
  fields: (t) => ({
    reference: t.string({ required: false, description: "The caller's own text, exactly." }),
    panels: t.idList({ required: false, description: 'Panel ids, also of panels that are configured no more.' }),
    states: t.field({ type: [PlacementStateEnum], required: false, description: 'Any of these states.' }),
    statuses: t.field({
      type: [OrderStatusEnum],
      required: false,
      description: 'Any of these last known statuses of its order; only PLACED ones match.',
    }),
    createdAfter: t.field({ type: 'DateTime', required: false, description: 'Later than this instant.' }),
    createdBefore: t.field({ type: 'DateTime', required: false, description: 'Earlier than this instant.' }),
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
    description: 'What was bought through this gateway, newest first. `first` or `last`: 50 where neither is given.',
    args: {
      filter: t.arg({ type: PlacementFilterInput, required: false, description: 'Which placements.' }),
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
    description: "By id, or by one of the caller's own keys; null where there is none.",
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
  description: 'What a person has found at the panel. `notPlaced` takes only true.',
  isOneOf: true,
  fields: (t) => ({
    orderNumber: t.string({ required: false, description: "The panel's own number of the order that was bought." }),
    notPlaced: t.boolean({ required: false, description: 'Nothing was bought; only true.' }),
  }),
});

const ResolvePlacementInput = builder.inputType('ResolvePlacementInput', {
  description: 'The decision about a placement whose outcome is unknown.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The placement.' }),
    outcome: t.field({ type: PlacementOutcomeInput, required: true, description: 'What was found.' }),
  }),
});

const ResolvePlacementSuccessType = builder
  .objectRef<{ readonly placement: PlacementRecord }>('ResolvePlacementSuccess')
  .implement({
    description: 'It is settled; its key answers by it from now on.',
    fields: (t) => ({ placement: t.expose('placement', { type: PlacementType, description: 'As it stands now.' }) }),
  });

const ResolvePlacementResult = builder.unionType('ResolvePlacementResult', {
  description: 'What became of the decision.',
  types: [ResolvePlacementSuccessType, InvalidInputType],
  resolveType: resultTypeOf('ResolvePlacementSuccess') as () => 'ResolvePlacementSuccess' | 'InvalidInput',
});

builder.mutationField('resolvePlacement', (t) =>
  t.field({
    type: ResolvePlacementResult,
    nullable: true,
    description: 'Settles a placement whose outcome is unknown, after looking at the panel. Once.',
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
  const message = 'It takes only true; leave the placement as it is where nothing is known.';
  throw new CallerError('INVALID_INPUT', message, [{ path: ['outcome', 'notPlaced'], message }]);
}

type FilterArguments = typeof PlacementFilterInput.$inferInput;

function readFilter(filter: FilterArguments, context: RequestContext): PlacementFilter {
  const { panels, createdAfter, createdBefore, reference, states, statuses } = filter;
  return {
    ...(reference != null && { reference }),
    ...(panels && { panels: panelsOf(panels, context) }),
    ...(states && { states }),
    ...(statuses && { statuses }),
    ...(createdAfter && { createdAfter: createdAfter.getTime() }),
    ...(createdBefore && { createdBefore: createdBefore.getTime() }),
  };
}

function panelsOf(ids: readonly string[], context: RequestContext): string[] {
  assertListSize(ids, 'filter.panels', context);
  return readRefs('Panel', ids, 'filter.panels').map((ref) => {
    if (ref instanceof Error) throw ref;
    return ref.panel;
  });
}
