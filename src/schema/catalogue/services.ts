/** The query of the catalogue of all panels: filters, search, order and pages. */
import type { CatalogueAnswer } from '../../catalogue/catalogue.ts';
import type { ServiceOrderField } from '../../catalogue/search/find-services.ts';
import { CallerError } from '../../domain/errors.ts';
import type { Service } from '../../domain/service.ts';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { assertListSize } from '../values/arguments.ts';
import { describedEnum } from '../values/described-enum.ts';
import { costOf } from '../values/field-cost.ts';
import { MoneyInput } from '../values/money.ts';
import { createConnection, pageArguments } from '../values/paging.ts';
import { CatalogueType, panelNames } from './catalogue.ts';
import { ServiceObject, ServiceTypeEnum } from './service.ts';

const ServiceFilterInput = builder.inputType('ServiceFilter', {
  description: 'A service must meet every member that is given.',
  fields: (t) => ({
    panels: t.idList({ required: false, description: 'Only services of these panels, such as `Panel:acme`.' }),
    categories: t.stringList({
      required: false,
      description: 'Only services of these categories, exactly as the panels write them.',
    }),
    types: t.field({ type: [ServiceTypeEnum], required: false, description: 'Only services of these types.' }),
    refill: t.boolean({
      required: false,
      description: 'Whether the panel refills it. A service of which the panel says nothing matches neither value.',
    }),
    cancel: t.boolean({
      required: false,
      description: 'Whether it can be canceled. A service of which the panel says nothing matches neither value.',
    }),
    quantity: t.field({
      type: 'SafeInt',
      required: false,
      description: 'Only services that deliver this quantity in one order (min <= quantity <= max).',
    }),
    maxRate: t.field({
      type: MoneyInput,
      required: false,
      description: 'Only services at or below this price per 1000, compared at the configured exchange rates.',
    }),
  }),
});

const ORDER_DESCRIPTIONS: Record<ServiceOrderField, string> = {
  RATE: 'By price in the base currency. Prices that cannot be converted come last.',
  NAME: 'By name.',
  MIN: 'By least quantity.',
  MAX: 'By largest quantity.',
  RELEVANCE: 'By how well the search matches. Ascending order begins with the best match.',
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
  description: 'How services are sorted. Equal services stand in the order of the panels and of their lists.',
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
    description: 'The lists behind this answer, one for each panel, even where the list could not be read.',
    extensions: costOf({ items: 'panels' }),
    resolve: ({ catalogues }) => [...catalogues],
  }),
);

builder.queryField('services', (t) =>
  t.field({
    type: ServiceConnection,
    nullable: true,
    description:
      'The services of all panels. A page holds 50 where neither `first` nor `last` is given, and 5000 at most. If the ' +
      'list of a panel cannot be read, only its services are missing, and `catalogues` says so.',
    extensions: costOf({ isConnection: true, eachPanel: 'services' }),
    args: {
      search: t.arg.string({
        required: false,
        description:
          'Words, in any case and any script; 200 characters at most, unless configured otherwise. Each word must occur in ' +
          'the name or the category, or be the number.',
      }),
      filter: t.arg({ type: ServiceFilterInput, required: false, description: 'Which services to return.' }),
      orderBy: t.arg({
        type: ServiceOrderInput,
        required: false,
        description: 'By default by relevance where there is a search, otherwise as the panels list them.',
      }),
      ...pageArguments(t),
    },
    resolve: (_root, { filter, ...args }, context) => {
      assertSearch(args.search, context);
      assertFilter(filter ?? {}, context);
      const panels = filter?.panels ? panelNames(filter.panels, 'filter.panels', context) : null;
      return context.catalogue.find({ ...args, filter: filter && { ...filter, panels } });
    },
  }),
);

/** @throws CallerError INVALID_INPUT where the search is longer than the configured `limits.searchLength` */
function assertSearch(search: string | null | undefined, { settings }: RequestContext): void {
  const { searchLength } = settings;
  if (!search || search.length <= searchLength) return;
  const message =
    `At most ${searchLength} characters are allowed (limits.searchLength); this search has ${search.length}. ` +
    'Search for fewer or shorter words.';
  throw new CallerError('INVALID_INPUT', `search: ${message}`, [{ path: ['search'], message }]);
}

/** @throws CallerError INVALID_INPUT where a list holds more than the configured `limits.idsPerList` */
function assertFilter(
  { categories, types }: Partial<Record<'categories' | 'types', readonly unknown[] | null | undefined>>,
  context: RequestContext,
): void {
  if (categories) assertListSize(categories, 'filter.categories', context);
  if (types) assertListSize(types, 'filter.types', context);
}
