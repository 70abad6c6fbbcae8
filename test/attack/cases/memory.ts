/** What fills the memory: lists of panels, texts that are kept, answers that nobody reads. */
import { getIntrospectionQuery } from 'graphql';
import { listServices } from '../../../bench/services-list.ts';
import { type AttackCase, answered, bounded, ids, marks, refused } from '../attack-case.ts';
import type { ArmedPanel } from '../stand/attack-panels.ts';
import type { Answer } from '../stand/send.ts';
import { postText, UnreadConnections } from '../stand/send-raw.ts';
import type { Stand } from '../stand/stand.ts';

/** Lets a panel hold this list, has it read, and then asks for it in each of these ways. */
const withList =
  (panel: ArmedPanel, list: () => string, asked: readonly string[] = ['first: 1']): AttackCase['send'] =>
  async (stand) => {
    stand.panels.arm(panel, list());
    const refresh = `mutation { refreshServices(panels: ["Panel:${panel}"]) { serviceCount skippedCount error } }`;
    const answers = [await stand.post(JSON.stringify({ query: refresh }))];
    for (const page of asked) {
      const query = `{ services(filter: { panels: ["Panel:${panel}"] }, ${page}) { totalCount catalogues { error serviceCount } } }`;
      answers.push(await stand.post(JSON.stringify({ query })));
    }
    return answers;
  };

const services = (count: number, change: (at: number) => object = () => ({})): string =>
  JSON.stringify(listServices(count).map((service, at) => ({ ...service, ...change(at) })));

/** Sends each body, eight at a time. */
async function sendAll(stand: Stand, count: number, bodyOf: (at: number) => string): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let at = 0; at < count; at += 8) {
    const bodies = Array.from({ length: Math.min(8, count - at) }, (_, place) => bodyOf(at + place));
    answers.push(...(await Promise.all(bodies.map((body) => stand.post(body)))));
  }
  return answers;
}

/** Connections that read nothing of the answer to a query. What is judged is the answer to somebody else. */
const unread = (name: string, connections: number, query: string): AttackCase => ({
  name,
  send: async (stand) => {
    using _unread = new UnreadConnections(stand.gateway.url, connections, postText(JSON.stringify({ query })));
    return await stand.answerAfter(2_000);
  },
  expected: answered(),
});

export const MEMORY_CASES: readonly AttackCase[] = [
  {
    name: 'a list of a million {}',
    send: withList('list1', () => `[${'{},'.repeat(999_999)}{}]`),
    expected: answered(),
  },
  {
    name: 'a list of ten million numbers',
    send: withList('list2', () => `[${'1,'.repeat(9_999_999)}1]`),
    expected: answered(),
  },
  {
    name: 'a list of 100,000 services, searched and sorted',
    send: withList('list3', () => services(100_000), [
      'search: "likes", first: 1',
      'orderBy: { field: NAME }, first: 1',
    ]),
    expected: answered(),
  },
  {
    name: 'a list of 5,000 names of marks, sorted',
    send: withList('list4', () => services(5_000, (at) => ({ name: `a${at}${marks(1_000)}` })), [
      'orderBy: { field: NAME }, first: 1',
      'search: "a1", first: 1',
    ]),
    expected: answered(),
  },
  {
    name: 'a list of 32 MB of {}',
    send: withList('list5', () => `[${'{},'.repeat(10_700_000)}{}]`),
    expected: answered(),
  },
  {
    name: 'a category of 500,000 marks, searched',
    send: withList('list6', () => services(1, () => ({ category: `a${marks(500_000)}` })), [
      'search: "likes", first: 1',
    ]),
    expected: answered(),
  },
  {
    name: '500 distinct texts of 10 KB, each twice',
    send: (stand) =>
      sendAll(stand, 1_000, (at) => {
        const names = Array.from({ length: 60 }, (_, place) => `n${at >> 1}_${place}_${'x'.repeat(130)}`);
        return JSON.stringify({ query: `{ ${names.map((name) => `${name}: __typename`).join(' ')} panels { id } }` });
      }),
    expected: bounded(),
  },
  {
    name: '300 operation names of 10 KB, each thrice',
    send: (stand) =>
      sendAll(stand, 900, (at) => {
        const operationName = `n${Math.floor(at / 3)}_${'x'.repeat(10_000)}`;
        return JSON.stringify({ query: `query ${operationName} { __typename }`, operationName });
      }),
    expected: bounded(),
  },
  {
    name: '20,000 orders, a thousand at a time',
    mostPanelCalls: 300,
    send: (stand) =>
      sendAll(stand, 20, (at) =>
        JSON.stringify({
          query: 'query ($ids: [ID!]!) { orders(ids: $ids) { status } }',
          variables: { ids: ids('Order', 'core', 1_000, 1 + at * 1_000) },
        }),
      ),
    expected: bounded(),
  },
  {
    name: '1,500 addresses and Hosts that nobody knows',
    send: async (stand) => {
      const answers: Answer[] = [];
      for (let at = 0; at < 1_500; at += 10) {
        const sent = Array.from({ length: 10 }, (_, place) =>
          stand.get(`/nowhere/${at + place}`, { headers: { host: `127.${(at + place) % 250}.0.${place}:${at}` } }),
        );
        answers.push(...(await Promise.all(sent)));
      }
      return answers;
    },
    expected: refused('NOT_FOUND', 404),
  },
  unread(
    '40 connections that read nothing of 5,000 services',
    40,
    '{ services(first: 5000) { nodes { id name category typeText orderForm rate { amount } panel { name host } } } }',
  ),
  unread('40 connections that read nothing of the introspection', 40, getIntrospectionQuery()),
  {
    name: '10 requests of 5,000 services at once',
    send: (stand) => {
      const query = '{ services(first: 5000) { nodes { id name category rate { amount } panel { name } } } }';
      return Promise.all(Array.from({ length: 10 }, () => stand.post(JSON.stringify({ query }))));
    },
    expected: bounded('RATE_LIMITED'),
  },
];
