/** Answers come bare, or inside of `{"status":"success","data":…}` and its like (docs/panel-protocol.md). */
import type { WireValue } from '../../../dialect.ts';

export interface WireRecord {
  readonly [key: string]: WireValue;
}

/** Says that the call went well, and nothing of an order. */
const SUCCESS = /^(?:success|successful|succeeded|ok|true)$/i;
const MAX_ENVELOPES = 3;

export function isRecord(value: WireValue | undefined): value is WireRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: WireValue | undefined): value is readonly WireValue[] {
  return Array.isArray(value);
}

export function isSuccessWord(text: string): boolean {
  return SUCCESS.test(text.trim());
}

/** Takes a value out of `data` and out of a list of one, as long as it is not the answer itself. */
export function unwrap(value: WireValue, isAnswer: (record: WireRecord) => boolean): WireValue {
  let current = value;
  for (let opened = 0; opened < MAX_ENVELOPES; opened += 1) {
    const inner = isList(current) ? onlyOf(current) : openEnvelope(current, isAnswer);
    if (inner === undefined) return current;
    current = inner;
  }
  return current;
}

/** As `unwrap`, until a member of this name is there. */
export function unwrapTo(name: string, value: WireValue): WireValue {
  return unwrap(value, (record) => Object.hasOwn(record, name));
}

function onlyOf(list: readonly WireValue[]): WireValue | undefined {
  return list.length === 1 && isRecord(list[0]) ? list[0] : undefined;
}

function openEnvelope(value: WireValue, isAnswer: (record: WireRecord) => boolean): WireValue | undefined {
  if (!isRecord(value) || isAnswer(value)) return undefined;
  const inner = value['data'];
  return isRecord(inner) || isList(inner) ? inner : undefined;
}
