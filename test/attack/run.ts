/** `npm run test:attack`: every attack on a gateway of any checkout, with its figures. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type AttackFigures, findExcess, runAttack } from './attack-run.ts';
import { ATTACKS } from './cases/index.ts';
import { Stand } from './stand/stand.ts';

const USAGE = `npm run test:attack -- [--checkout DIR] [--kind ${Object.keys(ATTACKS).join('|')}] [--only TEXT] [--heap 1024] [--patience 20000] [--store URL] [--fresh] [--list]
  --checkout  the sources to attack, so that two of them can be compared; by default these
  --only      only cases whose names hold the text
  --heap      the gateway's heap in MB
  --patience  how long an answer is waited for, in ms
  --fresh     a new process for each case`;

const WIDTHS = [60, 8, 18, 11, 8, 8, 8, 6, 6];
const row = (cells: readonly string[]): string =>
  cells.map((cell, at) => (at === 0 || at === 2 ? cell.padEnd(WIDTHS[at]!) : cell.padStart(WIDTHS[at]!))).join(' ');
const HEADINGS = row(['', 'status', 'codes', 'bytes', 'ms', 'cpu ms', 'wait ms', '+MB', 'calls']);

const { values } = parseArgs({
  options: {
    checkout: { type: 'string', default: fileURLToPath(new URL('../..', import.meta.url)) },
    kind: { type: 'string' },
    only: { type: 'string', default: '' },
    heap: { type: 'string', default: '1024' },
    patience: { type: 'string', default: '20000' },
    store: { type: 'string' },
    fresh: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) console.log(USAGE);
else await main();

async function main(): Promise<void> {
  const kinds = Object.entries(ATTACKS).filter(([kind]) => values.kind === undefined || kind === values.kind);
  const chosen = kinds.map(
    ([kind, attacks]) => [kind, attacks.filter(({ name }) => name.includes(values.only))] as const,
  );
  if (values.list) {
    for (const [kind, attacks] of chosen) for (const { name } of attacks) console.log(`${kind.padEnd(14)} ${name}`);
    return;
  }
  await using stand = await Stand.open({
    checkout: values.checkout,
    heapMb: Number(values.heap),
    patienceMs: Number(values.patience),
    ...(values.store !== undefined && { store: values.store }),
  });
  console.log(HEADINGS);
  let faults = 0;
  for (const [kind, attacks] of chosen) {
    if (attacks.length > 0) console.log(kind);
    for (const attack of attacks) {
      if (values.fresh) await stand.restart();
      const figures = await runAttack(stand, attack);
      const fault = figures.fault ?? findExcess(figures, attack);
      console.log(describe({ ...figures, fault }));
      if (fault !== null) faults += 1;
    }
  }
  console.log(`${faults} not as expected`);
  if (faults > 0) process.exitCode = 1;
}

function describe(figures: AttackFigures): string {
  const { name, statuses, codes, answerBytes, ms, cpuMs, longestWaitMs, grownMb, panelCalls, fault } = figures;
  const cells = [
    name,
    statuses.map((status) => status ?? 'none').join(),
    codes.join().replaceAll('INTERNAL_SERVER_ERROR', 'INTERNAL!'),
    String(answerBytes),
    ms.toFixed(0),
    String(cpuMs),
    longestWaitMs === null ? '-' : longestWaitMs.toFixed(0),
    String(grownMb ?? '?'),
    String(panelCalls),
  ];
  return row(cells) + (fault === null ? '' : `\n    NOT AS EXPECTED ${fault}`);
}
