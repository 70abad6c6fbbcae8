/** Makes the history of a fresh demo, through the gateway's own API, while the clocks of the panels are set back. */
import type { DemoPanel } from '../../demo/demo-panel.ts';
import { PAST_ORDERS, PAST_REFILL_MS, type PastOrder } from './past-orders.ts';

export interface MakeHistoryOptions {
  /** The GraphQL endpoint of the running gateway. */
  readonly url: string;
  /** By name: plus, cloud and pica. */
  readonly panels: ReadonlyMap<string, Pick<DemoPanel, 'stage'>>;
}

/**
 * Places and changes the past orders, each panel's one after the other. Does nothing on a ledger that holds anything.
 * @throws Error that says what the gateway answered, where it is not what a demo panel's order comes to
 */
export async function makeHistory({ url, panels }: MakeHistoryOptions): Promise<void> {
  const { placements } = await ask<{ placements: { totalCount: number } }>(url, COUNT);
  if (placements.totalCount > 0) return;
  const made = await Promise.all(
    Array.from(panels, async ([panel, { stage }]) => {
      try {
        return await makePast(url, stage, panel);
      } finally {
        stage.setBehind(0);
      }
    }),
  );
  const placed = made.flat();
  const refilled = placed.filter(({ order }) => order.afterwards === 'refill');
  for (const { order } of refilled) panels.get(order.panel)?.stage.planRefill(PAST_REFILL_MS);
  await ask(url, REFILL, { ids: refilled.map(({ id }) => id) });
  // What was looked up stands in the ledger: without this each order would be PENDING there until it is followed.
  await ask(url, LOOK_UP, { ids: placed.map(({ id }) => id) });
}

interface Placed {
  readonly order: PastOrder;
  readonly id: string;
}

async function makePast(url: string, stage: DemoPanel['stage'], panel: string): Promise<Placed[]> {
  const placed: Placed[] = [];
  for (const order of PAST_ORDERS.filter((past) => past.panel === panel)) {
    stage.setBehind(order.agoMs);
    stage.planOrder(order.plan);
    if (order.isAnswerLost) stage.failAdd('html');
    const id = await place(url, order);
    if (id === null) continue;
    if (order.afterwards === 'cancel') await ask(url, CANCEL, { ids: [id] });
    placed.push({ order, id });
  }
  return placed;
}

/** The order's id; null where its outcome is unknown, as it has to be where the answer is lost. */
async function place(url: string, { name, panel, needs, isAnswerLost = false }: PastOrder): Promise<string | null> {
  const filter = { panels: [`Panel:${panel}`], types: ['DEFAULT'], quantity: QUANTITY, ...needs };
  const { services } = await ask<{ services: { nodes: { id: string }[] } }>(url, FIND, { filter });
  const input = {
    serviceId: services.nodes[0]?.id ?? `Service:${panel}:0`,
    idempotencyKey: `demo: ${name}`,
    reference: `from the demo's history: ${name}`,
    details: { default: { link: `https://www.instagram.com/p/${name.replaceAll(' ', '-')}/`, quantity: QUANTITY } },
  };
  const { addOrder } = await ask<{ addOrder: { __typename: string; orderId?: string } }>(url, PLACE, { input });
  if (addOrder.__typename === (isAnswerLost ? 'OutcomeUnknown' : 'AddOrderSuccess')) return addOrder.orderId ?? null;
  throw new Error(`the order "${name}" came to ${JSON.stringify(addOrder)}`);
}

const QUANTITY = 500;

const COUNT = '{ placements(first: 1) { totalCount } }';
const FIND = `query ($filter: ServiceFilter) {
  services(filter: $filter, orderBy: { field: RATE, direction: ASC }, first: 1) { nodes { id } }
}`;
const PLACE = `mutation ($input: AddOrderInput!) {
  addOrder(input: $input) { __typename ... on AddOrderSuccess { orderId } ... on Error { code message } }
}`;
const CANCEL = 'mutation ($ids: [ID!]!) { cancelOrders(orderIds: $ids) { __typename } }';
const REFILL = 'mutation ($ids: [ID!]!) { refillOrders(orderIds: $ids) { __typename } }';
const LOOK_UP = 'query ($ids: [ID!]!) { orders(ids: $ids) { status } }';

async function ask<T>(url: string, query: string, variables: object = {}): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: T; errors?: unknown };
  if (errors !== undefined || data === undefined) throw new Error(`the gateway answered ${JSON.stringify(errors)}`);
  return data;
}
