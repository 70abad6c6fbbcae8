/** A service, with its price and the form of its orders. */
import { CallerError } from '../../domain/errors.ts';
import { formatId, getNodeRef } from '../../domain/ids.ts';
import { plainDecimal, priceOf } from '../../domain/money.ts';
import { ORDER_FORMS, type OrderFieldSpec } from '../../domain/order-forms.ts';
import { SERVICE_TYPES, type Service } from '../../domain/service.ts';
import { builder } from '../builder.ts';
import { NodeInterface, registerNode } from '../node.ts';
import { getPanel, PanelType } from '../panels/panel.ts';
import { costOf } from '../values/field-cost.ts';
import { MoneyType } from '../values/money.ts';

export const ServiceObject = builder.objectRef<Service>('Service');

export const ServiceTypeEnum = builder.enumType('ServiceType', {
  description: "One value for each order form of the protocol; OTHER where the gateway does not know the panel's word.",
  values: Object.fromEntries(
    SERVICE_TYPES.map((type) => [
      type,
      {
        description:
          type === 'OTHER'
            ? 'A type that the gateway does not know. Ordered with `other`.'
            : `Ordered with \`${ORDER_FORMS[type].name}\`.`,
      },
    ]),
  ) as Record<(typeof SERVICE_TYPES)[number], { description: string }>,
});

const OrderFieldKindEnum = builder.enumType('OrderFieldKind', {
  description: 'How a field of an order form is filled in.',
  values: {
    TEXT: { description: 'A line of text.' },
    LINK: { description: 'A link, or a user name where the service takes one.' },
    INTEGER: { description: 'A whole number from `min` to `max`.' },
    LINES: { description: 'A list of texts, whose number is from `min` to `max`.' },
    DATE: { description: 'A day, YYYY-MM-DD.' },
    CHOICE: { description: 'One of `choices`.' },
    BOOLEAN: { description: 'Yes or no.' },
  },
});

/** A field of a form with the limits of one service. */
interface OrderFieldView extends OrderFieldSpec {
  readonly least: number | null;
  readonly most: number | null;
}

const OrderFieldType = builder.objectRef<OrderFieldView>('OrderField').implement({
  description: 'A field of an order form, described so that a frontend can draw it.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name of the field in the member of OrderDetails.' }),
    kind: t.expose('kind', { type: OrderFieldKindEnum, description: 'How the field is filled in.' }),
    required: t.exposeBoolean('required', { description: 'Whether an order needs it.' }),
    min: t.expose('least', {
      type: 'SafeInt',
      nullable: true,
      description: 'The least value, or the least number of lines.',
    }),
    max: t.expose('most', {
      type: 'SafeInt',
      nullable: true,
      description: 'The largest value, or the largest number of lines.',
    }),
    choices: t.stringList({
      nullable: true,
      description: 'The values of a CHOICE, as text.',
      extensions: costOf({ items: { about: 1 } }),
      resolve: ({ choices }) => choices?.map(String),
    }),
    description: t.exposeString('description', { description: 'What the field is for.' }),
  }),
});

ServiceObject.implement({
  description: 'A service that a panel sells.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    id: t.id({ description: 'Such as `Service:acme:1448`.', resolve: (service) => formatId('Service', service) }),
    panel: t.field({
      type: PanelType,
      description: 'The panel that sells the service.',
      resolve: ({ panel }, _args, context) => getPanel(panel, context),
    }),
    number: t.exposeString('number', { description: "The panel's own service id." }),
    name: t.exposeString('name', { description: "The panel's name for the service, on one line." }),
    category: t.exposeString('category', { description: "The panel's own category, which may be empty." }),
    type: t.expose('type', { type: ServiceTypeEnum, description: 'The type, which decides the order form.' }),
    typeText: t.exposeString('typeText', { description: "The panel's own word for the type." }),
    rate: t.field({
      type: MoneyType,
      description: "The price of 1000 units, or of the whole package, in the panel's currency.",
      extensions: costOf({ eachPanel: 'balance' }),
      resolve: ({ panel, rate }, _args, { panels }) => panels.money(panel, { amount: rate, currency: null }),
    }),
    min: t.expose('min', { type: 'SafeInt', description: 'The least quantity of an order.' }),
    max: t.expose('max', { type: 'SafeInt', description: 'The largest quantity of an order.' }),
    refill: t.exposeBoolean('refill', {
      nullable: true,
      description: 'Whether the panel refills what drops; null where it does not say.',
    }),
    cancel: t.exposeBoolean('cancel', {
      nullable: true,
      description: 'Whether an order can be canceled; null where the panel does not say.',
    }),
    dripFeed: t.exposeBoolean('dripFeed', {
      nullable: true,
      description: 'Whether an order can be delivered in runs; null where the panel does not say.',
    }),
    description: t.exposeString('description', { nullable: true, description: "The panel's own description." }),
    averageTime: t.exposeString('averageTime', {
      nullable: true,
      description: "The panel's own text about the time of a delivery.",
    }),
    quote: t.field({
      type: MoneyType,
      description: 'The price of an order of `quantity` units at the present rate; for a package, the rate itself.',
      extensions: costOf({ eachPanel: 'balance' }),
      args: { quantity: t.arg({ type: 'SafeInt', required: true, description: 'The number of units, 0 or more.' }) },
      resolve: (service, { quantity }, { panels }) =>
        panels.money(service.panel, { amount: quoteOf(service, quantity), currency: null }),
    }),
    orderForm: t.string({
      description: 'The member of OrderDetails that fits this service, such as `customComments`.',
      resolve: ({ type }) => ORDER_FORMS[type].name,
    }),
    orderFields: t.field({
      type: [OrderFieldType],
      description: 'The fields of `orderForm`, described so that a frontend can draw the form.',
      extensions: costOf({ items: { about: 4 } }),
      resolve: (service) => ORDER_FORMS[service.type].fields.map((field) => fieldOf(field, service)),
    }),
  }),
});

registerNode('Service', ({ panel, number }, { catalogue }) => catalogue.service(panel, number));

builder.queryField('service', (t) =>
  t.field({
    type: ServiceObject,
    nullable: true,
    description:
      'One service; null where the panel does not sell it. Null with an error where the list of the panel cannot be read.',
    extensions: costOf({ eachPanel: 'services' }),
    args: { id: t.arg.id({ required: true, description: 'Such as `Service:acme:1448`.' }) },
    resolve: (_root, { id }, { catalogue }) => {
      const { panel, number } = getNodeRef('Service', id, ['id']);
      return catalogue.service(panel, number);
    },
  }),
);

function quoteOf(service: Service, quantity: number): string {
  if (quantity < 0) {
    const message = 'It must be 0 or more.';
    throw new CallerError('INVALID_INPUT', `quantity: ${message}`, [{ path: ['quantity'], message }]);
  }
  return ORDER_FORMS[service.type].quantity.by === 'package'
    ? plainDecimal(service.rate)
    : priceOf(service.rate, quantity);
}

function fieldOf(field: OrderFieldSpec, { min, max }: Service): OrderFieldView {
  if (field.limits) return { ...field, least: min, most: max };
  const isList = field.kind === 'LINES';
  return { ...field, least: field.min ?? (isList ? 1 : null), most: field.max ?? null };
}
