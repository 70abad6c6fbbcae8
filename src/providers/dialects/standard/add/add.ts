/** The action `add`: it spends money, so its answer is read strictly. Source: docs/panel-protocol.md. */
import type { AddReading, Dialect, Refusal, RefusalHints, WireValue } from '../../../dialect.ts';
import { classifyUnderStatus, isKnownError } from '../errors/classify.ts';
import { contradictsNumber } from '../errors/contradictions.ts';
import { findErrorTexts, findFieldTexts } from '../errors/error-texts.ts';
import { findError, findMessage } from '../errors/error-words.ts';
import { isRecord, unwrapTo } from '../reading/envelope.ts';
import { mayTellOfNumber } from '../reading/made-number.ts';
import { madeNumber } from '../reading/wire-schemas.ts';
import { encodeAdd } from './add-form.ts';

export const add: Dialect['add'] = { encode: encodeAdd, decode: decodeAdd };

/**
 * `placed` only with an order number and no error beside it; `refused` only with an error and nothing that may be a
 * number. Anything else may have been bought. Under an HTTP status of 4xx all words are an error.
 */
export function decodeAdd(value: WireValue, hints: RefusalHints = {}): AddReading {
  if (typeof value === 'string') return decodeBareText(value, hints);
  const inner = unwrapTo('order', value);
  const number = isRecord(inner) ? madeNumber.parse(inner['order']) : null;
  const texts = findAddTexts(value, inner, hints);
  if (number !== null) {
    const isDoubtful = texts !== null || [value, inner].some(contradictsNumber);
    return isDoubtful ? { kind: 'unreadable' } : { kind: 'placed', number };
  }
  if (texts === null || texts.length === 0 || holdsSomethingMade(value) || holdsSomethingMade(inner)) {
    return { kind: 'unreadable' };
  }
  return { kind: 'refused', refusal: refusalOf(texts, hints) };
}

/** Nothing says that it is an error, so only words that are known for one count. */
function decodeBareText(text: string, { httpStatus = 200, isRefusal }: RefusalHints): AddReading {
  const refusal = classifyUnderStatus(text, 'add', httpStatus);
  const isError = refusal.outcome !== 'unknown' || isRefusal?.(text);
  return isError ? { kind: 'refused', refusal } : { kind: 'unreadable' };
}

/** The words of an error; empty for an error without words, null where the answer reports none. */
function findAddTexts(
  value: WireValue,
  inner: WireValue,
  { httpStatus = 200, isRefusal }: RefusalHints,
): readonly string[] | null {
  const order = isRecord(inner) ? inner['order'] : undefined;
  const places = [value, inner, ...(isRecord(order) ? [order] : [])];
  const isError = places.some((place) => findError(place, 'add') !== null);
  const texts = [...new Set(places.flatMap(findErrorTexts))];
  if (isError) return texts.length > 0 ? texts : [findError(value, 'add') ?? ''].filter((text) => text !== '');
  if (httpStatus >= 400) {
    const said = texts.length > 0 ? texts : findFieldTexts(value);
    return said.length > 0 ? said : null;
  }
  const isSaid = [value, inner].some((place) => {
    const message = isRecord(place) ? findMessage(place) : null;
    return message !== null && (isKnownError(message, 'add') || isRefusal?.(message));
  });
  return isSaid ? texts : null;
}

/** Several texts are a known refusal only where each of them is one. */
function refusalOf(texts: readonly string[], { httpStatus = 200, isRefusal }: RefusalHints): Refusal {
  const [first = ''] = texts;
  const isEachKnown = texts.every(
    (text) => isRefusal?.(text) || classifyUnderStatus(text, 'add', httpStatus).outcome !== 'unknown',
  );
  return classifyUnderStatus(isEachKnown ? first : texts.join('; '), 'add', httpStatus);
}

/** Where the number of an order may stand, without regard to case and `_`. */
const NUMBER_MEMBERS: ReadonlySet<string> = new Set(
  ['', 's', 'id', 'ids', 'number', 'numbers', 'no'].map((end) => `order${end}`),
);
const MAX_MEMBERS = 50;

/** Whether something stands in the place of the number that may be one after all. */
function holdsSomethingMade(value: WireValue): boolean {
  if (!isRecord(value)) return false;
  return Object.entries(value)
    .slice(0, MAX_MEMBERS)
    .some(([name, made]) => {
      if (!NUMBER_MEMBERS.has(name.toLowerCase().replaceAll('_', ''))) return false;
      if (typeof made === 'string') return mayTellOfNumber(made);
      if (made === undefined || made === null || made === false) return false;
      return made === true || findError(made, 'add') === null;
    });
}
