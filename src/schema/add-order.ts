/** Buying, and checking what buying would say. */
import { CallerError } from '../domain/errors.ts';
import { formatId } from '../domain/ids.ts';
import { type CheckedOrder, checkOrder, type OrderInput } from '../orders/check-order.ts';
import { type PlacedOrder, placeOrder } from '../orders/place-order.ts';
import { assertListSize } from './arguments.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import {
  asFailure,
  type Failure,
  InvalidInputType,
  OutcomeUnknownType,
  PanelRejectedType,
  PanelUnavailableType,
  resultTypeOf,
} from './errors.ts';
import { MoneyInput, MoneyType } from './money.ts';
import { findOrder, OrderType } from './order.ts';
import { OrderDetailsInput, readOrderDetails } from './order-details.ts';
import { getPanel, PanelType } from './panel.ts';
import { ServiceType } from './service.ts';

const AddOrderInput = builder.inputType('AddOrderInput', {
  description: 'One order.',
  fields: (t) => ({
    serviceId: t.id({ required: true, description: 'Such as `Service:acme:1448`.' }),
    details: t.field({
      type: OrderDetailsInput,
      required: true,
      description: "The one form that fits the service's type.",
    }),
    maxCharge: t.field({
      type: MoneyInput,
      required: false,
      description: 'Refuse with PRICE_CHANGED if the estimated charge is above this, or cannot be known.',
    }),
  }),
});

const AddOrderSuccessType = builder.objectRef<PlacedOrder>('AddOrderSuccess').implement({
  description: 'As the panel acknowledged it; `order` asks the panel for its state.',
  fields: (t) => ({
    orderId: t.id({ description: 'Such as `Order:acme:23501`.', resolve: (placed) => formatId('Order', placed) }),
    number: t.exposeString('number', { description: "The panel's own order id." }),
    panel: t.field({
      type: PanelType,
      description: 'Where it was placed.',
      resolve: ({ panel }, _args, context) => getPanel(panel, context),
    }),
    order: t.field({
      type: OrderType,
      nullable: true,
      description: 'Its state, asked from the panel.',
      resolve: (placed, _args, context) => findOrder(placed, context),
    }),
  }),
});

const AddOrderResult = builder.unionType('AddOrderResult', {
  description: 'What became of a purchase. The type says what happened to the money.',
  types: [AddOrderSuccessType, InvalidInputType, PanelRejectedType, PanelUnavailableType, OutcomeUnknownType],
  resolveType: resultTypeOf('AddOrderSuccess'),
});

const CheckedOrderType = builder.objectRef<CheckedOrder>('CheckedOrder').implement({
  description: 'An order that addOrder would send.',
  fields: (t) => ({
    service: t.expose('service', { type: ServiceType, description: 'What is bought.' }),
    quantity: t.expose('quantity', {
      type: 'SafeInt',
      nullable: true,
      description:
        'Units in all: of a drip-feed quantity times runs, of a package 1, of a subscription those of its posts; null where it cannot be known.',
    }),
    estimatedCharge: t.expose('estimatedCharge', {
      type: MoneyType,
      nullable: true,
      description: 'Null where it cannot be known beforehand.',
    }),
  }),
});

const CheckOrderResult = builder.unionType('CheckOrderResult', {
  description: 'What addOrder would say.',
  types: [CheckedOrderType, InvalidInputType],
  resolveType: resultTypeOf('CheckedOrder'),
});

builder.queryField('checkOrder', (t) =>
  t.field({
    type: CheckOrderResult,
    nullable: true,
    description: 'What addOrder would say to this input, without buying: the problems, or the estimated charge.',
    args: { input: t.arg({ type: AddOrderInput, required: true, description: 'The order.' }) },
    resolve: async (_root, { input }, context) => {
      try {
        return await checkOrder(readInput(input), context);
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
    description: 'Buys once. It is never sent a second time by the gateway.',
    args: { input: t.arg({ type: AddOrderInput, required: true, description: 'The order.' }) },
    resolve: (_root, { input }, context) => place(input, context),
  }),
  addOrders: t.field({
    type: [AddOrderResult],
    nullable: { list: true, items: true },
    description: 'Each on its own: one that fails does not stop the others. Results in the order of `inputs`.',
    args: { inputs: t.arg({ type: [AddOrderInput], required: true, description: 'The orders.' }) },
    resolve: (_root, { inputs }, context) => {
      assertListSize(inputs, 'inputs', context);
      return inputs.map((input) => place(input, context));
    },
  }),
}));

async function place(input: AddOrderArguments, context: RequestContext): Promise<PlacedOrder | Failure> {
  try {
    return await placeOrder(context.caller, readInput(input), context);
  } catch (error) {
    return asFailure(error);
  }
}

type AddOrderArguments = typeof AddOrderInput.$inferInput;

function readInput({ serviceId, details, maxCharge }: AddOrderArguments): OrderInput {
  return { serviceId, details: readOrderDetails(details), maxCharge: maxCharge ?? null };
}
