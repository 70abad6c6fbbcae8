/** A DataLoader of items by panel and number: one request asks each panel once, for all its items together. */
import DataLoader from 'dataloader';
import { itemKey, type PanelItemRef } from '../domain/ids.ts';

export type ItemLoader<T> = DataLoader<PanelItemRef, T, string>;

/** Finds several items of one panel, in the order of `numbers`. An Error is the failure of that item alone. */
export type FindItems<T> = (panel: string, numbers: readonly string[]) => Promise<readonly (T | Error)[]>;

/** Calls `find` once for each panel. */
export function createItemLoader<T>(find: FindItems<T>): ItemLoader<T> {
  return new DataLoader<PanelItemRef, T, string>((refs) => findAll(refs, find), {
    cacheKeyFn: itemKey,
  });
}

async function findAll<T>(refs: readonly PanelItemRef[], find: FindItems<T>): Promise<readonly (T | Error)[]> {
  const numbers = refs.map(({ number }) => number);
  const panel = refs[0]?.panel ?? '';
  // Most requests concern one panel, which needs no grouping.
  if (refs.every((ref) => ref.panel === panel)) return find(panel, numbers);
  const results = new Array<T | Error>(refs.length);
  const indexes = Map.groupBy(refs.keys(), (index) => refs[index]?.panel ?? '');
  await Promise.all(
    Array.from(indexes, async ([panel, positions]) => {
      const found = await find(
        panel,
        positions.map((position) => numbers[position] ?? ''),
      );
      positions.forEach((position, index) => {
        results[position] = found[index] as T;
      });
    }),
  );
  return results;
}
