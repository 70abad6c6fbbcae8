/** A request's DataLoader over the process-wide coalescers. */
import type { Coalescer } from '../providers/coalescer.ts';
import { createItemLoader, type ItemLoader } from './item-loader.ts';

/** The coalescer of a panel; undefined where no such panel is configured. */
export type FindCoalescer<T> = (panel: string) => Coalescer<T> | undefined;
export type LookupLoader<T> = ItemLoader<T | null>;

/** Loads by panel and number: the value, null where the panel (or the panel itself) is not known; rejects with ProviderError. */
export function createLookupLoader<T>(findCoalescer: FindCoalescer<T>): LookupLoader<T> {
  const group = {};
  return createItemLoader<T | null>(
    (panel, numbers) =>
      findCoalescer(panel)?.load(numbers, { priority: 'lookup', group }) ?? Promise.resolve(numbers.map(() => null)),
  );
}
