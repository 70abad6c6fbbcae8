/** What a quiet server adds to the panel's own time: to a look-up, and to an order. */
import { askOrder, askPanel, goodOrder, placeOrder } from '../operations.ts';
import { atMost, type Findings, round, type Scenario } from '../scenario.ts';
import { SERVER_TITLES, type ServerName } from '../servers.ts';
import { timeDurableInsert } from './durable-insert.ts';
import { type Added, measureTurns } from './turns.ts';

export const idle: Scenario = {
  name: 'idle',
  title: 'Quiet: one look-up at a time',
  about:
    'Another order each time, so that nothing is remembered; before each the panel, 5 ms away, is asked the same directly. What counts is the difference.',
  async run(options) {
    const measured = await measureTurns(
      {
        servers: ['panelgraph', 'yoga', 'mercurius', 'hive', 'rest'],
        panel: { latencyMs: 5 },
        count: 250,
        request: askOrder,
        direct: (at) => askPanel({ action: 'status', order: String(at) }),
        expect: goodOrder,
        expectDirect: 'In progress',
      },
      options,
    );
    return describeAdded(measured, { title: 'Added to a look-up, ms at p50 (less is better)', mostMs: 1.5 });
  },
};

export const placing: Scenario = {
  name: 'placing',
  title: 'Placing orders, one at a time',
  about:
    '`addOrder` with its record on disk before and after the call (the GraphQL peers keep none); before each the panel, 5 ms away, takes an order directly. What counts is the difference.',
  async run(options) {
    const measured = await measureTurns(
      {
        servers: ['panelgraph', 'yoga', 'mercurius', 'durable'],
        panel: { latencyMs: 5 },
        count: 250,
        request: placeOrder,
        direct: (at) => askPanel({ action: 'add', service: '1', link: `https://example.com/${at}`, quantity: '100' }),
        expect: (server) => (server === 'panelgraph' ? '"AddOrderSuccess"' : '"addOrder":"'),
        expectDirect: '"order":',
      },
      options,
    );
    const findings = describeAdded(measured, { title: 'Added to an order, ms at p50 (less is better)', mostMs: 2 });
    const write = round(await timeDurableInsert());
    return {
      ...findings,
      rows: [...findings.rows, ['one durable insert of node:sqlite, for comparison', write, '-', '-', write, '0']],
    };
  },
};

function describeAdded(
  measured: ReadonlyMap<ServerName, Added>,
  { title, mostMs }: { title: string; mostMs: number },
): Findings {
  const rows = [...measured].map(([name, { server, direct }]) => ({
    label: SERVER_TITLES[name],
    value: server.p50 - direct.p50,
    cells: [server.p50, server.p99, direct.p50, server.p50 - direct.p50].map(round),
    errors: server.errors,
  }));
  const { server, direct } = measured.get('panelgraph')!;
  return {
    columns: ['server', 'p50 ms', 'p99 ms', 'panel itself p50', 'added p50', 'errors'],
    rows: rows.map(({ label, cells, errors }) => [label, ...cells, String(errors)]),
    chart: { title, bars: rows.map(({ label, value }) => ({ label, value, text: `${round(value)} ms` })) },
    targets: [
      atMost('added at p50', server.p50 - direct.p50, mostMs, ' ms'),
      atMost('errors', server.errors + direct.errors, 0),
    ],
  };
}
