/** The action `add`: it spends money, so its answer is read strictly. Source: docs/panel-protocol.md. */
import type { AddReading, Dialect, WireValue } from '../../dialect.ts';
import { encodeAdd } from './add-form.ts';
import { classify, isKnownError } from './classify.ts';
import { isRecord, unwrapTo } from './envelope.ts';
import { findError, findMessage } from './error-words.ts';
import { madeNumber } from './wire-schemas.ts';

export const add: Dialect['add'] = { encode: encodeAdd, decode: decodeAdd };

/**
 * `placed` only with an order number and no error beside it; `refused` only with an error and no number. Anything else
 * may have been bought.
 */
export function decodeAdd(value: WireValue, isRefusal: (text: string) => boolean = () => false): AddReading {
  const inner = unwrapTo('order', value);
  const number = isRecord(inner) ? madeNumber.parse(inner['order']) : null;
  const error = findAddError(value, isRefusal) ?? findAddError(inner, isRefusal);
  if (number !== null) return error === null ? { kind: 'placed', number } : { kind: 'unreadable' };
  return error ? { kind: 'refused', refusal: classify(error, 'add') } : { kind: 'unreadable' };
}

function findAddError(value: WireValue, isRefusal: (text: string) => boolean): string | null {
  const error = findError(value, 'add');
  if (error !== null || !isRecord(value)) return error;
  // Errors stand in the place of the number too.
  const nested = findError(value['order'], 'add');
  if (nested !== null) return nested;
  const message = findMessage(value);
  return message !== null && (isKnownError(message, 'add') || isRefusal(message)) ? message : null;
}
