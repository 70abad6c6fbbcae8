import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createChangingOrders, underWay } from '../support/changing-orders.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { ADD_ORDERS, type AddOrderAnswer, addOrder, orderInput } from '../support/orders.ts';
import { type ScriptedPanel, startScriptedPanel } from '../support/scripted-panel.ts';

/** What the tests read of each placement. */
interface Entry {
  readonly id: string;
  readonly idempotencyKey: string;
  readonly reference: string | null;
  readonly state: string;
  readonly createdAt: string;
  readonly panel: { readonly id: string };
  readonly order: { readonly status: string } | null;
}

const FIELDS = 'id idempotencyKey reference state createdAt panel { id } order { status }';
const LIST = `query ($filter: PlacementFilter, $first: Int, $after: String, $last: Int, $before: String) {
  placements(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { id } } nodes { ${FIELDS} } } }`;

let panel: ScriptedPanel;
let gateway: TestGateway;
const page = async (variables: object = {}) => {
  const { data, errors } = await gateway.ask(LIST, variables);
  expect(errors).toBeUndefined();
  return data.placements;
};
const idsOf = (entries: readonly { readonly id: string }[]): string[] => entries.map(({ id }) => id);

/** Places on panels `acme` and `bolt`: links `s:<status>` are bought, `no` is refused, `what` is left unknown. */
async function place(count: number, prefix: string): Promise<void> {
  const outcomes = ['s:Pending', 'no', 's:In-progress', 'what', 's:Completed', 's:Partial', 's:Canceled'];
  const inputs = Array.from({ length: count }, (_, index) => ({
    ...orderInput({ link: `${outcomes[index % outcomes.length]}/${prefix}${index}` }),
    serviceId: `Service:${index % 3 === 0 ? 'bolt' : 'acme'}:1`,
    idempotencyKey: `${prefix}-${index}`,
    reference: index % 5 === 0 ? null : `customer ${index % 5}`,
  }));
  // One after another in part, so that their instants differ.
  for (let start = 0; start < count; start += 10) {
    const { data } = await gateway.ask(ADD_ORDERS, { inputs: inputs.slice(start, start + 10) });
    expect(data.addOrders.every((answer: AddOrderAnswer) => answer.__typename !== 'InvalidInput')).toBe(true);
  }
}

beforeAll(async () => {
  const orders = createChangingOrders(
    {},
    {
      add: ({ link = '' }) => {
        if (link.startsWith('no')) return { error: 'Incorrect link' };
        if (link.startsWith('what')) return '';
        const number = `o-${orders.states.size + 1}`;
        orders.states.set(number, underWay(1, { status: /^s:([^/]+)/.exec(link)?.[1]?.replace('-', ' ') }));
        return { order: number };
      },
    },
  );
  panel = await startScriptedPanel(orders.answer);
  const settings = { url: panel.url, currency: 'USD', breaker: { consecutiveFailures: 1000 } };
  gateway = await startGateway({ acme: settings, bolt: settings }, { tracker: { enabled: false } });
  await place(70, 'seed');
  // Their states are asked for once, so that the ledger knows them.
  await page({ first: 100 });
  await vi.waitFor(async () => {
    const settled = await page({ filter: { statuses: ['COMPLETED', 'CANCELED', 'PARTIAL'] } });
    expect(settled.totalCount).toBe(30);
  });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await panel[Symbol.asyncDispose]();
});

describe('the list of placements', () => {
  it('holds every attempt, newest first, 50 where nothing is said', async () => {
    const all = await page({ first: 5000 });
    expect(all.totalCount).toBe(70);
    expect(new Set(all.nodes.map(({ idempotencyKey }: Entry) => idempotencyKey)).size).toBe(70);
    const times = all.nodes.map(({ createdAt }: Entry) => Date.parse(createdAt));
    expect(times).toEqual([...times].sort((left, right) => right - left));
    expect(all.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
    const some = await page();
    expect(idsOf(some.nodes)).toEqual(idsOf(all.nodes.slice(0, 50)));
    expect(some).toMatchObject({ totalCount: 70, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
  });

  type Filter = Readonly<Record<string, unknown>>;
  const FILTERS: readonly (readonly [Filter, (entry: Entry) => boolean])[] = [
    [{ reference: 'customer 2' }, ({ reference }) => reference === 'customer 2'],
    [{ reference: 'customer' }, () => false],
    [{ panels: ['Panel:bolt'] }, (entry) => entry.panel.id === 'Panel:bolt'],
    [{ panels: ['Panel:bolt', 'Panel:gone'] }, (entry) => entry.panel.id === 'Panel:bolt'],
    [{ panels: ['Panel:acme', 'Panel:bolt'] }, () => true],
    [{ states: ['UNKNOWN'] }, ({ state }) => state === 'UNKNOWN'],
    [{ states: ['REJECTED', 'UNKNOWN'] }, ({ state }) => state !== 'PLACED'],
    [{ statuses: ['COMPLETED'] }, ({ order }) => order?.status === 'COMPLETED'],
    [
      { statuses: ['PENDING', 'IN_PROGRESS'] },
      ({ order }) => order?.status === 'PENDING' || order?.status === 'IN_PROGRESS',
    ],
    [{ states: ['UNKNOWN'], statuses: ['COMPLETED'] }, () => false],
    [
      { reference: 'customer 1', panels: ['Panel:acme'], states: ['PLACED'], statuses: ['PARTIAL', 'CANCELED'] },
      (entry) =>
        entry.reference === 'customer 1' &&
        entry.panel.id === 'Panel:acme' &&
        ['PARTIAL', 'CANCELED'].includes(entry.order?.status ?? ''),
    ],
    [{ panels: [] }, () => false],
    [{ states: [] }, () => false],
    [{}, () => true],
  ];
  it.each(FILTERS)('narrows to what fits %j, and counts that', async (filter, fits) => {
    const all: Entry[] = (await page({ first: 100 })).nodes;
    const found = await page({ first: 100, filter });
    expect(idsOf(found.nodes)).toEqual(idsOf(all.filter(fits)));
    expect(found.totalCount).toBe(found.nodes.length);
  });

  it('narrows to a span of time, without its ends', async () => {
    const all: Entry[] = (await page({ first: 100 })).nodes;
    const [newer, older] = [all[15]!.createdAt, all[55]!.createdAt];
    const found = await page({ first: 100, filter: { createdAfter: older, createdBefore: newer } });
    expect(idsOf(found.nodes)).toEqual(idsOf(all.filter(({ createdAt }) => createdAt > older && createdAt < newer)));
    expect(found.nodes.length).toBeGreaterThan(10);
    expect((await page({ filter: { createdAfter: newer, createdBefore: older } })).totalCount).toBe(0);
  });

  it.each([
    ['forwards, while more are placed,', 'first', 'after', 'endCursor', 'hasNextPage'],
    ['backwards', 'last', 'before', 'startCursor', 'hasPreviousPage'],
  ])('is paged %s without gap or double', async (_direction, size, from, cursor, more) => {
    const filter = { panels: ['Panel:acme'], states: ['PLACED', 'REJECTED'] };
    const before = idsOf((await page({ first: 100, filter })).nodes);
    const pages: string[][] = [];
    let place: string | null = null;
    for (;;) {
      const found: { nodes: Entry[]; pageInfo: Record<string, never> } = await page({
        filter,
        [size]: 7,
        [from]: place,
      });
      pages.push(idsOf(found.nodes));
      if (size === 'first') await addOrder(gateway, { link: `s:Pending/between-${pages.length}` });
      if (!found.pageInfo[more]) break;
      place = found.pageInfo[cursor]!;
    }
    const seen = size === 'first' ? pages.flat() : pages.reverse().flat();
    expect(seen).toEqual(before);
    expect(pages.length).toBeGreaterThan(3);
  });

  it('stays where it is before a cursor while more are placed', async () => {
    const first = await page({ first: 10 });
    await place(5, `more-${Date.now()}`);
    const second = await page({ first: 10, after: first.pageInfo.endCursor });
    const back = await page({ last: 10, before: second.pageInfo.startCursor });
    expect(idsOf(back.nodes)).toEqual(idsOf(first.nodes));
    expect(back.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    const newest = await page({ before: first.pageInfo.startCursor });
    expect(newest.nodes).toHaveLength(5);
    const [third, ninth] = [first.edges[2].cursor, first.edges[8].cursor];
    const between = await page({ first: 100, after: third, before: ninth });
    expect(idsOf(between.nodes)).toEqual(idsOf(first.nodes.slice(3, 8)));
  });

  it('refuses cursors of another list and what is none', async () => {
    const services = await gateway.ask('{ services(first: 1) { pageInfo { endCursor } } }');
    const foreign: string = services.data.services.pageInfo.endCursor;
    for (const [argument, cursor] of [
      ['after', foreign],
      ['before', foreign],
      ['after', 'nonsense'],
      ['after', ''],
    ] as const) {
      const { data, errors } = await gateway.ask(LIST, { first: 1, [argument]: cursor });
      expect(data.placements).toBeNull();
      expect(errors).toMatchObject([
        { path: ['placements'], extensions: { code: 'INVALID_INPUT', issues: [{ path: [argument] }] } },
      ]);
    }
    const own: string = (await page({ first: 1 })).pageInfo.endCursor;
    expect(
      (await gateway.ask('query ($after: String) { services(after: $after) { totalCount } }', { after: own })).errors,
    ).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
  });

  it.each([
    [{ first: -1 }],
    [{ last: 5001 }],
    [{ first: 1, last: 1 }],
    [{ filter: { panels: ['acme'] } }],
    [{ filter: { panels: ['Order:acme:1'] } }],
  ])('refuses %j', async (variables) => {
    const { errors } = await gateway.ask(LIST, variables);
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
  });
});

describe('one placement', () => {
  const ONE = `query ($id: ID, $key: String) { placement(id: $id, idempotencyKey: $key) { ${FIELDS} } }`;

  it('is found by its id, by its key and as a node', async () => {
    const [entry]: Entry[] = (await page({ first: 1, filter: { reference: 'customer 3' } })).nodes;
    expect((await gateway.ask(ONE, { id: entry!.id })).data.placement).toEqual(entry);
    expect((await gateway.ask(ONE, { key: entry!.idempotencyKey })).data.placement).toEqual(entry);
    const node = await gateway.ask(`query ($id: ID!) { node(id: $id) { __typename ... on Placement { ${FIELDS} } } }`, {
      id: entry!.id,
    });
    expect(node.data.node).toEqual({ __typename: 'Placement', ...entry });
  });

  it('is null where there is none', async () => {
    expect(
      (await gateway.ask(ONE, { id: 'Placement:00000000-0000-4000-8000-000000000000' })).data.placement,
    ).toBeNull();
    expect((await gateway.ask(ONE, { key: 'never used' })).data.placement).toBeNull();
  });

  it.each([
    ['both an id and a key', { id: 'Placement:00000000-0000-4000-8000-000000000000', key: 'seed-1' }],
    ['neither', {}],
    ['an id of another type', { id: 'Order:acme:1' }],
    ['an id that is no uuid', { id: 'Placement:1' }],
  ])('is not looked for by %s', async (_name, variables) => {
    const { data, errors } = await gateway.ask(ONE, variables);
    expect(data.placement).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
  });
});
