/** Lists the panels' texts that the gateway does not recognise, so that a person can name them in the configuration. */
import type { PlacementRecord } from '../../storage/ledger/placements/placement-records.ts';
import { printable } from '../table.ts';

/** One paragraph, or none where every text was recognised. */
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
    `Panels answered in words that the gateway does not recognise:

${lines.join('\n')}

If one of these always means that nothing was bought, name it in the panel's configuration:

  refusals: { "Saldo insuficiente": INSUFFICIENT_FUNDS }`,
  ];
}
