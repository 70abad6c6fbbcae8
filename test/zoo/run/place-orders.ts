/** Clients that buy through a gateway, so many at a time, and ask for refills and cancellations in between. */
import { expect } from 'vitest';
import type { TestGateway } from '../../support/gateway.ts';
import { ADD_ORDER, type AddOrderAnswer } from '../../support/orders.ts';
import type { WantedOrder } from './random-order.ts';

const RETRIES = 3;

export interface PlacedOrder {
  readonly order: WantedOrder;
  /** Every answer under its key, in the order in which they came. */
  readonly answers: readonly AddOrderAnswer[];
  /** How often it was asked for again after PanelUnavailable. */
  readonly retries: number;
  /** What became of `afterwards`, as a type of the union; null where nothing was asked. */
  readonly changeAnswer: string | null;
}

export async function placeOrders(
  gateway: TestGateway,
  orders: readonly WantedOrder[],
  { atOneTime }: { readonly atOneTime: number },
): Promise<PlacedOrder[]> {
  const placed: PlacedOrder[] = [];
  const waiting = orders.values();
  const client = async (): Promise<void> => {
    for (const order of waiting) placed.push(await placeOrder(gateway, order));
  };
  await Promise.all(Array.from({ length: atOneTime }, client));
  return placed;
}

async function placeOrder(gateway: TestGateway, order: WantedOrder): Promise<PlacedOrder> {
  const answers: AddOrderAnswer[] = [];
  const ask = async (): Promise<AddOrderAnswer> => {
    const { data, errors } = await gateway.ask(ADD_ORDER, { input: order.input });
    expect(errors).toBeUndefined();
    answers.push(data.addOrder);
    return data.addOrder;
  };
  let [last] = await Promise.all(order.isDoubled ? [ask(), ask()] : [ask()]);
  let retries = 0;
  while (last.__typename === 'PanelUnavailable' && retries < RETRIES) {
    retries += 1;
    last = await ask();
  }
  const changeAnswer = last.orderId ? await change(gateway, last.orderId, order.afterwards) : null;
  return { order, answers, retries, changeAnswer };
}

async function change(gateway: TestGateway, orderId: string, what: WantedOrder['afterwards']): Promise<string | null> {
  if (what === 'nothing') return null;
  const query = `mutation ($ids: [ID!]!) { answers: ${what}Orders(orderIds: $ids) { __typename } }`;
  const { data } = await gateway.ask(query, { ids: [orderId] });
  return data?.answers[0]?.__typename ?? null;
}
