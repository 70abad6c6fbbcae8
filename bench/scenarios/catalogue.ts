import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchAnswer, type TurnsFigures, takeTurns } from '../load.ts';
import { askServices } from '../operations.ts';
import { startPanel } from '../panel-control.ts';
import { atMost, type Findings, median, type RunOptions, round, type Scenario } from '../scenario.ts';
import { SERVER_TITLES, type ServerName, startServer } from '../servers.ts';

const SERVICES = 5000;
const WARMUP = 15;
const COUNT = 40;

export const catalogue: Scenario = {
  name: 'catalogue',
  title: 'A page of 5,000 services',
  about:
    '5,000 services of eight fields in one answer, one request at a time; every server has the list in memory. The unit is JSON.stringify of the same data; the echo does just that on node:http, so what it needs beyond is the way over HTTP.',
  async run(options) {
    const folder = await mkdtemp(join(tmpdir(), 'panelgraph-bench-'));
    try {
      return await measurePage(options, join(folder, 'answer.json'));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measurePage(options: RunOptions, answerFile: string): Promise<Findings> {
  await using panel = await startPanel({ latencyMs: 5, services: SERVICES });
  const measured = new Map<ServerName, TurnsFigures>();
  let stringifyMs = Number.NaN;
  const names = options.isProfile ? (['panelgraph'] as const) : (['panelgraph', 'yoga', 'mercurius', 'echo'] as const);
  for (const name of names) {
    await using server = await startServer(name, {
      panelUrl: panel.url,
      nodeArgs: name === 'panelgraph' ? options.gatewayArgs : [],
      env: { ANSWER_FILE: answerFile },
    });
    const request = askServices(name, SERVICES);
    if (name === 'panelgraph') {
      const answer = await fetchAnswer(server, request);
      await writeFile(answerFile, answer);
      stringifyMs = timeStringify(JSON.parse(answer));
    }
    const [figures] = await takeTurns({
      warmup: WARMUP,
      targets: [
        { origin: server.url, requests: Array.from({ length: COUNT + WARMUP }, () => request), expect: '"category"' },
      ],
    });
    measured.set(name, figures!);
  }
  return describePage(measured, stringifyMs);
}

function timeStringify(data: unknown): number {
  const times: number[] = [];
  for (let run = 0; run < COUNT + WARMUP; run += 1) {
    const startedAt = performance.now();
    JSON.stringify(data);
    if (run >= WARMUP) times.push(performance.now() - startedAt);
  }
  return median(times);
}

function describePage(measured: ReadonlyMap<ServerName, TurnsFigures>, stringifyMs: number): Findings {
  const wayMs = (measured.get('echo')?.p50 ?? Number.NaN) - stringifyMs;
  const rows = [...measured].map(([name, { p50, errors }]) => ({
    label: SERVER_TITLES[name],
    ratio: (p50 - wayMs) / stringifyMs,
    cells: [p50, p50 / stringifyMs, p50 - wayMs, (p50 - wayMs) / stringifyMs].map(round),
    errors,
  }));
  return {
    columns: ['server', 'p50 ms', 'to JSON.stringify', 'without the way ms', 'to JSON.stringify', 'errors'],
    rows: [
      ['JSON.stringify in process', round(stringifyMs), '1', round(stringifyMs), '1', '0'],
      ...rows.map(({ label, cells, errors }) => [label, ...cells, String(errors)]),
    ],
    chart: {
      title: 'A page of 5,000 services, times JSON.stringify (less is better)',
      bars: rows.map(({ label, ratio }) => ({ label, value: ratio, text: round(ratio) })),
    },
    targets: [
      atMost('times JSON.stringify', rows[0]!.ratio, 4),
      atMost('errors', measured.get('panelgraph')!.errors, 0),
    ],
  };
}
