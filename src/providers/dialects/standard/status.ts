/** The action `status`. */
import { z } from 'zod';
import type { OrderState } from '../../../domain/order.ts';
import type { DecodeContext, MultiCodec, SingleCodec, WireValue } from '../../dialect.ts';
import { isList, isRecord } from './reading/envelope.ts';
import { sortBack } from './reading/many.ts';
import { findStated, isState, readStateItem } from './reading/state.ts';
import { MOST_WORD_LENGTH, orderStatusOf } from './reading/status-words.ts';
import { count, currency, decimal, madeNumber } from './reading/wire-schemas.ts';
import { cutText } from './reading/wire-text.ts';

export const statusOne: SingleCodec<string, OrderState> = {
  encode: (number) => ({ action: 'status', order: number }),
  decode: readState,
};

export const statusMany: MultiCodec<OrderState> = {
  encode: (numbers) => ({ action: 'status', orders: numbers.join(',') }),
  decode: (value, numbers, context) =>
    sortBack(value, numbers, {
      idName: 'order',
      wrapperNames: ['orders'],
      isFlat: isState,
      readItem: (item) =>
        readStateItem(item, {
          action: 'status',
          readState: (each) => readState(each, context),
          readWord: (word) => readWord(word, context),
        }),
    }),
};

const orderMembers = z.object({
  charge: decimal,
  currency,
  start_count: count,
  start_counter: count,
  remains: count,
  orders: z.unknown().optional().transform(readChildren),
});

function readState(value: WireValue, { at }: DecodeContext): OrderState | null {
  const stated = findStated(value);
  const members = orderMembers.safeParse(stated?.members);
  if (!stated || !members.success) return null;
  const { charge, currency: code, start_count, start_counter, remains, orders } = members.data;
  const word = cutText(stated.word, MOST_WORD_LENGTH);
  return {
    status: orderStatusOf(word),
    statusText: word,
    charge: charge === null ? null : { amount: charge, currency: code },
    startCount: start_count ?? start_counter,
    remains,
    childNumbers: orders,
    checkedAt: at,
  };
}

/** A word such as "Error" may as well be an error about the id: it closes no order. */
function readWord(word: string, context: DecodeContext): OrderState | null {
  const status = orderStatusOf(word);
  return status === 'UNKNOWN' || status === 'FAILED' ? null : readState({ status: word }, context);
}

/** No panel makes more orders of one. */
const MOST_CHILDREN = 2_000;

/** The orders that a drip-feed or a subscription has made: numbers, or records that name one. */
function readChildren(raw: unknown): string[] {
  const value = raw as WireValue | undefined;
  const items =
    typeof value === 'string' ? value.split(',') : isList(value) ? value : Object.values(isRecord(value) ? value : {});
  const numbers = items.map((item) => madeNumber.parse(isRecord(item) ? item['order'] : item));
  return [...new Set(numbers.filter((number) => number !== null))].slice(0, MOST_CHILDREN);
}
