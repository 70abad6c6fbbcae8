/** What a panel's list and a client's search may be, as clients see it. */
import { describe, expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { healthyPanel, type ScriptedAnswer, serviceEntry, startScriptedPanel } from '../support/scripted-panel.ts';

const REFRESH = 'mutation { refreshServices { serviceCount skippedCount error } }';
const SERVICES = '{ services(first: 1, orderBy: { field: NAME }) { totalCount nodes { name } } }';

/** A panel with `count` services whose list the test replaces. */
async function startListPanel(count: number) {
  const lists: { list: ScriptedAnswer } = { list: entries(count) };
  const panel = await startScriptedPanel(healthyPanel({ services: () => lists.list }));
  return { panel, lists, [Symbol.asyncDispose]: () => panel[Symbol.asyncDispose]() };
}

function entries(count: number): object[] {
  return Array.from({ length: count }, (_, at) => serviceEntry(at, { name: `Service ${String(at).padStart(5, '0')}` }));
}

const marks = (count: number): string => '\u0301\u0323'.repeat(count / 2);

describe('a list', () => {
  it('of thousands of services is read, found, sorted and priced', async () => {
    await using server = await startListPanel(5_000);
    await using gateway = await startGateway({ acme: server.panel.url });
    expect((await gateway.ask(REFRESH)).data).toEqual({
      refreshServices: [{ serviceCount: 5_000, skippedCount: 0, error: null }],
    });
    const { data } = await gateway.ask(`{
      last: services(first: 2, orderBy: { field: NAME, direction: DESC }) { nodes { name } }
      found: services(search: "service 04321") { totalCount nodes { name rate { amount } } }
      one: service(id: "Service:acme:77") { name }
    }`);
    expect(data).toEqual({
      last: { nodes: [{ name: 'Service 04999' }, { name: 'Service 04998' }] },
      found: { totalCount: 1, nodes: [{ name: 'Service 04321', rate: { amount: '0.90' } }] },
      one: { name: 'Service 00077' },
    });
  });

  it.each<[string, ScriptedAnswer, string]>([
    [
      'a million empty entries',
      `[${'{},'.repeat(999_999)}{}]`,
      'it has more than 250000 entries, the most that are read',
    ],
    ['millions of numbers', `[${'1,'.repeat(2_999_999)}1]`, 'it has more than 250000 entries, the most that are read'],
    ['a thousand empty entries', `[${'{},'.repeat(999)}{}]`, '1000 of its 1000 entries are no services'],
    ['thirty thousand empty entries', `[${'{},'.repeat(29_999)}{}]`, '30000 of its 30000 entries are no services'],
    [
      'mostly other things',
      [...entries(400), ...Array(500).fill({ id: 'x' })],
      '500 of its 900 entries are no services',
    ],
    ['one entry of a million members', `[{${'"a":1,'.repeat(1e6)}"b":1}]`, 'none of its 1 entries is a service'],
    ['five entries that are none', `[${'{},'.repeat(4)}{}]`, 'none of its 5 entries is a service'],
    ['lists within lists', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, 'not what the protocol says'],
    ['a list that is cut off', JSON.stringify(entries(2_000)).slice(0, -2), 'it is no whole JSON'],
    ['a page', `<html>${'<p>[{}]</p>'.repeat(10_000)}</html>`, 'it is no whole JSON'],
  ])('of %s is an error, asked for once, and the old list stays', async (_, list, why) => {
    await using server = await startListPanel(3);
    await using gateway = await startGateway({ acme: server.panel.url });
    expect((await gateway.ask(SERVICES)).data).toEqual({
      services: { totalCount: 3, nodes: [{ name: 'Service 00000' }] },
    });
    server.lists.list = list;
    expect((await gateway.ask(REFRESH)).data).toEqual({
      refreshServices: [
        { serviceCount: 3, skippedCount: 0, error: `The panel's answer to \`services\` cannot be read (${why}).` },
      ],
    });
    expect(server.panel.callsOf('services')).toHaveLength(2);
    expect((await gateway.ask(SERVICES)).data).toEqual({
      services: { totalCount: 3, nodes: [{ name: 'Service 00000' }] },
    });
  });

  it('that is refused at length is a refusal', async () => {
    await using server = await startListPanel(3);
    await using gateway = await startGateway({ acme: server.panel.url });
    server.lists.list = { error: 'Invalid API key', trace: 'x'.repeat(50_000) };
    expect((await gateway.ask(REFRESH)).data).toMatchObject({
      refreshServices: [{ error: 'The panel refused: Invalid API key' }],
    });
  });

  it('with a category of combining marks loses that entry, and with names of them loses nothing', async () => {
    await using server = await startListPanel(3);
    await using gateway = await startGateway({ acme: server.panel.url });
    server.lists.list = [
      ...entries(20),
      serviceEntry(20, { category: `a${marks(500_000)}` }),
      ...Array.from({ length: 500 }, (_, at) => serviceEntry(100 + at, { name: `é${marks(800)} ${at}` })),
    ];
    expect((await gateway.ask(REFRESH)).data).toMatchObject({
      refreshServices: [{ serviceCount: 520, skippedCount: 1, error: null }],
    });
    expect((await gateway.ask('{ services(search: "e 17") { totalCount } }')).errors).toBeUndefined();
  });
});

describe('a search', () => {
  it('has 200 characters at most', async () => {
    await using server = await startListPanel(3);
    await using gateway = await startGateway({ acme: server.panel.url });
    const search = (text: string) =>
      gateway.ask('query ($text: String) { services(search: $text) { totalCount } }', { text });
    expect(await search('a '.repeat(100))).toEqual({ data: { services: { totalCount: 3 } } });
    for (const text of ['a '.repeat(101), marks(480_000), ' .'.repeat(225_000)]) {
      expect((await search(text)).errors).toMatchObject([
        {
          message: `search: At most 200 characters are allowed (limits.searchLength); this search has ${text.length}. Search for fewer or shorter words.`,
          extensions: { code: 'INVALID_INPUT' },
        },
      ]);
    }
  });

  it.each(['categories', 'types', 'panels'])('names so many %s as one list may hold', async (name) => {
    await using server = await startListPanel(3);
    await using gateway = await startGateway({ acme: server.panel.url });
    const value = { categories: 'First Category', types: 'DEFAULT', panels: 'Panel:acme' }[name];
    const ask = (count: number) =>
      gateway.ask('query ($filter: ServiceFilter) { services(filter: $filter) { totalCount } }', {
        filter: { [name]: Array.from({ length: count }, () => value) },
      });
    expect(await ask(1_000)).toEqual({ data: { services: { totalCount: 3 } } });
    expect((await ask(1_001)).errors).toMatchObject([
      { message: expect.stringContaining(`filter.${name}: At most 1000`), extensions: { code: 'INVALID_INPUT' } },
    ]);
  });

  it('sorts and searches sixty times in one request', async () => {
    await using server = await startListPanel(2_000);
    await using gateway = await startGateway({ acme: server.panel.url });
    const fields = ['NAME', 'RATE', 'MIN', 'RELEVANCE'].flatMap((field) =>
      Array.from(
        { length: 15 },
        (_, at) => `${field}${at}: services(search: "service ${at % 10}", orderBy: { field: ${field} }) { totalCount }`,
      ),
    );
    const { data, errors } = await gateway.ask(`{ ${fields.join('\n')} }`);
    expect(errors).toBeUndefined();
    const counts = Object.values(data ?? {}).map((found) => (found as { totalCount: number }).totalCount);
    const holding = (digit: number): number =>
      entries(2_000).filter((entry) => (entry as { name: string }).name.includes(`${digit}`)).length;
    expect(counts).toEqual(Array.from({ length: 60 }, (_, at) => holding((at % 15) % 10)));
  });
});
