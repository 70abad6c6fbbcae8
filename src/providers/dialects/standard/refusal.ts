/** The refusal of a whole call. */
import type { Action, Refusal, WireValue } from '../../dialect.ts';
import { decodeAdd } from './add.ts';
import { classify, isKnownError } from './classify.ts';
import { isList, isRecord, type WireRecord } from './envelope.ts';
import { findError, findMessage } from './error-words.ts';
import { madeNumber } from './wire-schemas.ts';

/**
 * What a panel answers in the place of a result; null where the answer is none, and where it holds a result beside
 * the error: what was done cannot be told then, so it is left to the action's own codec.
 */
export function decodeRefusal(
  value: WireValue,
  action: Action,
  isRefusal: (text: string) => boolean = () => false,
): Refusal | null {
  const isError = (text: string): boolean => isKnownError(text, action) || isRefusal(text);
  if (action === 'add') return refusalOfAdd(value, isError);
  const text = findRefusal(value, { action, isError });
  return text ? classify(text, action) : null;
}

interface Asked {
  readonly action: Action;
  /** Whether a text is an error also where nothing says that it is one. */
  readonly isError: (text: string) => boolean;
}

function refusalOfAdd(value: WireValue, isError: Asked['isError']): Refusal | null {
  if (typeof value === 'string') return isError(value) ? classify(value, 'add') : null;
  const reading = decodeAdd(value, isError);
  return reading.kind === 'refused' ? reading.refusal : null;
}

function findRefusal(value: WireValue, asked: Asked): string | null {
  const { action, isError } = asked;
  // Nothing says that this is an error, so only words that panels are known for count.
  if (typeof value === 'string') return isError(value) ? value : null;
  if (isList(value)) return findRefusalInList(value, asked);
  if (!isRecord(value)) return null;
  const error = findError(value, action) ?? findInnerError(value, action);
  if (error !== null) return hasResult(value, action) ? null : error;
  const message = findMessage(value);
  return message !== null && isError(message) && !hasResult(value, action) ? message : null;
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

function hasResult(record: WireRecord, action: Action): boolean {
  if (action !== 'refill' && action !== 'cancel') return false;
  const { data } = record;
  const hasData = (isRecord(data) && findError(data, action) === null) || isList(data);
  return hasData || isMade(record[action]) || Object.keys(record).some((name) => /^\s*\d+\s*$/.test(name));
}

function isMade(value: WireValue | undefined): boolean {
  return value === true || madeNumber.parse(value) !== null;
}
