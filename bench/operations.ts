/** The requests that are sent, to the gateway and to a peer. */
import type { LoadRequest } from './load.ts';
import { PANEL_KEY, type ServerName } from './servers.ts';

const ORDER_FIELDS = '{ id status charge { amount currency } remains }';

/** The field that looks up one order, and the type of its variable: Hive Gateway's is made of the panel's own form. */
const orderField = (server: ServerName, variable: string): string =>
  server === 'hive'
    ? `order(input: { order: $${variable} }) { status charge currency remains }`
    : `order(id: $${variable}) ${ORDER_FIELDS}`;
const idType = (server: ServerName): string => (server === 'hive' ? 'String!' : 'ID!');

/** Peers have one panel and take its number; the gateway takes an id that names the panel. */
export const orderId = (server: ServerName, number: number): string =>
  server === 'panelgraph' ? `Order:bench:${number}` : String(number);

/** A text of every good answer. */
export const goodOrder = (server: ServerName): string =>
  server === 'hive' ? '"status":"In progress"' : '"status":"IN_PROGRESS"';

export function askOrder(server: ServerName, number: number): LoadRequest {
  if (server === 'rest') return { method: 'GET', path: `/orders/${number}` };
  const query = `query Order($id: ${idType(server)}) { ${orderField(server, 'id')} }`;
  return post(query, { id: orderId(server, number) });
}

/** One operation that asks for each of `numbers` under an alias of its own. The text is the same for all. */
export function askAliases(server: ServerName, numbers: readonly number[]): LoadRequest {
  const variables = numbers.map((_, at) => `$a${at}: ${idType(server)}`).join(' ');
  const fields = numbers.map((_, at) => `a${at}: ${orderField(server, `a${at}`)}`).join(' ');
  const values = Object.fromEntries(numbers.map((number, at) => [`a${at}`, orderId(server, number)]));
  return post(`query Aliases(${variables}) { ${fields} }`, values);
}

/** `orders` of many ids, which only the gateway has. */
export function askList(numbers: readonly number[]): LoadRequest {
  const ids = numbers.map((number) => orderId('panelgraph', number));
  return post(`query List($ids: [ID!]!) { orders(ids: $ids) ${ORDER_FIELDS} }`, { ids });
}

const SERVICE_FIELDS = '{ id number name category rate { amount currency } min max type }';

/** Eight fields of each of the first `count` services. */
export function askServices(server: ServerName, count: number): LoadRequest {
  if (server === 'panelgraph') return post(`{ services(first: ${count}) { nodes ${SERVICE_FIELDS} } }`);
  return post(`{ services(first: ${count}) ${SERVICE_FIELDS} }`);
}

/** An order of its own for each number. */
export function placeOrder(server: ServerName, number: number): LoadRequest {
  const link = `https://example.com/post/${number}`;
  if (server === 'panelgraph') {
    const query = `mutation Add($input: AddOrderInput!) {
      addOrder(input: $input) { __typename ... on AddOrderSuccess { orderId } ... on Error { code message } }
    }`;
    return post(query, { input: { serviceId: 'Service:bench:1', details: { default: { link, quantity: 100 } } } });
  }
  const query = 'mutation Add($link: String!) { addOrder(serviceId: "1", link: $link, quantity: 100) }';
  return post(query, { link });
}

/** The panel itself, asked without a server between. */
export function askPanel(fields: Readonly<Record<string, string>>): LoadRequest {
  return {
    method: 'POST',
    path: '/api/v2',
    body: new URLSearchParams({ key: PANEL_KEY, ...fields }).toString(),
    contentType: 'application/x-www-form-urlencoded',
  };
}

export function post(query: string, variables: object = {}): LoadRequest {
  return { method: 'POST', path: '/graphql', body: JSON.stringify({ query, variables }) };
}

export const numbersFrom = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, at) => first + at);

export function watchOrder(number: number): LoadRequest {
  const ids = [orderId('panelgraph', number)];
  return post(`subscription Watch($ids: [ID!]!) { orderUpdated(ids: $ids) ${ORDER_FIELDS} }`, { ids });
}
