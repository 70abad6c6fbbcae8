/** A request's DataLoader over the process-wide coalescers: what one request asks is asked together, once. */
import DataLoader from 'dataloader';
import type { ProviderError } from '../domain/errors.ts';
import type { PanelItemRef } from '../domain/ids.ts';
import type { Coalescer } from '../providers/coalescer.ts';

/** The coalescer of a panel; undefined where no such panel is configured. */
export type FindCoalescer<T> = (panel: string) => Coalescer<T> | undefined;
export type LookupLoader<T> = DataLoader<PanelItemRef, T | null, string>;

/** Loads by panel and number: the value, null where the panel (or the panel itself) is not known; rejects with ProviderError. */
export function createLookupLoader<T>(findCoalescer: FindCoalescer<T>): LookupLoader<T> {
  const group = {};
  return new DataLoader<PanelItemRef, T | null, string>((refs) => loadAll(refs, findCoalescer, group), {
    cacheKeyFn: ({ panel, number }) => `${panel}:${number}`,
  });
}

async function loadAll<T>(
  refs: readonly PanelItemRef[],
  findCoalescer: FindCoalescer<T>,
  group: object,
): Promise<(T | null | ProviderError)[]> {
  const results = new Array<T | null | ProviderError>(refs.length).fill(null);
  const indexes = Map.groupBy(refs.keys(), (index) => refs[index]?.panel ?? '');
  await Promise.all(
    [...indexes].map(async ([panel, positions]) => {
      const numbers = positions.map((position) => refs[position]?.number ?? '');
      const loaded = await findCoalescer(panel)?.load(numbers, { priority: 'lookup', group });
      positions.forEach((position, index) => {
        results[position] = loaded?.[index] ?? null;
      });
    }),
  );
  return results;
}
