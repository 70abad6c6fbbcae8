/** Finds the entries of a list of services: a list, a map by id, either of them wrapped. */
import type { WireValue } from '../../dialect.ts';
import { isList, isRecord, type WireRecord } from './reading/envelope.ts';

export interface ServiceEntry {
  /** The id that the entry stands under, where the list is a map. */
  readonly key: string | null;
  readonly value: WireValue;
}

/** Members that hold the list. */
export const LIST_WRAPPERS = ['data', 'services'] as const;
/** What may stand beside the entries of a map. */
export const ENVELOPE_MEMBERS: ReadonlySet<string> = new Set(['status', 'success', 'message', 'msg', 'code', 'error']);
/** As in `{"status":"success","data":"Empty Data"}`. */
const EMPTY = /^\s*$|\bempty\b|\bno (?:data|services?)\b/i;
/** How many wrappers may stand around a list. */
export const MAX_WRAPPERS = 3;

/**
 * The entries in their order; null where the answer is no list. A bare `{}` is none: a panel that sells nothing
 * answers `[]`, and taking it for a list would empty the catalogue.
 */
export function findServiceEntries(value: WireValue, depth = MAX_WRAPPERS): readonly ServiceEntry[] | null {
  if (isList(value)) return isListOfEntries(value) ? value.map((each) => ({ key: null, value: each })) : null;
  if (!isRecord(value)) return null;
  for (const name of LIST_WRAPPERS) {
    if (depth > 0 && Object.hasOwn(value, name)) return openWrapper(value[name], depth - 1);
  }
  return entriesOfMap(value);
}

function openWrapper(inner: WireValue | undefined, depth: number): readonly ServiceEntry[] | null {
  if (isRecord(inner) && Object.keys(inner).length === 0) return [];
  if (typeof inner === 'string') return isWordForNone(inner) ? [] : null;
  return inner === undefined ? null : findServiceEntries(inner, depth);
}

/** Whether a text in the place of a list says that the list is empty. */
export function isWordForNone(text: string): boolean {
  return EMPTY.test(text);
}

function isListOfEntries(list: readonly WireValue[]): boolean {
  return list.length === 0 || list.some((each) => isRecord(each));
}

function entriesOfMap(record: WireRecord): readonly ServiceEntry[] | null {
  const members = Object.entries(record).filter(([key, value]) => isRecord(value) || !ENVELOPE_MEMBERS.has(key));
  if (!members.some(([, value]) => isRecord(value) && Object.hasOwn(value, 'rate'))) return null;
  return members.map(([key, value]) => ({ key, value }));
}
