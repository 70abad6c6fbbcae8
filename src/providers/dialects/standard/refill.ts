/** The action `refill`, which creates refills. Its result is the number of the refill. */
import type { MultiCodec, Reading, SingleCodec, WireValue } from '../../dialect.ts';
import { classifyBesideId } from './errors/classify.ts';
import { findError, readWords } from './errors/error-words.ts';
import { isRecord, unwrapTo } from './reading/envelope.ts';
import { sortBack } from './reading/many.ts';
import { madeNumber } from './reading/wire-schemas.ts';

export const refillOne: SingleCodec<string, string> = {
  encode: (number) => ({ action: 'refill', order: number }),
  decode: (value) => {
    const record = unwrapTo('refill', value);
    if (!isRecord(record) || findError(record, 'refill') !== null || findError(value, 'refill') !== null) return null;
    return madeNumber.parse(record['refill']);
  },
};

export const refillMany: MultiCodec<string> = {
  encode: (numbers) => ({ action: 'refill', orders: numbers.join(',') }),
  decode: (value, numbers) =>
    sortBack(value, numbers, {
      idName: 'order',
      wrapperNames: ['refills', 'orders'],
      isFlat: (record) => Object.hasOwn(record, 'refill'),
      readItem,
    }),
};

/** A bare item is a refill's number or words; words have no digits, as texts of errors have spaces. */
function readItem(item: WireValue): Reading<string> {
  const record = unwrapTo('refill', item);
  const error = findError(record, 'refill');
  const made = isRecord(record) ? record['refill'] : item;
  const innerError = findError(made, 'refill');
  const number = isRecord(record) || (typeof made === 'string' && /\d/.test(made)) ? madeNumber.parse(made) : null;
  if (error === null && innerError === null && number !== null) return { kind: 'found', value: number };
  if (number !== null) return { kind: 'unreadable' };
  const words = error || innerError || (typeof made === 'string' ? readWords(made) : null);
  return words ? { kind: 'refused', refusal: classifyBesideId(words, 'refill') } : { kind: 'unreadable' };
}
