/** A request's DataLoader over the process-wide coalescers. */
import { readingOf } from '../domain/number-reading.ts';
import type { Coalescer } from '../providers/lookups/coalescer.ts';
import type { LookupResult } from '../providers/provider.ts';
import { createItemLoader, type ItemLoader } from './item-loader.ts';

/** The coalescer of a panel; undefined where no such panel is configured. */
export type FindCoalescer<T> = (panel: string) => Coalescer<T> | undefined;
/** Those of `numbers` that the panel must not be asked about, since it may answer about another. */
export type FindRefused = (panel: string, numbers: readonly string[]) => Promise<ReadonlySet<string>>;
export type LookupLoader<T> = ItemLoader<T | null>;

/** Loads by panel and number: the value, null where the panel (or the panel itself) is not known; rejects with ProviderError. */
export function createLookupLoader<T>(findCoalescer: FindCoalescer<T>, findRefused: FindRefused): LookupLoader<T> {
  const group = {};
  return createItemLoader<T | null>((panel, numbers) => {
    const coalescer = findCoalescer(panel);
    if (!coalescer) return Promise.resolve(numbers.map(() => null));
    const load = (asked: readonly string[]) => coalescer.load(asked, { priority: 'lookup', group });
    // Nearly always: what can be read in one way waits for no look at the ledger.
    if (numbers.every((number) => readingOf(number) === 'itself')) return load(numbers);
    return loadUnlessRefused(numbers, { load, findRefused: () => findRefused(panel, numbers) });
  });
}

/** Null for what is refused; where that cannot be told, what is in doubt fails alone. */
async function loadUnlessRefused<T>(
  numbers: readonly string[],
  sources: {
    readonly load: (asked: readonly string[]) => Promise<LookupResult<T>[]>;
    readonly findRefused: () => Promise<ReadonlySet<string>>;
  },
): Promise<(T | null | Error)[]> {
  const refused = await sources.findRefused().catch((error: Error) => error);
  const isAsked = (number: string): boolean =>
    refused instanceof Error ? readingOf(number) === 'itself' : !refused.has(number);
  const asked = numbers.filter(isAsked);
  const found = await sources.load(asked);
  const results = new Map(asked.map((number, index) => [number, found[index] ?? null]));
  const other = refused instanceof Error ? refused : null;
  return numbers.map((number) => (results.has(number) ? (results.get(number) ?? null) : other));
}
