/** Placing orders, and checking them without buying. */
import { CallerError } from '../../domain/errors.ts';
import { formatId, type PanelItemRef } from '../../domain/ids.ts';
import type { CheckedOrder } from '../../orders/checking/check-order.ts';
import type { PlaceOrderInput } from '../../orders/placing/order-placing.ts';
import type { PlaceAnswer } from '../../orders/placing/placement-answer.ts';
import { builder } from '../builder.ts';
import { ServiceObject } from '../catalogue/service.ts';
import type { RequestContext } from '../context.ts';
import {
  asFailure,
  type Failure,
  InvalidInputType,
  OutcomeUnknownType,
  PanelRejectedType,
  PanelUnavailableType,
  resultTypeOf,
} from '../errors.ts';
import { findOrder, OrderType } from '../orders/order.ts';
import { getPanel, PanelType, recordedPanel } from '../panels/panel.ts';
import { assertListSize } from '../values/arguments.ts';
import { costOf } from '../values/field-cost.ts';
import { MoneyInput, MoneyType } from '../values/money.ts';
import { settledResults } from '../values/settled-list.ts';
import { OrderDetailsInput, readOrderDetails } from './order-details.ts';
import { PlacementType } from './placement.ts';

const AddOrderInput = builder.inputType('AddOrderInput', {
  description: 'One order.',
  fields: (t) => ({
    serviceId: t.id({ required: true, description: 'Such as `Service:acme:1448`.' }),
    details: t.field({
      type: OrderDetailsInput,
      required: true,
      description: "The order form that fits the service's type, filled in.",
    }),
    idempotencyKey: t.string({
      required: false,
      description:
        'A repeat of the key by the same caller returns the first result and buys nothing, whatever has changed since. A ' +
        'repeat with another serviceId or other details is refused; maxCharge and reference may differ. Where it is ' +
        'absent, the gateway makes a key.',
    }),
    reference: t.string({
      required: false,
      description: "The caller's own text, such as the number of an invoice. It is kept with the placement.",
    }),
    maxCharge: t.field({
      type: MoneyInput,
      required: false,
      description: 'The order is refused with PRICE_CHANGED if its estimated charge is higher, or cannot be known.',
    }),
  }),
});

/** The `add` itself. The calls for evidence by the balance are counted when they are made. */
const CALLS_OF_AN_ORDER = 1;

type PlacedAnswer = Extract<PlaceAnswer, { kind: 'placed' }>;

const orderRef = ({ placement: { panel, orderNumber } }: PlacedAnswer): PanelItemRef => ({
  panel,
  number: orderNumber,
});

const AddOrderSuccessType = builder.objectRef<PlacedAnswer>('AddOrderSuccess').implement({
  description: 'The order was bought: the panel has given its number.',
  fields: (t) => ({
    orderId: t.id({
      description: 'Such as `Order:acme:23501`.',
      resolve: (placed) => formatId('Order', orderRef(placed)),
    }),
    number: t.string({ description: "The panel's own order id.", resolve: ({ placement }) => placement.orderNumber }),
    panel: t.field({
      type: PanelType,
      description: 'The panel at which the order was placed.',
      resolve: ({ placement }, _args, context) => getPanel(placement.panel, context, recordedPanel(placement)),
    }),
    order: t.field({
      type: OrderType,
      nullable: true,
      description: 'The state of the order, asked from the panel.',
      extensions: costOf({ lookUps: 'order' }),
      resolve: (placed, _args, context) => findOrder(orderRef(placed), context),
    }),
    placement: t.expose('placement', {
      type: PlacementType,
      nullable: true,
      description: 'The record of the purchase.',
    }),
    replayed: t.exposeBoolean('isReplayed', {
      description: 'Whether the key had been used before, so that nothing new was bought.',
    }),
  }),
});

const AddOrderResult = builder.unionType('AddOrderResult', {
  description: 'The result of a purchase. Its type says what has happened to the money.',
  types: [AddOrderSuccessType, InvalidInputType, PanelRejectedType, PanelUnavailableType, OutcomeUnknownType],
  resolveType: resultTypeOf('AddOrderSuccess'),
});

const CheckedOrderType = builder.objectRef<CheckedOrder>('CheckedOrder').implement({
  description: 'An order that addOrder would accept.',
  fields: (t) => ({
    service: t.expose('service', { type: ServiceObject, description: 'The service of the order.' }),
    quantity: t.expose('quantity', {
      type: 'SafeInt',
      nullable: true,
      description:
        'The total number of units: quantity times runs for a drip-feed, 1 for a package, the units of all posts for a subscription. Null where it cannot be known beforehand.',
    }),
    estimatedCharge: t.expose('estimatedCharge', {
      type: MoneyType,
      nullable: true,
      description: 'The estimated charge; null where it cannot be known beforehand.',
    }),
  }),
});

const CheckOrderResult = builder.unionType('CheckOrderResult', {
  description: 'The result of checking an order.',
  types: [CheckedOrderType, InvalidInputType],
  resolveType: resultTypeOf('CheckedOrder'),
});

builder.queryField('checkOrder', (t) =>
  t.field({
    type: CheckOrderResult,
    nullable: true,
    description: 'Checks an order without buying it: returns its problems, or its estimated charge.',
    extensions: costOf({ eachPanel: 'services' }),
    args: { input: t.arg({ type: AddOrderInput, required: true, description: 'The order.' }) },
    resolve: async (_root, { input }, context) => {
      try {
        return await context.orders.check(readInput(input), context.loaders.calls);
      } catch (error) {
        if (error instanceof CallerError) return { failure: error };
        throw error;
      }
    },
  }),
);

builder.mutationFields((t) => ({
  addOrder: t.field({
    type: AddOrderResult,
    nullable: true,
    description:
      'Buys an order at most once. A repeat under the same idempotencyKey returns the first result; it sends the order ' +
      'again only where the first attempt has certainly bought nothing.',
    extensions: costOf({ callsEach: CALLS_OF_AN_ORDER, eachPanel: 'services' }),
    args: { input: t.arg({ type: AddOrderInput, required: true, description: 'The order.' }) },
    resolve: (_root, { input }, context) => place(input, context),
  }),
  addOrders: t.field({
    type: [AddOrderResult],
    nullable: { list: true, items: true },
    description:
      'Buys several orders, each as by addOrder. One that fails does not stop the others. Results come in the order of ' +
      '`inputs`. Orders for which the operation has no panel call left are not sent.',
    extensions: costOf({
      items: { argument: 'inputs' },
      areRows: true,
      callsEach: CALLS_OF_AN_ORDER,
      eachPanel: 'services',
    }),
    args: { inputs: t.arg({ type: [AddOrderInput], required: true, description: 'The orders.' }) },
    resolve: (_root, { inputs }, context) => {
      assertListSize(inputs, 'inputs', context);
      return settledResults(
        inputs.map((input) => place(input, context)),
        context,
      );
    },
  }),
}));

async function place(input: AddOrderArguments, context: RequestContext): Promise<PlacedAnswer | Failure> {
  const answer = await context.orders.place(context.caller, readInput(input), context.loaders.calls);
  return answer.kind === 'placed' ? answer : { ...asFailure(answer.error), placement: answer.placement };
}

type AddOrderArguments = typeof AddOrderInput.$inferInput;

function readInput({ serviceId, details, idempotencyKey, reference, maxCharge }: AddOrderArguments): PlaceOrderInput {
  return {
    serviceId,
    details: readOrderDetails(details),
    rawDetails: details,
    idempotencyKey: idempotencyKey ?? null,
    reference: reference ?? null,
    maxCharge: maxCharge ?? null,
  };
}
