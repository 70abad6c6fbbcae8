/** The requests that are sent, to the gateway and to a peer. */
import type { LoadRequest } from './load.ts';
import type { ServerName } from './servers.ts';

const ORDER_FIELDS = '{ id status charge { amount currency } remains }';
const ORDER = `query Order($id: ID!) { order(id: $id) ${ORDER_FIELDS} }`;

/** Peers have one panel and take its number; the gateway takes an id that names the panel. */
export const orderId = (server: ServerName, number: number): string =>
  server === 'panelgraph' ? `Order:bench:${number}` : String(number);

/** A text of every good answer, of every server. */
export const GOOD_ORDER = '"status":"IN_PROGRESS"';

export function askOrder(server: ServerName, number: number): LoadRequest {
  if (server === 'rest') return { method: 'GET', path: `/orders/${number}` };
  return post(ORDER, { id: orderId(server, number) });
}

/** One operation that asks for each of `numbers` under an alias of its own. The text is the same for all. */
export function askAliases(server: ServerName, numbers: readonly number[]): LoadRequest {
  const variables = numbers.map((_, at) => `$a${at}: ID!`).join(' ');
  const fields = numbers.map((_, at) => `a${at}: order(id: $a${at}) ${ORDER_FIELDS}`).join(' ');
  const values = Object.fromEntries(numbers.map((number, at) => [`a${at}`, orderId(server, number)]));
  return post(`query Aliases(${variables}) { ${fields} }`, values);
}

export function post(query: string, variables: object = {}): LoadRequest {
  return { method: 'POST', path: '/graphql', body: JSON.stringify({ query, variables }) };
}

export const numbersFrom = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, at) => first + at);
