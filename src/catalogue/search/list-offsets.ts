/**
 * Numbers the services of several lists one after another: a service's number is the offset of its list and its position
 * in the list.
 */
import type { Service } from '../../domain/service.ts';

interface List {
  readonly services: readonly Service[];
}

/** The number of the first service of each list. */
export function offsetsOf(lists: readonly List[]): number[] {
  let offset = 0;
  return lists.map(({ services }) => {
    const own = offset;
    offset += services.length;
    return own;
  });
}

export function countServices(lists: readonly List[]): number {
  return lists.reduce((sum, { services }) => sum + services.length, 0);
}
