import { setTimeout as sleep } from 'node:timers/promises';
import { fetchAnswer, type LoadResult, runLoad } from '../load.ts';
import { askList, askOrder, goodOrder, numbersFrom } from '../operations.ts';
import { startPanel } from '../panel-control.ts';
import { atLeast, atMost, type Findings, type RunOptions, round, type Scenario, type Target } from '../scenario.ts';
import { SERVER_TITLES, type Server, type ServerName, startServer } from '../servers.ts';

const CALLS_PER_SECOND = 10;
const IDS_A_CALL = 100;
const ALLOWED = CALLS_PER_SECOND * IDS_A_CALL;
const CLIENTS = 400;
const SECONDS = 10;
/** The time in which all is under way, and a limit that nobody has told is found. */
const WARMUP_SECONDS = 4;
/** So many that no client meets an order twice while it is remembered. */
const REQUESTS_A_CLIENT = 60;
const LISTS = 10;
const IDS_A_LIST = 1000;

interface Case {
  readonly server: ServerName;
  readonly label: string;
  readonly requestsPerSecond?: number;
  readonly refuseWith?: '429' | 'text';
  /** One more client asks for ten lists of 1,000 ids at once. */
  readonly withLists?: boolean;
}

const GATEWAY = SERVER_TITLES.panelgraph;

const CASES: readonly Case[] = [
  { server: 'panelgraph', label: `${GATEWAY}, limit configured`, requestsPerSecond: CALLS_PER_SECOND },
  {
    server: 'panelgraph',
    label: `${GATEWAY}, limit configured, and ten lists`,
    requestsPerSecond: CALLS_PER_SECOND,
    withLists: true,
  },
  { server: 'panelgraph', label: `${GATEWAY}, limit learned (429)` },
  { server: 'panelgraph', label: `${GATEWAY}, limit learned (text)`, refuseWith: 'text' },
  { server: 'panelgraph', label: `${GATEWAY}, limit learned (429), and ten lists`, withLists: true },
  { server: 'yoga', label: SERVER_TITLES.yoga },
];

interface Measured extends Case {
  readonly result: LoadResult;
  readonly lists: string;
}

export const panelLimit: Scenario = {
  name: 'panel-limit',
  title: "Status look-ups under a panel's limit",
  about:
    '400 clients, each with one look-up under way, an order of their own each time; the panel lets 10 calls pass in any one second, takes up to 100 ids a call and is 150 ms away: 1,000 look-ups a second, p50 0.4 s, is all that there is to have. Four seconds to settle, then ten that count. "Ten lists" are ten requests of 1,000 ids by one more client, all at once: they may be told RATE_LIMITED.',
  async run(options) {
    const measured: Measured[] = [];
    for (const each of options.isProfile ? CASES.slice(0, 1) : CASES) measured.push(await measureCase(each, options));
    return describe(measured);
  },
};

async function measureCase(each: Case, options: RunOptions): Promise<Measured> {
  await using panel = await startPanel({
    latencyMs: 150,
    callsPerSecond: CALLS_PER_SECOND,
    ...(each.refuseWith ? { refuseWith: each.refuseWith } : {}),
  });
  const { requestsPerSecond } = each;
  await using server = await startServer(each.server, {
    panelUrl: panel.url,
    panelSettings: requestsPerSecond === undefined ? {} : { requestsPerSecond },
    nodeArgs: each.server === 'panelgraph' ? options.gatewayArgs : [],
  });
  const lists = each.withLists ? askLists(server) : Promise.resolve('');
  const result = await runLoad(
    {
      origin: server.url,
      requests: numbersFrom(1, CLIENTS * REQUESTS_A_CLIENT).map((number) => askOrder(each.server, number)),
      draw: 'own-share',
      expect: goodOrder(each.server),
      connections: CLIENTS,
      warmupSeconds: WARMUP_SECONDS,
      seconds: SECONDS,
      seed: 1,
    },
    { panel, pid: server.pid },
  );
  // A peer that does not know the limit fails most of what it is asked: no news.
  if (result.firstError && each.server === 'panelgraph') console.error(`  ${each.label}: ${result.firstError}`);
  return { ...each, result, lists: await lists };
}

/** In the middle of the seconds that count. Tells how many were answered, and how many were told to wait. */
async function askLists(server: Server): Promise<string> {
  await sleep((WARMUP_SECONDS + 2) * 1000);
  const answers = await Promise.all(
    numbersFrom(0, LISTS).map((at) =>
      fetchAnswer(server, askList(numbersFrom(100_000 + at * IDS_A_LIST, IDS_A_LIST))).catch(String),
    ),
  );
  const isLimited = (answer: string): boolean => answer.includes('RATE_LIMITED');
  const isWhole = (answer: string): boolean => answer.split(goodOrder('panelgraph')).length - 1 === IDS_A_LIST;
  return `${answers.filter(isWhole).length} whole, ${answers.filter(isLimited).length} limited`;
}

function describe(measured: readonly Measured[]): Findings {
  return {
    columns: ['server', 'look-ups/s', 'of the limit', 'p50 ms', 'p99 ms', 'refused in 10 s', 'errors', 'ten lists'],
    rows: measured.map(({ label, result, lists }) => [
      label,
      round(result.perSecond),
      round(result.perSecond / ALLOWED),
      round(result.p50),
      round(result.p99),
      String(refusals(result)),
      String(result.errors),
      lists || '-',
    ]),
    chart: {
      title: "Look-ups a second under a panel's limit of 1,000",
      bars: [
        ...measured.map(({ label, result: { perSecond } }) => ({ label, value: perSecond, text: round(perSecond) })),
        { label: 'what the panel allows', value: ALLOWED, text: round(ALLOWED) },
      ],
    },
    targets: measured.filter(({ server }) => server === 'panelgraph').flatMap((each) => targetsOf(each, measured)),
  };
}

function targetsOf({ label, withLists, requestsPerSecond, result }: Measured, all: readonly Measured[]): Target[] {
  const name = label.replace(`${GATEWAY}, `, '');
  if (withLists) {
    const without = all.find((each) => !each.withLists && each.requestsPerSecond === requestsPerSecond)!;
    return [
      atMost(`${name}: times the p99 without them`, result.p99 / without.result.p99, 3),
      atMost(`${name}: errors of the others`, result.errors, 0),
    ];
  }
  return [
    atLeast(`${name}: look-ups/s`, result.perSecond, 850),
    atMost(`${name}: refused calls`, refusals(result), 3),
    atMost(`${name}: p99`, result.p99, 1200, ' ms'),
    atMost(`${name}: errors`, result.errors, 0),
  ];
}

const refusals = ({ panel }: LoadResult): number => panel.counts['refused'] ?? 0;
