/** A request's DataLoader over the ledger: what one request asks of a panel's items is read in one query. */
import DataLoader from 'dataloader';
import type { PanelItemRef } from '../domain/ids.ts';

export type LedgerLoader<T> = DataLoader<PanelItemRef, T, string>;

/** Loads by panel and number; `find` reads several numbers of one panel, in their order. */
export function createLedgerLoader<T>(
  find: (panel: string, numbers: readonly string[]) => Promise<readonly T[]>,
): LedgerLoader<T> {
  return new DataLoader<PanelItemRef, T, string>((refs) => findAll(refs, find), {
    cacheKeyFn: ({ panel, number }) => `${panel}:${number}`,
  });
}

async function findAll<T>(
  refs: readonly PanelItemRef[],
  find: (panel: string, numbers: readonly string[]) => Promise<readonly T[]>,
): Promise<T[]> {
  const results = new Array<T>(refs.length);
  const indexes = Map.groupBy(refs.keys(), (index) => refs[index]?.panel ?? '');
  await Promise.all(
    Array.from(indexes, async ([panel, positions]) => {
      const found = await find(
        panel,
        positions.map((position) => refs[position]?.number ?? ''),
      );
      positions.forEach((position, index) => {
        results[position] = found[index] as T;
      });
    }),
  );
  return results;
}
