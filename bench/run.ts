/** `npm run bench`: installs the peers, measures every scenario against them, prints and writes what came out. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPeers } from './install.ts';
import { readOptions, USAGE } from './options.ts';
import { summarizeProfiles } from './profile.ts';
import { printFindings, printMissed } from './report.ts';
import { writeResults } from './results-file.ts';
import type { Findings, Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios/index.ts';

const options = readOptionsOrExit();
if (options === 'list') {
  console.log(`${USAGE}\n`);
  for (const { name, title } of SCENARIOS) console.log(`  ${name.padEnd(14)}${title}`);
  process.exit(0);
}

await installPeers();

if (options.profile) {
  const folder = await mkdtemp(join(tmpdir(), 'panelgraph-profile-'));
  const scenario = SCENARIOS.find(({ name }) => name === options.profile)!;
  const gatewayArgs = ['--cpu-prof', '--cpu-prof-dir', folder];
  await scenario.run({ ...options, gatewayArgs, isProfile: true });
  await summarizeProfiles(folder);
} else {
  const found: [Scenario, Findings][] = [];
  for (const scenario of SCENARIOS) {
    if (options.only.length > 0 && !options.only.includes(scenario.name)) continue;
    const findings = await scenario.run({ ...options, gatewayArgs: [], isProfile: false });
    found.push([scenario, findings]);
    printFindings(scenario, findings);
  }
  printMissed(found.flatMap(([, { targets }]) => targets));
  // A part of the scenarios must not take the place of the whole.
  if (options.only.length === 0) {
    await writeResults(found, options);
    console.log('Written: bench/RESULTS.md and bench/results.svg');
  }
}

function readOptionsOrExit(): ReturnType<typeof readOptions> {
  const names = SCENARIOS.map(({ name }) => name);
  try {
    return readOptions(process.argv.slice(2), names);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
}
