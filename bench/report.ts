/** What came out, on the terminal. */
import type { Findings, Scenario } from './scenario.ts';

export function printFindings(scenario: Scenario, { columns, rows, targets }: Findings): void {
  console.log(`\n${scenario.title} (${scenario.name})`);
  const widths = columns.map((column, at) => Math.max(column.length, ...rows.map((row) => row[at]?.length ?? 0)));
  for (const row of [columns, ...rows]) {
    console.log(
      `  ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  ')}`,
    );
  }
  for (const { what, got, isMet } of targets) console.log(`  ${isMet ? 'ok  ' : 'MISS'}  ${what} (${got})`);
}
