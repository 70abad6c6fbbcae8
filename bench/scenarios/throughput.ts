/** What the scenarios under full load have in common: every server in turn, as often as asked, the median of each. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchAnswer, type LoadRequest, type LoadResult, runLoad } from '../load.ts';
import { type PanelSettings, startPanel } from '../panel-control.ts';
import { type Findings, median, type RunOptions, round } from '../scenario.ts';
import { SERVER_TITLES, type Server, type ServerName, startServer } from '../servers.ts';

export interface Throughput {
  readonly servers: readonly ServerName[];
  readonly panel: PanelSettings;
  readonly connections: number;
  readonly requests: (server: ServerName) => readonly LoadRequest[];
  readonly expect: (server: ServerName) => string;
  /** Look-ups in one request. Default 1. */
  readonly lookupsARequest?: number;
  /** What the echo answers, to the bytes: the gateway's answer to this request. Needed where it takes part. */
  readonly echoes?: LoadRequest;
}

export interface Figures {
  readonly lookupsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly callsALookup: number;
  readonly errors: number;
  /** Processor time of the server. */
  readonly cpuMicrosALookup: number;
}

const FIRST_WARMUP_SECONDS = 2;
const WARMUP_SECONDS = 0.7;

export async function measureThroughput(
  what: Throughput,
  options: RunOptions,
): Promise<ReadonlyMap<ServerName, Figures>> {
  await using panel = await startPanel(what.panel);
  await using servers = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'panelgraph-bench-'));
  servers.defer(() => rm(folder, { recursive: true, force: true }));
  const answerFile = join(folder, 'answer.json');
  const measured = new Map<Server, Figures[]>();
  for (const name of options.isProfile ? (['panelgraph'] as const) : what.servers) {
    const server = await startServer(name, {
      panelUrl: panel.url,
      nodeArgs: name === 'panelgraph' ? options.gatewayArgs : [],
      ...(name === 'echo' ? { env: { ANSWER_FILE: answerFile } } : {}),
    });
    measured.set(servers.use(server), []);
    if (name === 'panelgraph' && what.echoes) await writeFile(answerFile, await fetchAnswer(server, what.echoes));
  }
  for (let run = 0; run < (options.isProfile ? 1 : options.runs); run += 1) {
    for (const [server, figures] of measured) {
      const result = await runLoad(
        {
          origin: new URL(server.url).origin,
          requests: what.requests(server.name),
          expect: what.expect(server.name),
          draw: 'by-chance',
          connections: what.connections,
          warmupSeconds: run === 0 ? FIRST_WARMUP_SECONDS : WARMUP_SECONDS,
          seconds: options.seconds,
          seed: run + 1,
        },
        { panel, pid: server.pid },
      );
      if (result.firstError) console.error(`  ${server.name}: ${result.firstError}`);
      figures.push(toFigures(result, what.lookupsARequest ?? 1));
    }
  }
  return new Map([...measured].map(([server, figures]) => [server.name, medians(figures)]));
}

function toFigures(result: LoadResult, lookups: number): Figures {
  return {
    lookupsPerSecond: result.perSecond * lookups,
    p50: result.p50,
    p99: result.p99,
    callsALookup: (result.panel.counts['status'] ?? 0) / (result.answered * lookups),
    errors: result.errors,
    cpuMicrosALookup: (result.cpuMs * 1000) / (result.answered * lookups),
  };
}

function medians(runs: readonly Figures[]): Figures {
  const of = (read: (figures: Figures) => number): number => median(runs.map(read));
  return {
    lookupsPerSecond: of((run) => run.lookupsPerSecond),
    p50: of((run) => run.p50),
    p99: of((run) => run.p99),
    callsALookup: of((run) => run.callsALookup),
    cpuMicrosALookup: of((run) => run.cpuMicrosALookup),
    // Not the median: one error is too many.
    errors: runs.reduce((sum, run) => sum + run.errors, 0),
  };
}

/** The table and the picture; ratios to `base`. */
export function describeThroughput(
  measured: ReadonlyMap<ServerName, Figures>,
  { base, title }: { base: ServerName; title: string },
): Omit<Findings, 'targets'> {
  const unit = measured.get(base)?.lookupsPerSecond ?? Number.NaN;
  const rows = [...measured].map(([name, figures]) => [
    SERVER_TITLES[name],
    round(figures.lookupsPerSecond),
    round(figures.lookupsPerSecond / unit),
    round(figures.cpuMicrosALookup),
    round(figures.p50),
    round(figures.p99),
    figures.callsALookup === 0 ? '0' : figures.callsALookup.toFixed(4),
    String(figures.errors),
  ]);
  return {
    columns: [
      'server',
      'look-ups/s',
      'ratio',
      'CPU µs a look-up',
      'p50 ms',
      'p99 ms',
      'panel calls a look-up',
      'errors',
    ],
    rows,
    chart: {
      title,
      bars: [...measured].map(([name, { lookupsPerSecond }]) => ({
        label: SERVER_TITLES[name],
        value: lookupsPerSecond,
        text: `${round(lookupsPerSecond)}/s (${round(lookupsPerSecond / unit)})`,
      })),
    },
  };
}

export function ratio(measured: ReadonlyMap<ServerName, Figures>, server: ServerName, to: ServerName): number {
  return (measured.get(server)?.lookupsPerSecond ?? Number.NaN) / (measured.get(to)?.lookupsPerSecond ?? Number.NaN);
}
