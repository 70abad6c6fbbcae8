/** Lists whose items fail one by one: a failed item is an error in its own place. */
import type { RequestContext } from '../context.ts';
import type { SlicedList } from './answer-rows.ts';

/**
 * Finds an item for each of `keys`, and returns the items in slices, in the order of `keys`. They are settled before,
 * since graphql-jit would put the null of a rejected promise at the end of the list. Rejects with CallerError
 * INVALID_INPUT, before anything is looked for, where the answer would hold more items than the limit.
 */
export async function settledList<Key, T>(
  keys: readonly Key[],
  find: (key: Key, index: number) => Promise<T> | T,
  { rows }: Pick<RequestContext, 'rows'>,
): Promise<Awaited<SlicedList<Exclude<T, Error>>>> {
  if (rows.isGivenUp) return [];
  rows.count(keys.length);
  return settledResults(keys.map(find), { rows });
}

/** As `settledList`, for the results of a mutation: they are not counted, since the client is always told of them. */
export async function settledResults<T>(
  results: readonly (Promise<T> | T)[],
  { rows }: Pick<RequestContext, 'rows'>,
): Promise<Awaited<SlicedList<Exclude<T, Error>>>> {
  const settle = (item: Promise<T> | T): Promise<T | Error> | T =>
    item instanceof Promise ? item.catch(asError) : item;
  // GraphQL treats an Error as a failed item. Pothos has no type for that.
  return rows.inSlices((await Promise.all(results.map(settle))) as Exclude<T, Error>[]);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('A list item failed.', { cause: error });
}
