/** What the states of orders and of refills have in common: a `status` that may be nested or hold an error. */
import type { Action, Reading, WireValue } from '../../../dialect.ts';
import { classifyBesideId } from '../errors/classify.ts';
import { findError, readWords } from '../errors/error-words.ts';
import { isRecord, isSuccessWord, unwrap, type WireRecord } from './envelope.ts';

/** A record with its status as one word. */
export interface Stated {
  readonly word: string;
  readonly members: WireRecord;
}

/** Whether a record is a state itself, and not an envelope around one. */
export function isState(record: WireRecord): boolean {
  const { status } = record;
  if (isRecord(status)) return true;
  if (typeof status !== 'string') return false;
  return !isSuccessWord(status) || Object.hasOwn(record, 'charge') || Object.hasOwn(record, 'remains');
}

/** The state inside of an answer; null where there is no readable status word. */
export function findStated(value: WireValue): Stated | null {
  const record = unwrap(value, isState);
  if (!isRecord(record) || !isState(record)) return null;
  const members = isRecord(record['status']) ? { ...record, ...record['status'] } : record;
  const { status } = members;
  const word = typeof status === 'string' ? readWords(status) : null;
  return word === null ? null : { word, members };
}

export interface ItemReader<T> {
  readonly action: Action;
  readState(value: WireValue): T | null;
  /** The state that a word alone means; null where it rather is an error. */
  readWord(word: string): T | null;
}

/** What a multi answer holds for one id: a state, an error, or either of them as a bare string. */
export function readStateItem<T>(item: WireValue, { action, readState, readWord }: ItemReader<T>): Reading<T> {
  if (typeof item === 'string') {
    const words = readWords(item);
    const state = words === null ? null : readWord(words);
    if (state !== null) return { kind: 'found', value: state };
    return words === null ? { kind: 'unreadable' } : { kind: 'refused', refusal: classifyBesideId(words, action) };
  }
  const error = findError(item, action) ?? (isRecord(item) ? findError(item['status'], action) : null);
  if (error !== null)
    return error === '' ? { kind: 'unreadable' } : { kind: 'refused', refusal: classifyBesideId(error, action) };
  const value = readState(item);
  return value === null ? { kind: 'unreadable' } : { kind: 'found', value };
}
