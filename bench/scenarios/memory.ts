import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type HoldJob, holdConnections, type LoadRequest } from '../load.ts';
import { askOrder, goodOrder, numbersFrom, watchOrder } from '../operations.ts';
import { startPanel } from '../panel-control.ts';
import { type Findings, round, type Scenario } from '../scenario.ts';
import { SERVER_TITLES, type Server, type ServerName, startServer } from '../servers.ts';

const CONNECTIONS = 1000;
/** Held and let go before, so that what a server needs once does not count. */
const WARMUP_CONNECTIONS = 200;
const SETTLE_MS = 700;

interface Held {
  readonly label: string;
  readonly startKilobytes: number;
  readonly kilobytes: number;
}

export const memory: Scenario = {
  name: 'memory',
  title: 'Memory for each connection',
  about: `The resident memory that ${CONNECTIONS.toLocaleString('en-US')} more connections cost, garbage collected before and after: kept connections that have asked once and are idle, and subscribers of one order each over Server-Sent Events.`,
  async run() {
    await using panel = await startPanel({ latencyMs: 5 });
    const held: Held[] = [];
    for (const name of ['panelgraph', 'yoga', 'mercurius'] as const) {
      await using server = await startMeasured(name, panel.url);
      held.push(await measure(server, `${SERVER_TITLES[name]}, idle connection`, idleConnections(server)));
    }
    await using server = await startMeasured('panelgraph', panel.url);
    held.push(await measure(server, `${SERVER_TITLES.panelgraph}, subscriber`, subscribers(server)));
    return describeHeld(held);
  },
};

type Connections = (count: number) => HoldJob;

const idleConnections =
  ({ name, url }: Server): Connections =>
  (count) => ({
    origin: new URL(url).origin,
    requests: numbersFrom(1, count).map((number): LoadRequest => askOrder(name, number)),
    accept: 'application/json',
    expect: goodOrder(name),
  });

const subscribers =
  ({ url }: Server): Connections =>
  (count) => ({
    origin: new URL(url).origin,
    requests: numbersFrom(1, count).map(watchOrder),
    accept: 'text/event-stream',
    expect: goodOrder('panelgraph'),
  });

function startMeasured(name: ServerName, panelUrl: string): Promise<Server> {
  const probe = join(import.meta.dirname, '../collect-garbage.ts');
  return startServer(name, { panelUrl, nodeArgs: ['--expose-gc', '--import', probe] });
}

async function measure({ pid }: Server, label: string, connections: Connections): Promise<Held> {
  await (await holdConnections(connections(WARMUP_CONNECTIONS)))[Symbol.asyncDispose]();
  const startKilobytes = await readResidentKilobytes(pid);
  await using _held = await holdConnections(connections(CONNECTIONS));
  return { label, startKilobytes, kilobytes: ((await readResidentKilobytes(pid)) - startKilobytes) / CONNECTIONS };
}

async function readResidentKilobytes(pid: number): Promise<number> {
  process.kill(pid, 'SIGUSR2');
  await sleep(SETTLE_MS);
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout);
}

function describeHeld(held: readonly Held[]): Findings {
  return {
    columns: ['server', 'KB a connection', 'MB before'],
    rows: held.map(({ label, kilobytes, startKilobytes }) => [label, round(kilobytes), round(startKilobytes / 1024)]),
    chart: {
      title: 'Memory for each connection, KB (less is better)',
      bars: held.map(({ label, kilobytes }) => ({ label, value: kilobytes, text: `${round(kilobytes)} KB` })),
    },
    targets: [],
  };
}
