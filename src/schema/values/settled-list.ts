/**
 * A list whose items fail one by one: a failed item is an error in its own place. The list is settled before it is
 * returned, since graphql-jit would put the null of a rejected promise at the end of the list.
 */
export function settledList<T>(items: readonly (Promise<T> | T)[]): Promise<Exclude<T, Error>[]> {
  const settle = (item: Promise<T> | T): Promise<T | Error> | T =>
    item instanceof Promise ? item.catch(asError) : item;
  // GraphQL treats an Error as a failed item. Pothos has no type for that.
  return Promise.all(items.map(settle)) as Promise<Exclude<T, Error>[]>;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('A list item failed.', { cause: error });
}
