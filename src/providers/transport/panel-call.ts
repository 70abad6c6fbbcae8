/** One question to a panel as a value: what is sent, and how its answer is read, once. */
import type { Action, DecodeContext, Dialect, Reading, SingleCodec, WireForm, WireValue } from '../dialect.ts';

/** What an answer as a whole says. */
export type Answer<T> = Exclude<Reading<T>, { readonly kind: 'missing' }>;
export type ReadAnswer<T> = (value: WireValue, context: DecodeContext) => Answer<T>;

export interface PanelCall<T> {
  readonly action: Action;
  readonly form: WireForm;
  readonly read: ReadAnswer<T>;
}

/** Reads an answer by `decode`, which returns null where it cannot, unless it is a refusal of the whole call. */
export function readUnlessRefused<T>(
  { decodeRefusal }: Pick<Dialect, 'decodeRefusal'>,
  action: Action,
  decode: (value: WireValue, context: DecodeContext) => T | null,
): ReadAnswer<T> {
  return (value, context) => {
    const refusal = decodeRefusal(value, action, context);
    if (refusal) return { kind: 'refused', refusal };
    const found = decode(value, context);
    return found === null ? { kind: 'unreadable' } : { kind: 'found', value: found };
  };
}

/** The call of an action that takes no input. */
export function callWithoutInput<T>(
  dialect: Pick<Dialect, 'decodeRefusal'>,
  action: 'balance' | 'services',
  { encode, decode }: SingleCodec<void, T>,
): PanelCall<T> {
  return { action, form: encode(), read: readUnlessRefused(dialect, action, decode) };
}
