/** What fills the memory: lists of panels, texts that are kept, answers that nobody reads. */
import { connect, type Socket } from 'node:net';
import { listServices } from '../../../bench/services-list.ts';
import { pause } from '../../../src/domain/time/pause.ts';
import { type AttackCase, answered, bounded, marks } from '../attack-case.ts';
import type { ArmedPanel } from '../stand/attack-panels.ts';
import type { Answer } from '../stand/send.ts';
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

/** Opens connections that ask for much and read nothing; the answer is that of somebody else meanwhile. */
async function leaveUnread(stand: Stand, connections: number, query: string): Promise<Answer> {
  const body = JSON.stringify({ query });
  const { hostname, port } = new URL(stand.gateway.url);
  const head = `POST /graphql HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  const sockets: Socket[] = [];
  for (let opened = 0; opened < connections; opened += 1) {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.pause();
    socket.write(head + body);
    sockets.push(socket);
  }
  await pause(Math.min(3_000, stand.patienceMs));
  const answer = await stand.post(JSON.stringify({ query: '{ __typename }' }));
  for (const socket of sockets) socket.destroy();
  return answer;
}

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
    name: '1,080 distinct texts of 10 KB, each twice',
    send: async (stand) => {
      const answers: Answer[] = [];
      for (let text = 0; text < 1_080; text += 1) {
        const names = Array.from({ length: 150 }, (_, at) => `n${text}_${at}_${'x'.repeat(40)}`);
        // A selection set may hold 200 fields; what fills the text is one alias-free field repeated under arguments.
        const query = `{ ${names
          .slice(0, 60)
          .map((name) => `${name}: __typename`)
          .join(' ')} panels { id } } #${'y'.repeat(6_000)}`;
        const body = JSON.stringify({ query });
        answers.push(await stand.post(body), await stand.post(body));
      }
      return answers;
    },
    expected: bounded(),
  },
  {
    name: '40 connections that read nothing of 5,000 services',
    send: (stand) =>
      leaveUnread(
        stand,
        40,
        '{ services(first: 5000) { nodes { id name category description typeText orderForm rate { amount } panel { name host } } edges { cursor node { id name category } } } }',
      ),
    expected: answered(),
  },
];
