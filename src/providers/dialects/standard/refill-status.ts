/** The action `refill_status`. Never `refill`, whatever a page says: that creates refills. */
import type { RefillState } from '../../../domain/order.ts';
import type { DecodeContext, MultiCodec, SingleCodec, WireValue } from '../../dialect.ts';
import { sortBack } from './reading/many.ts';
import { findStated, isState, readStateItem } from './reading/state.ts';
import { MOST_WORD_LENGTH, refillStatusOf } from './reading/status-words.ts';
import { cutText } from './reading/wire-text.ts';

export const refillStatusOne: SingleCodec<string, RefillState> = {
  encode: (number) => ({ action: 'refill_status', refill: number }),
  decode: readState,
};

export const refillStatusMany: MultiCodec<RefillState> = {
  encode: (numbers) => ({ action: 'refill_status', refills: numbers.join(',') }),
  decode: (value, numbers, context) =>
    sortBack(value, numbers, {
      idName: 'refill',
      wrapperNames: ['refills'],
      isFlat: isState,
      readItem: (item) =>
        readStateItem(item, {
          action: 'refill_status',
          readState: (each) => readState(each, context),
          readWord: (word) => readWord(word, context),
        }),
    }),
};

function readState(value: WireValue, { at }: DecodeContext): RefillState | null {
  const stated = findStated(value);
  return (
    stated && { status: refillStatusOf(stated.word), statusText: cutText(stated.word, MOST_WORD_LENGTH), checkedAt: at }
  );
}

/** A word such as "Error" may as well be an error about the id: it closes no refill. */
function readWord(word: string, context: DecodeContext): RefillState | null {
  const status = refillStatusOf(word);
  return status === 'UNKNOWN' || status === 'FAILED' ? null : readState({ status: word }, context);
}
