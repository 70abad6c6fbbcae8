/** `npm run test:crash`: the whole harness, with its figures. Ends with 1 where a promise was broken. */
import { parseArgs } from 'node:util';
import { startPostgres } from '../support/postgres.ts';
import { type CrashFigures, type CrashRunOptions, type RoundFigures, runCrashes } from './crash-run.ts';
import { sumUp } from './sum-up.ts';

const USAGE =
  'npm run test:crash -- [--rounds 50] [--orders 100] [--add-concurrency 8] [--seed N] [--store sqlite|postgres]';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    orders: { type: 'string', default: '100' },
    // More than a gateway allows by itself: each order waits less, and more of them are cut off.
    'add-concurrency': { type: 'string', default: '8' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    store: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) console.log(USAGE);
else await main();

async function main(): Promise<void> {
  const common = {
    rounds: Number(values.rounds),
    ordersPerRound: Number(values.orders),
    addConcurrency: Number(values['add-concurrency']),
    seed: Number(values.seed),
    onRound: (figures: RoundFigures) => console.log(describeRound(figures)),
  };
  console.log(`Seed ${common.seed}: the same one draws the same moments.`);
  if (values.store !== 'postgres') await run('SQLite, one gateway', { ...common, store: 'sqlite', gateways: 1 });
  if (values.store === 'sqlite') return;
  await using postgres = await startPostgres();
  const store = (await postgres.createDatabase()) as `postgres${string}`;
  await run('PostgreSQL, three gateways of which one is killed', { ...common, store, gateways: 3 });
}

async function run(title: string, options: CrashRunOptions): Promise<void> {
  console.log(`\n${title}: ${options.rounds} rounds of ${options.ordersPerRound} orders`);
  const startedAt = performance.now();
  const figures = await runCrashes(options);
  console.log(describe(figures, Math.round((performance.now() - startedAt) / 1000)));
  if (figures.violations.length > 0 || figures.logged.length > 0) process.exitCode = 1;
}

function describeRound(round: RoundFigures): string {
  return [
    `  ${String(round.round).padStart(3)}: killed after ${String(round.killedAfterMs).padStart(4)} ms`,
    `${round.atPanelWhenKilled} at the panel`,
    `${round.placed} placed`,
    `${round.rejected} rejected`,
    `${round.unknown} unknown (${round.unknownByKill} by the kill)`,
    `${round.retried} tried again`,
    `settled after ${round.settledAfterMs} ms`,
    ...(round.killedTwice ? ['killed twice'] : []),
    ...round.violations.map((violation) => `\n       WRONG ${violation}`),
  ].join(', ');
}

function describe({ rounds, logged, violations }: CrashFigures, seconds: number): string {
  const sums = sumUp(rounds);
  return [
    ...Object.entries(sums).map(([name, value]) => `  ${name.padEnd(44)} ${value}`),
    `  ${'errors that the gateways logged'.padEnd(44)} ${logged.length}`,
    `  ${'broken promises'.padEnd(44)} ${violations.length}`,
    `  ${'seconds'.padEnd(44)} ${seconds}`,
    ...violations.slice(0, 50).map((violation) => `  WRONG ${violation}`),
    ...logged.slice(0, 20).map((line) => `  logged: ${line}`),
  ].join('\n');
}
