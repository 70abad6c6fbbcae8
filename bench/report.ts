/** What came out, on the terminal. */
import type { Findings, Scenario, Target } from './scenario.ts';

export function printFindings(scenario: Scenario, { columns, rows, targets }: Findings): void {
  console.log(`\n${scenario.title} (${scenario.name})`);
  const widths = columns.map((column, at) => Math.max(column.length, ...rows.map((row) => row[at]?.length ?? 0)));
  for (const row of [columns, ...rows]) {
    const cells = row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)));
    console.log(`  ${cells.join('  ')}`);
  }
  for (const target of targets) printTarget(target);
}

/** Once more, together: what must hold, and does not. */
export function printMissed(targets: readonly Target[]): void {
  const missed = targets.filter(({ isMet }) => !isMet);
  console.log(`\n${targets.length - missed.length} of ${targets.length} targets met.`);
  for (const target of missed) printTarget(target);
}

function printTarget({ what, got, isMet }: Target): void {
  console.log(`  ${isMet ? 'ok  ' : 'MISS'}  ${what} (${got})`);
}
