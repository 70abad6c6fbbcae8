/** The refusal of a whole call. */
import type { Action, Refusal, RefusalHints, WireValue } from '../../../dialect.ts';
import { decodeAdd } from '../add/add.ts';
import { refusesTheForm } from '../phrases/phrase-book.ts';
import { isList, isRecord, type WireRecord } from '../reading/envelope.ts';
import { isState } from '../reading/state.ts';
import { madeNumber } from '../reading/wire-schemas.ts';
import { classify, isKnownError } from './classify.ts';
import { findErrorTexts, findFieldTexts } from './error-texts.ts';
import { findError, findMessage } from './error-words.ts';

/**
 * What a panel answers in the place of a result; null where the answer is none, and where it holds a result beside
 * the error: what was done cannot be told then, so it is left to the action's own codec. Under an HTTP status of 4xx
 * words are an error although nothing else in the answer says so.
 */
export function decodeRefusal(value: WireValue, action: Action, hints: RefusalHints = {}): Refusal | null {
  if (action === 'add') return refusalOfAdd(value, hints);
  const asked = { action, isError: (text: string) => isKnownError(text, action) || hints.isRefusal?.(text) === true };
  const text = (hints.httpStatus ?? 200) >= 400 ? findRefusalOfStatus(value, asked) : findRefusal(value, asked);
  return text ? classify(text, action) : null;
}

interface Asked {
  readonly action: Action;
  /** Whether a text is an error also where nothing says that it is one. */
  readonly isError: (text: string) => boolean;
}

function refusalOfAdd(value: WireValue, hints: RefusalHints): Refusal | null {
  const reading = decodeAdd(value, hints);
  return reading.kind === 'refused' ? reading.refusal : null;
}

/** Of several texts one that is known: the others may be titles, such as "Not Found". */
function findRefusalOfStatus(value: WireValue, asked: Asked): string | null {
  const stated = findRefusal(value, asked);
  if (!isRecord(value) || (stated === null && hasResult(value, asked.action))) return stated;
  const texts = findErrorTexts(value);
  return (
    texts.find(refusesTheForm) ?? texts.find(asked.isError) ?? stated ?? texts[0] ?? findFieldTexts(value)[0] ?? null
  );
}

function findRefusal(value: WireValue, asked: Asked): string | null {
  const { action, isError } = asked;
  // Nothing says that this is an error, so only words that panels are known for count.
  if (typeof value === 'string') return isError(value) ? value : null;
  if (isList(value)) return findRefusalInList(value, asked);
  if (!isRecord(value)) return null;
  const error = findError(value, action) ?? findInnerError(value, action);
  if (error !== null) return hasResult(value, action) ? null : error;
  // A result with a remark is a result.
  if (hasState(value, action) || hasResult(value, action)) return null;
  const message = findMessage(value);
  return message !== null && isError(message) ? message : null;
}

/** A list of one error that names no id. */
function findRefusalInList(list: readonly WireValue[], asked: Asked): string | null {
  const [only] = list;
  if (list.length !== 1 || !isRecord(only)) return null;
  return Object.hasOwn(only, 'order') || Object.hasOwn(only, 'refill') ? null : findRefusal(only, asked);
}

/** Where the result of each action stands, and so does its error. */
const RESULTS: Readonly<Partial<Record<Action, string>>> = {
  status: 'status',
  refill_status: 'status',
  refill: 'refill',
  cancel: 'cancel',
};

function findInnerError(record: WireRecord, action: Action): string | null {
  const result = RESULTS[action];
  return (result ? findError(record[result], action) : null) ?? findError(record['data'], action);
}

function hasState(record: WireRecord, action: Action): boolean {
  return (action === 'status' || action === 'refill_status') && isState(record);
}

function hasResult(record: WireRecord, action: Action): boolean {
  if (action !== 'refill' && action !== 'cancel') return false;
  const { data } = record;
  const hasData = (isRecord(data) && findError(data, action) === null) || isList(data);
  return hasData || isMade(record[action]) || Object.keys(record).some((name) => /^\s*\d+\s*$/.test(name));
}

function isMade(value: WireValue | undefined): boolean {
  return value === true || madeNumber.parse(value) !== null;
}
