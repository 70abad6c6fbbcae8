/** An answer for several ids, sorted back to the ids that were asked: a map, a list, or flat for one. */
import type { Reading, WireValue } from '../../../dialect.ts';
import { isList, isRecord, type WireRecord } from './envelope.ts';

export interface ManyShape<T> {
  /** The member of a list's element that names the id. */
  readonly idName: 'order' | 'refill';
  /** Members, beside `data`, that panels wrap the answer in. */
  readonly wrapperNames: readonly string[];
  /** Whether a record is the answer for one id, and no map of ids. */
  isFlat(record: WireRecord): boolean;
  /** Reads what the answer holds for one id. */
  readItem(item: WireValue): Reading<T>;
}

const MAX_WRAPPERS = 3;

/**
 * One reading for each of `numbers`: `missing` for an id that is not there. Ids that were not asked are ignored, of a
 * doubled one the first stands. Null where the answer is neither a map nor a list of ids.
 */
export function sortBack<T>(
  value: WireValue,
  numbers: readonly string[],
  shape: ManyShape<T>,
): ReadonlyMap<string, Reading<T>> | null {
  const items = collectItems(value, { numbers, shape, depth: MAX_WRAPPERS });
  if (!items) return null;
  return new Map(
    numbers.map((number) => {
      const item = items.get(number.trim());
      return [number, item === undefined ? { kind: 'missing' } : shape.readItem(item)];
    }),
  );
}

type Items = ReadonlyMap<string, WireValue>;

interface Search {
  readonly numbers: readonly string[];
  readonly shape: Pick<ManyShape<unknown>, 'idName' | 'wrapperNames' | 'isFlat'>;
  readonly depth: number;
}

function collectItems(value: WireValue, search: Search): Items | null {
  if (isList(value)) return itemsOfList(value, search);
  return isRecord(value) ? itemsOfRecord(value, search) : null;
}

function itemsOfList(list: readonly WireValue[], { numbers, shape }: Search): Items | null {
  const [only, element] = [numbers[0], list[0]];
  const items = firstOfEach(
    list.flatMap((each) => {
      const id = isRecord(each) ? each[shape.idName] : undefined;
      return typeof id === 'string' ? [[id, each] as const] : [];
    }),
  );
  if (items.size > 0 || list.length === 0) return items;
  const isForTheOnlyOne = numbers.length === 1 && list.length === 1 && isRecord(element) && shape.isFlat(element);
  return isForTheOnlyOne && only !== undefined ? new Map([[only.trim(), element]]) : null;
}

function itemsOfRecord(record: WireRecord, search: Search): Items | null {
  const { numbers, shape, depth } = search;
  const items = firstOfEach(Object.entries(record));
  if (numbers.some((number) => items.has(number.trim()))) return items;
  const flat = flatItem(record, search);
  if (flat) return flat;
  for (const name of ['data', ...shape.wrapperNames]) {
    const inner = record[name];
    if (depth > 0 && (isRecord(inner) || isList(inner))) return collectItems(inner, { ...search, depth: depth - 1 });
  }
  // An empty map, or a map of ids that were not asked.
  return [...items].every(([key, item]) => isRecord(item) || /^\d+$/.test(key)) ? items : null;
}

/** A flat answer says which id it is for, or is for the only one that was asked. */
function flatItem(record: WireRecord, { numbers, shape }: Search): Items | null {
  if (!shape.isFlat(record)) return null;
  const id = record[shape.idName];
  if (typeof id === 'string' && id.trim() !== '') return new Map([[id.trim(), record]]);
  const [only] = numbers;
  return numbers.length === 1 && only !== undefined ? new Map([[only.trim(), record]]) : null;
}

function firstOfEach(entries: readonly (readonly [string, WireValue])[]): Items {
  const items = new Map<string, WireValue>();
  for (const [key, item] of entries) {
    const id = key.trim();
    if (!items.has(id)) items.set(id, item);
  }
  return items;
}
