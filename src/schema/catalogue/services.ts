/** The catalogue of all panels: filtered, searched, sorted and paged. */
import type { CatalogueAnswer } from '../../catalogue/catalogue.ts';
import type { ServiceOrderField } from '../../catalogue/search/find-services.ts';
import type { Service } from '../../domain/service.ts';
import { builder } from '../builder.ts';
import { describedEnum } from '../values/described-enum.ts';
import { MoneyInput } from '../values/money.ts';
import { createConnection, pageArguments } from '../values/paging.ts';
import { CatalogueType, panelNames } from './catalogue.ts';
import { ServiceObject, ServiceTypeEnum } from './service.ts';

const ServiceFilterInput = builder.inputType('ServiceFilter', {
  description: 'Each member that is given must hold.',
  fields: (t) => ({
    panels: t.idList({ required: false, description: 'Panel ids.' }),
    categories: t.stringList({ required: false, description: "The panels' own categories, exactly; any of them." }),
    types: t.field({ type: [ServiceTypeEnum], required: false, description: 'Any of these types.' }),
    refill: t.boolean({ required: false, description: 'What the panel says; one that says nothing matches neither.' }),
    cancel: t.boolean({ required: false, description: 'What the panel says; one that says nothing matches neither.' }),
    quantity: t.field({
      type: 'SafeInt',
      required: false,
      description: 'Only services that can deliver this quantity in one order (min <= quantity <= max).',
    }),
    maxRate: t.field({
      type: MoneyInput,
      required: false,
      description: 'Only services at or below this price per 1000; compared at the configured exchange rates.',
    }),
  }),
});

const ORDER_DESCRIPTIONS: Record<ServiceOrderField, string> = {
  RATE: 'By price, in the base currency; a price that cannot be converted stands last.',
  NAME: 'By name.',
  MIN: 'By least quantity.',
  MAX: 'By largest quantity.',
  RELEVANCE: 'By how well the search matches; ascending begins with the best.',
};
const ServiceOrderFieldEnum = describedEnum<ServiceOrderField>(
  'ServiceOrderField',
  'What services are sorted by.',
  ORDER_DESCRIPTIONS,
);

const OrderDirectionEnum = builder.enumType('OrderDirection', {
  description: 'Which end comes first.',
  values: { ASC: { description: 'Smallest first.' }, DESC: { description: 'Largest first.' } },
});

const ServiceOrderInput = builder.inputType('ServiceOrder', {
  description: 'How services are sorted. Equals stand in the order of the panels and of their lists.',
  fields: (t) => ({
    field: t.field({ type: ServiceOrderFieldEnum, required: true, description: 'What to sort by.' }),
    direction: t.field({
      type: OrderDirectionEnum,
      required: true,
      defaultValue: 'ASC',
      description: 'Which end comes first.',
    }),
  }),
});

const ServiceConnection = createConnection<Service, CatalogueAnswer>('Service', ServiceObject, {
  pageOf: ({ page }) => page,
  countOf: ({ totalCount }) => totalCount,
});

builder.objectField(ServiceConnection, 'catalogues', (t) =>
  t.field({
    type: [CatalogueType],
    description: 'Where this answer came from: one entry a panel, also for a panel that could not be read.',
    resolve: ({ catalogues }) => [...catalogues],
  }),
);

builder.queryField('services', (t) =>
  t.field({
    type: ServiceConnection,
    nullable: true,
    description:
      'The services of all panels. `first` or `last`: 50 where neither is given, up to 5000. A panel that cannot be ' +
      'read costs only its own services; `catalogues` says so.',
    args: {
      search: t.arg.string({
        required: false,
        description:
          'Words that must all be found in the name, the category, the type or the number; any case, any script.',
      }),
      filter: t.arg({ type: ServiceFilterInput, required: false, description: 'Which services.' }),
      orderBy: t.arg({
        type: ServiceOrderInput,
        required: false,
        description: 'By relevance where there is a search, else as the panels list them.',
      }),
      ...pageArguments(t),
    },
    resolve: (_root, { filter, ...args }, context) => {
      const panels = filter?.panels ? panelNames(filter.panels, 'filter.panels', context) : null;
      return context.catalogue.find({ ...args, filter: filter && { ...filter, panels } });
    },
  }),
);
