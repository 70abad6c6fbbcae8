/** A request's DataLoader of a panel's items: what one request asks of a panel is asked together, once. */
import DataLoader from 'dataloader';
import { itemKey, type PanelItemRef } from '../domain/ids.ts';

export type ItemLoader<T> = DataLoader<PanelItemRef, T, string>;

/** Several numbers of one panel, in their order; an Error is the failure of its item alone. */
export type FindItems<T> = (panel: string, numbers: readonly string[]) => Promise<readonly (T | Error)[]>;

/** Loads by panel and number, with one `find` for each panel. */
export function createItemLoader<T>(find: FindItems<T>): ItemLoader<T> {
  return new DataLoader<PanelItemRef, T, string>((refs) => findAll(refs, find), {
    cacheKeyFn: itemKey,
  });
}

async function findAll<T>(refs: readonly PanelItemRef[], find: FindItems<T>): Promise<readonly (T | Error)[]> {
  const numbers = refs.map(({ number }) => number);
  const panel = refs[0]?.panel ?? '';
  // Most requests ask one panel.
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
