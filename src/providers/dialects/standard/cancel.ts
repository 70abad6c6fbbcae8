/** The action `cancel`. That a panel takes the request does not mean that the order stops: its status decides. */
import type { Dialect, MultiCodec, Reading, WireValue } from '../../dialect.ts';
import { classifyBesideId } from './errors/classify.ts';
import { findError, readWords } from './errors/error-words.ts';
import { isList, isRecord, isSuccessWord, unwrap, type WireRecord } from './reading/envelope.ts';
import { sortBack } from './reading/many.ts';

export const cancelOne: Dialect['cancel']['single'] = {
  encode: (number) => ({ action: 'cancel', order: number }),
};

export const cancelMany: MultiCodec<true> = {
  // One id goes as `orders` first: no other form is documented.
  encode: (numbers) => ({ action: 'cancel', orders: numbers.join(',') }),
  decode: (value, numbers) =>
    sortBack(value, numbers, { idName: 'order', wrapperNames: ['cancels', 'orders'], isFlat: isCancel, readItem }),
};

/** What panels say of a request that they took, beside 1 and the number of the request. */
const TAKEN = /^(?:accepted|pending|canceled|cancelled|yes|\d*[1-9]\d*)$/i;

/** Beside `data`, a status is the envelope's and says nothing of the order. */
function isCancel(record: WireRecord): boolean {
  if (Object.hasOwn(record, 'cancel')) return true;
  return Object.hasOwn(record, 'status') && !isRecord(record['data']) && !isList(record['data']);
}

function readItem(item: WireValue): Reading<true> {
  const record = unwrap(item, isCancel);
  const error = findError(record, 'cancel');
  const said = isRecord(record) ? (record['cancel'] ?? record['status']) : record;
  const innerError = findError(said, 'cancel');
  const answer = isRecord(said) ? (said['status'] ?? said['cancel']) : said;
  if (error === null && innerError === null) return readAnswer(answer);
  const words = error || innerError;
  return words && !isTaken(answer) ? refused(words) : { kind: 'unreadable' };
}

function readAnswer(answer: WireValue | undefined): Reading<true> {
  if (isTaken(answer)) return { kind: 'found', value: true };
  const words = typeof answer === 'string' ? readWords(answer) : null;
  return words === null || NO_WORDS.test(words) ? { kind: 'unreadable' } : refused(words);
}

/** A no without a reason: what became of the order has to be looked up. */
const NO_WORDS = /^(?:error|fail|failed|false|no|null)$/i;

function isTaken(answer: WireValue | undefined): boolean {
  if (typeof answer !== 'string') return answer === true;
  return isSuccessWord(answer) || TAKEN.test(answer.trim());
}

function refused(words: string): Reading<true> {
  return { kind: 'refused', refusal: classifyBesideId(words, 'cancel') };
}
