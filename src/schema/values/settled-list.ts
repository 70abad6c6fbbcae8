/**
 * A list whose items are found each on its own: what fails stands as an error in its place. Settled before it is
 * handed over, since graphql-jit puts the null of a promise that rejects at the end of its list.
 */
export function settledList<T>(items: readonly (Promise<T> | T)[]): Promise<Exclude<T, Error>[]> {
  const settle = (item: Promise<T> | T): Promise<T | Error> | T =>
    item instanceof Promise ? item.catch(asError) : item;
  // GraphQL takes an Error for a failed item; Pothos has no type for it.
  return Promise.all(items.map(settle)) as Promise<Exclude<T, Error>[]>;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('A list item failed.', { cause: error });
}
