/**
 * A filtered page of 50 of the ledger's history, at a thousand and at a million placements.
 *
 *     node bench/ledger.ts [sqlite] [postgres]
 *
 * Both stores where none is named; PostgreSQL is one that the bench starts and deletes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { findPlacements } from '../src/orders/placing/placement-history.ts';
import type { LedgerStore, PlacementFilter } from '../src/storage/ledger/ledger-store.ts';
import { openDatabase } from '../src/storage/open-database.ts';
import { openLedgerStore } from '../src/storage/open-ledger-store.ts';
import { startPostgres } from '../test/support/postgres.ts';

const FEW = 1_000;
const MANY = 1_000_000;
const RUNS = 200;
const FIRST_INSTANT = Date.UTC(2026, 0, 1);

/** What a frontend asks. Each matches 50 or more of a thousand, so that both ledgers give a whole page. */
const FILTERS: Readonly<Record<string, PlacementFilter>> = {
  'no filter': {},
  'one panel': { panels: ['panel3'] },
  'three panels, two states': { panels: ['panel3', 'panel4', 'panel5'], states: ['UNKNOWN', 'REJECTED'] },
  'one state': { states: ['UNKNOWN'] },
  'orders under way': { statuses: ['PENDING', 'IN_PROGRESS'] },
  'a reference': { reference: 'customer 10' },
  'a span of time': { createdAfter: FIRST_INSTANT + 100, createdBefore: FIRST_INSTANT + 900 },
  'all of these': {
    panels: ['panel3', 'panel4'],
    states: ['PLACED'],
    statuses: ['COMPLETED', 'PENDING'],
    createdAfter: FIRST_INSTANT + 100,
  },
};

/** One placement a millisecond, in a few panels, states and references. */
async function fill(url: string, from: number, to: number): Promise<void> {
  const database = await openDatabase({ url, statementTimeoutMs: 600_000 });
  const numbers = url.startsWith('sqlite:')
    ? sql`(with recursive numbers (n) as (select ${sql.lit(from)} union all select n + 1 from numbers where n < ${sql.lit(to)}) select n from numbers) as numbers`
    : sql`generate_series(${sql.lit(from)}, ${sql.lit(to)}) as numbers (n)`;
  await sql`insert into placements (id, caller, idempotency_key, fingerprint, reference, panel, panel_host, panel_dialect,
      service_number, details, state, order_status, is_retryable, settled_by, order_number, owner, attempt, created_at,
      estimated_amount, estimated_currency)
    select 'id' || n, 'local', 'key' || n, 'fingerprint-of-the-same-length-as-a-real-one-',
      case when n % 10 = 0 then 'customer ' || (n % 20) end, 'panel' || (n % 7), 'panel.example', 'standard', '1448',
      '{"default":{"link":"https://example.com/some/page","quantity":1000}}',
      case when n % 10 = 7 then 'UNKNOWN' when n % 20 = 3 then 'REJECTED' else 'PLACED' end,
      case when n % 10 = 7 or n % 20 = 3 then '' when n % 20 = 1 then 'PENDING' when n % 20 = 2 then 'IN_PROGRESS'
        when n % 9 = 0 then 'PARTIAL' else 'COMPLETED' end,
      0, 'panel', case when n % 10 = 7 or n % 20 = 3 then null else 'o' || n end, 'owner', 1,
      ${sql.lit(FIRST_INSTANT)} + n, '0.27819', 'USD'
    from ${numbers}`.execute(database.db);
  await sql.raw('analyze').execute(database.db);
  await database.close();
}

interface Times {
  /** Milliseconds, the median. */
  readonly first: number;
  /** A page that begins somewhere in the list. */
  readonly inside: number;
  readonly count: number;
}

async function measure(store: LedgerStore, filter: PlacementFilter): Promise<Times> {
  const firstPage = await findPlacements(store, filter, { first: 50 });
  const after = firstPage.pageInfo.endCursor;
  return {
    first: await median(RUNS, () => findPlacements(store, filter, { first: 50 })),
    inside: await median(RUNS, () => findPlacements(store, filter, { first: 50, after })),
    count: await median(5, () => store.placements.countPlacements(filter)),
  };
}

async function median(runs: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  times.sort((left, right) => left - right);
  return times[Math.floor(times.length / 2)] ?? Number.NaN;
}

async function measureAll(url: string): Promise<Map<string, Times>> {
  await using store = await openLedgerStore({ url });
  const times = new Map<string, Times>();
  for (const [name, filter] of Object.entries(FILTERS)) times.set(name, await measure(store, filter));
  return times;
}

async function compare(name: string, url: string): Promise<void> {
  await fill(url, 1, FEW);
  const few = await measureAll(url);
  const started = performance.now();
  await fill(url, FEW + 1, MANY);
  console.log(`\n${name}: ${MANY} placements written in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  const many = await measureAll(url);
  console.table(
    Object.fromEntries(
      Array.from(few, ([filter, small]) => {
        const large = many.get(filter) ?? small;
        return [
          filter,
          {
            [`page at ${FEW} (ms)`]: round(small.first),
            [`page at ${MANY} (ms)`]: round(large.first),
            ratio: round(large.first / small.first),
            [`next page at ${MANY} (ms)`]: round(large.inside),
            [`totalCount at ${MANY} (ms)`]: round(large.count),
          },
        ];
      }),
    ),
  );
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

const wanted = process.argv.slice(2);
const isWanted = (store: string): boolean => wanted.length === 0 || wanted.includes(store);

if (isWanted('sqlite')) {
  const directory = mkdtempSync(join(tmpdir(), 'panelgraph-bench-'));
  try {
    await compare('SQLite', `sqlite:${join(directory, 'ledger.db')}`);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
if (isWanted('postgres')) {
  await using postgres = await startPostgres();
  await compare('PostgreSQL', await postgres.createDatabase());
}
