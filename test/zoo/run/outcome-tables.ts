/** What became of the orders of a run, for people to read. */
import type { OpenPanel } from '../shop/open-panel.ts';
import type { PlacedOrder } from './place-orders.ts';
import type { RecordedPlacement } from './read-placements.ts';

export function printOutcomes(
  placed: readonly PlacedOrder[],
  placements: ReadonlyMap<string, RecordedPlacement>,
  panels: readonly OpenPanel[],
): string {
  const rows = panels.map((panel) => rowOf(panel, placed, placements));
  const header = [
    'panel',
    'wanted',
    'made',
    'PLACED',
    'UNKNOWN',
    'of them not made',
    'REJECTED',
    'not recorded',
    'retried',
  ];
  return [...printTable([header, ...rows]), '', ...printTable(wordsOf([...placements.values()]))].join('\n');
}

function rowOf(
  { id, shop }: OpenPanel,
  placed: readonly PlacedOrder[],
  placements: ReadonlyMap<string, RecordedPlacement>,
): string[] {
  const own = placed.filter(({ order }) => order.panel === id);
  const states = own.map(({ order }) => placements.get(order.mark)?.state ?? 'nothing');
  const count = (state: string): number => states.filter((each) => each === state).length;
  const made = new Set([...shop.sales.all, ...shop.upstream.all].map(({ mark }) => mark));
  const idle = own.filter(({ order }) => placements.get(order.mark)?.state === 'UNKNOWN' && !made.has(order.mark));
  const retries = own.filter((each) => each.retries > 0).length;
  const numbers = [
    ...[own.length, made.size, count('PLACED'), count('UNKNOWN'), idle.length],
    ...[count('REJECTED'), count('nothing'), retries],
  ];
  return [id, ...numbers.map(String)];
}

/** The gateway's own sentences, without the panel's words and what is particular to one order. */
function wordsOf(placements: readonly RecordedPlacement[]): string[][] {
  const counts = new Map<string, number>();
  for (const { state, error } of placements) {
    const sentence = (error?.message ?? '')
      .split(': ', 1)
      .join()
      .replaceAll(/[0-9a-f-]{36}|\d{1,20}/gu, '…');
    const words = [state, error?.code ?? '', sentence].join('\t');
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  const rows = [...counts].toSorted(([, one], [, other]) => other - one);
  return [
    ['state', 'code', 'in words', 'times'],
    ...rows.map(([words, count]) => [...words.split('\t'), String(count)]),
  ];
}

function printTable(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
