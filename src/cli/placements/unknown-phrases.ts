/** Errors in words that the gateway does not know, so that a person makes them known. */
import type { PlacementRecord } from '../../storage/ledger/placements/placement-records.ts';
import { printable } from '../table.ts';

/** One paragraph where there are any, none otherwise. */
export function describeUnknownPhrases(placements: readonly PlacementRecord[]): string[] {
  const counts = new Map<string, number>();
  for (const { panel, error } of placements) {
    if (!error?.isUnrecognised || error.panelMessage === null) continue;
    const line = `${panel}: ${printable(error.panelMessage)}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const lines = Array.from(counts, ([line, count]) => `  ${line} (${count})`);
  return [
    `Panels answered in words that the gateway does not know:

${lines.join('\n')}

Where words of these always mean that nothing was bought, name them in the panel's configuration, such as:

  refusals: { "Saldo insuficiente": INSUFFICIENT_FUNDS }`,
  ];
}
