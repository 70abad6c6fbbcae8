/** bench/RESULTS.md: what came out, how it was measured and on what. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeMachine } from './machine.ts';
import type { Options } from './options.ts';
import { drawCharts } from './picture.ts';
import type { Findings, Scenario } from './scenario.ts';

export type Found = readonly (readonly [Scenario, Findings])[];

/** Writes the page and its picture. */
export async function writeResults(found: Found, options: Options): Promise<void> {
  const page = [
    HEAD,
    ...(await describeMachine()).map((line) => `- ${line}`),
    `- Taken on ${new Date().toISOString().slice(0, 10)}; loads of ${options.seconds} s, the median of ${options.runs}`,
    '',
    '![The same figures as bars](results.svg)',
    ...found.flatMap(([scenario, findings]) => describeScenario(scenario, findings)),
    PEERS,
  ].join('\n');
  await writeFile(join(import.meta.dirname, 'RESULTS.md'), page);
  await writeFile(join(import.meta.dirname, 'results.svg'), drawCharts(found.map(([, { chart }]) => chart)));
}

function describeScenario({ title, name, about }: Scenario, { columns, rows, targets }: Findings): string[] {
  return [
    '',
    `## ${title}`,
    '',
    `\`npm run bench -- --only ${name}\`. ${about}`,
    '',
    ...alignTable(columns, rows),
    ...(targets.length > 0 ? [''] : []),
    ...targets.map(({ what, got, isMet }) => `- ${isMet ? 'Met' : '**Missed**'}: ${what} (${got})`),
  ];
}

/** Figures to the right, as the formatter would have it. */
function alignTable(columns: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map((column, at) => Math.max(3, column.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const align = (cells: readonly string[]): string =>
    line(cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))));
  const rule = line(widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)));
  return [align(columns), rule, ...rows.map(align)];
}

const HEAD = `# Results

Written by \`npm run bench\`, all in one run. Compare the ratios: the figures themselves are those of one machine, where
the server, the panel and the load share the processors.

Every server is a process of its own, asked over HTTP on loopback; one is under load at a time. Panelgraph is started as
a person starts it (\`panelgraph serve\`): every default on, a ledger on disk. The panel is a simple one in a process of
its own, and so is the load: autocannon, or where one thing is asked at a time a client on node:http. "CPU" is the
processor time of the server's process alone, which other work on the machine disturbs least.
`;

const PEERS = `
## The peers

All are in [peers](peers), and call the panel through a kept pool of undici, but for Hive Gateway. They do less than
Panelgraph: one panel, amounts passed on as text, no limits, no metrics, no retries, no ledger.

- **Yoga by hand**: GraphQL Yoga on node:http; a DataLoader for each request, in batches of up to 100 ids.
- **Mercurius**: on Fastify, \`jit: 1\`, the order as one of its own loaders, which batches within a request.
- **Hive Gateway**: as released, with \`--jit\`, one process. Its JSON Schema handler can be made to call a form-POST API:
  the key and the action as \`requestBaseBody\`, a form by the \`content-type\` header ([hive/compose.config.ts](hive/compose.config.ts)).
  It passes the panel's own words on, makes no batches of look-ups, and takes no part where it would need code: in the
  catalogue page and in placing. Its newest dependencies are held back by an \`overrides\` to a set that the npm registry
  can resolve.
- **REST by hand**: node:http, one call of the panel for each order.
- **two durable writes**: node:http and node:sqlite, an order on disk before the call and its number after it, on a
  connection of its own; nothing else.
- **echo**: node:http, \`JSON.parse\` of the request and \`JSON.stringify\` of an answer of the same bytes as Panelgraph's.
`;
