/** Finds what an answer says went wrong, in the many forms that panels use. */
import type { Action, WireValue } from '../../../dialect.ts';
import { isList, isRecord, type WireRecord } from '../reading/envelope.ts';
import { cleanText } from '../reading/wire-text.ts';

const FAILURE = /^(?:error|errors|fail|failed|failure|false)$/i;
/** Members that only the state of an order has. */
const ORDER_MEMBERS = ['charge', 'start_count', 'start_counter', 'remains'] as const;
/** Actions whose answer has a `status` of its own, which may well be "Error". */
const STATUS_ACTIONS: ReadonlySet<Action> = new Set<Action>(['status', 'refill_status']);
/** No panel nests its words deeper or has more of them; a hostile one costs no more. */
const MAX_DEPTH = 4;
const MAX_WIDTH = 10;

/**
 * The words of the error that a record reports: '' for an error without words, null for no error.
 * An `error` that is null, empty, false or 0 is none. `{"status":"Error"}` alone is the state of an order in a
 * `status` action.
 */
export function findError(value: WireValue | undefined, action: Action): string | null {
  if (!isRecord(value)) return null;
  for (const raw of [value['error'], value['errors']]) {
    if (!isNothing(raw)) return findWords(raw, MAX_DEPTH) ?? findMessage(value) ?? '';
  }
  if (!saysFailure(value)) return null;
  const message = findMessage(value);
  if (!STATUS_ACTIONS.has(action)) return message ?? '';
  return ORDER_MEMBERS.some((name) => Object.hasOwn(value, name)) ? null : message;
}

/** The text of `message`, wherever panels put it; null where there is none. */
export function findMessage(record: WireRecord): string | null {
  for (const raw of [record['message'], record['msg'], record['error_message'], record['detail'], record['data']]) {
    const words = typeof raw === 'string' ? findWords(raw, 1) : null;
    if (words !== null) return words;
  }
  return null;
}

/** Trimmed text with a letter in it: a bare number is a code, not words. */
export function readWords(text: string): string | null {
  const words = cleanText(text);
  return /\p{L}/u.test(words) ? words : null;
}

function saysFailure({ status, success }: WireRecord): boolean {
  const isFalse = success === false || success === '0' || (typeof success === 'string' && FAILURE.test(success.trim()));
  return isFalse || status === false || (typeof status === 'string' && FAILURE.test(status.trim()));
}

/** Whether the value of an error's member says that there is no error. */
export function isNothing(raw: WireValue | undefined): boolean {
  if (raw === undefined || raw === null || raw === false) return true;
  if (typeof raw === 'string') return /^(?:0|false)?$/i.test(raw.trim());
  if (raw === true) return false;
  return isList(raw) ? raw.length === 0 : Object.keys(raw).length === 0;
}

function findWords(raw: WireValue | undefined, depth: number): string | null {
  if (typeof raw === 'string') return raw.trim().toLowerCase() === 'true' ? null : readWords(raw);
  if (depth === 0 || typeof raw !== 'object' || raw === null) return null;
  const inner = isRecord(raw)
    ? [raw['message'], raw['error'], raw['errors'], ...Object.values(raw).slice(0, MAX_WIDTH)]
    : raw.slice(0, MAX_WIDTH);
  for (const each of inner) {
    const words = findWords(each, depth - 1);
    if (words !== null) return words;
  }
  return null;
}
