/** A request's DataLoader over the process-wide coalescers. */
import { CallerError } from '../domain/errors.ts';
import { readingOf } from '../domain/number-reading.ts';
import type { Coalescer } from '../providers/lookups/coalescer.ts';
import type { CallAllowance } from '../providers/pacing/call-allowance.ts';
import type { LookupResult } from '../providers/provider.ts';
import { createItemLoader, type ItemLoader } from './item-loader.ts';

/** Undefined where no such panel is configured. */
export type FindCoalescer<T> = (panel: string) => Coalescer<T> | undefined;
/** Those of `numbers` that the panel must not be asked about, since it may read them as other numbers. */
export type FindRefused = (panel: string, numbers: readonly string[]) => Promise<ReadonlySet<string>>;
export type LookupLoader<T> = ItemLoader<T | null>;

export interface LookupLoaderOptions<T> {
  readonly findCoalescer: FindCoalescer<T>;
  readonly findRefused: FindRefused;
  /** The request's allowance, which all its loaders share. */
  readonly calls: CallAllowance;
}

/**
 * Loads states by panel and number. Null where the panel does not know the number, or is not configured. Rejects with
 * ProviderError where the panel does not answer, and with CallerError INVALID_INPUT where too few calls are left.
 */
export function createLookupLoader<T>({ findCoalescer, findRefused, calls }: LookupLoaderOptions<T>): LookupLoader<T> {
  return createItemLoader<T | null>((panel, numbers) => {
    const coalescer = findCoalescer(panel);
    if (!coalescer) return Promise.resolve(numbers.map(() => null));
    const load = (asked: readonly string[]): Promise<(LookupResult<T> | CallerError)[]> => {
      if (!calls.take(Math.ceil(asked.length / coalescer.batchSize))) return Promise.resolve(failAll(asked, calls));
      return coalescer.load(asked, { priority: 'lookup', group: calls, calls });
    };
    // Nearly always. Numbers that can be read in only one way need no look at the ledger.
    if (numbers.every((number) => readingOf(number) === 'itself')) return load(numbers);
    return loadUnlessRefused(numbers, { load, findRefused: () => findRefused(panel, numbers) });
  });
}

/** Null for a refused number. If the ledger cannot be read, only the numbers in doubt fail. */
async function loadUnlessRefused<T>(
  numbers: readonly string[],
  sources: {
    readonly load: (asked: readonly string[]) => Promise<(LookupResult<T> | CallerError)[]>;
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

function failAll(numbers: readonly string[], { limit }: CallAllowance): CallerError[] {
  const message =
    `At most ${limit} calls to panels are allowed in one operation (limits.panelCalls), and this look-up would need ` +
    'more. Ask for fewer orders and refills at once.';
  const failure = new CallerError('INVALID_INPUT', message);
  return numbers.map(() => failure);
}
