/** Orders as tests place them. */
import { expect } from 'vitest';
import type { GraphqlAnswer } from './gateway.ts';

const RESULT = `__typename
  ... on AddOrderSuccess { orderId number replayed placement { id state } }
  ... on Error { message code }
  ... on InvalidInput { issues { path } }
  ... on PanelRejected { panelMessage panel { name } }
  ... on PanelUnavailable { retryAfterMs }
  ... on OutcomeUnknown { placement { id state error { code } } }`;

export const ADD_ORDER = `mutation ($input: AddOrderInput!) { addOrder(input: $input) { ${RESULT} } }`;
export const ADD_ORDERS = `mutation ($inputs: [AddOrderInput!]!) { addOrders(inputs: $inputs) { ${RESULT} } }`;
export const RESOLVE = `mutation ($id: ID!, $outcome: PlacementOutcome!) {
  resolvePlacement(input: { id: $id, outcome: $outcome }) { __typename
    ... on ResolvePlacementSuccess { placement { id state settledAt order { number } error { code } } }
    ... on Error { code } ... on InvalidInput { issues { path message } } } }`;

/** What `RESULT` reads of any member of the union. */
export interface AddOrderAnswer {
  readonly __typename: string;
  readonly orderId?: string;
  readonly number?: string;
  readonly replayed?: boolean;
  readonly code?: string;
  readonly message?: string;
  readonly panelMessage?: string;
  readonly retryAfterMs?: number | null;
  readonly placement?: { readonly id: string; readonly state: string; readonly error?: { readonly code: string } };
}

interface Asked {
  ask(query: string, variables?: object): Promise<GraphqlAnswer>;
}

/** An order of 100 units of service 1 of the panel `acme`; `link` tells orders apart. */
export function orderInput(overrides: { readonly link?: string; readonly [field: string]: unknown } = {}): object {
  const { link = 'https://example.com/x', ...rest } = overrides;
  return { serviceId: 'Service:acme:1', details: { default: { link, quantity: 100 } }, ...rest };
}

export async function addOrder(
  gateway: Asked,
  overrides: Parameters<typeof orderInput>[0] = {},
): Promise<AddOrderAnswer> {
  const { data, errors } = await gateway.ask(ADD_ORDER, { input: orderInput(overrides) });
  expect(errors).toBeUndefined();
  return data.addOrder;
}

/** Far fewer orders than one operation may place, since each takes calls to its panel (`limits.panelCalls`). */
const ORDERS_A_REQUEST = 50;

/**
 * Places so many different orders; their numbers, in order. Those that were not sent are placed again: under load, orders
 * may wait too long for the ledger.
 */
export async function addManyOrders(gateway: Asked, count: number, prefix = 'order'): Promise<string[]> {
  const numbers: string[] = [];
  for (let start = 0; start < count; start += ORDERS_A_REQUEST) {
    const length = Math.min(ORDERS_A_REQUEST, count - start);
    const inputs = Array.from({ length }, (_, index) => orderInput({ link: `${prefix} ${start + index}` }));
    numbers.push(...(await addAll(gateway, inputs)));
  }
  return numbers;
}

const TRIES = 5;

async function addAll(gateway: Asked, inputs: readonly object[], tries = TRIES): Promise<string[]> {
  const answers: AddOrderAnswer[] = (await gateway.ask(ADD_ORDERS, { inputs })).data.addOrders;
  const unsent = inputs.filter((_, index) => answers[index]?.__typename === 'PanelUnavailable');
  const again = unsent.length > 0 && tries > 1 ? await addAll(gateway, unsent, tries - 1) : [];
  return answers.map((answer) => {
    const number = answer.__typename === 'PanelUnavailable' ? again.shift() : answer.number;
    expect(number, JSON.stringify(answer)).toBeDefined();
    return number!;
  });
}

/** Something that a test lets go when it is time. */
export function createHold(): { readonly held: Promise<void>; readonly release: () => void } {
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  return { held, release };
}
