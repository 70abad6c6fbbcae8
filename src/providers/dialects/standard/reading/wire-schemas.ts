/**
 * Lenient zod schemas of the values inside an answer. Each takes anything and gives null where it cannot be read, so
 * that one odd field never costs its neighbours; `needed` makes a field one that an entry cannot do without.
 */
import { z } from 'zod';
import { isPanelNumber } from '../../../../domain/ids.ts';
import { type Decimal, parseDecimal } from '../../../../domain/money.ts';
import { boundMarks } from '../../../../domain/text/combining-marks.ts';
import { readMadeNumber } from './made-number.ts';
import { cleanText, cutText, decodeLine, decodeParagraphs } from './wire-text.ts';

/** A schema that reads text (numbers are text here, see `WireValue`) and gives null for anything else. */
function reads<T>(read: (text: string) => T | null) {
  return z
    .unknown()
    .optional()
    .transform((value): T | null => (typeof value === 'string' ? read(value) : null));
}

/** Refuses the object that holds the field where the field cannot be read. */
export function needed<T>(schema: z.ZodType<T | null>) {
  return schema.transform((value, context): T => {
    if (value !== null) return value;
    context.addIssue('cannot be read');
    return z.NEVER;
  });
}

/** Cuts the text to so many UTF-16 units and no half character, and leaves no more marks on a letter than one can read. */
export function cut(schema: z.ZodType<string | null>, length: number) {
  return schema.transform((text) => text && boundMarks(cutText(text, length)));
}

/** Trimmed, without control characters; may be empty. */
export const plainText = reads(cleanText);
/** A name: entities decoded, on one line; null where empty. */
export const line = reads((value) => decodeLine(value) || null);
/** A description: entities decoded, line breaks kept; null where empty. */
export const paragraphs = reads((value) => decodeParagraphs(value) || null);
export const decimal = reads(parseDecimal);
/** A price: a decimal that is not negative. */
export const price = reads((value) => readPrice(parseDecimal(value)));
/** A whole number; null beyond 2^53 - 1. */
export const count = reads((value) => {
  const whole = readWhole(value);
  return Number.isSafeInteger(whole) ? whole : null;
});
/** A limit: a whole number, cut to 2^53 - 1 either way (panels write "no limit" as many nines). */
export const limit = reads((value) => {
  const whole = readWhole(value);
  return whole === null ? null : Math.max(-Number.MAX_SAFE_INTEGER, Math.min(whole, Number.MAX_SAFE_INTEGER));
});
/** A maximum: 0 is how panels say that there is none. */
export const maximum = limit.transform((value) => (value === 0 ? Number.MAX_SAFE_INTEGER : value));
/** A number of a service, an order or a refill, as the panel writes it. */
export const panelNumber = reads((value) => {
  const trimmed = value.trim();
  return isPanelNumber(trimmed) && trimmed.isWellFormed() ? trimmed : null;
});
/** The number of what a purchase or a refill made: strict, unlike the others. */
export const madeNumber = reads(readMadeNumber);
/** A currency code in capitals; null where it is not letters. */
export const currency = reads((value) => (/^\s*[A-Za-z]{1,10}\s*$/.test(value) ? value.trim().toUpperCase() : null));
/** Yes or no, null where the panel does not say. */
export const yesOrNo = z
  .unknown()
  .optional()
  .transform((value): boolean | null => {
    if (typeof value === 'boolean') return value;
    return typeof value === 'string' ? (FLAGS.get(value.trim().toLowerCase()) ?? null) : null;
  });

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['true', true],
  ['yes', true],
  ['0', false],
  ['false', false],
  ['no', false],
]);

function readPrice(value: Decimal | null): Decimal | null {
  return value?.startsWith('-') ? null : value;
}

/** Infinity or an inexact number for what is too large to be exact: the callers sort that out. */
function readWhole(value: string): number | null {
  const match = /^(-?\d+)(?:\.0*)?$/.exec(parseDecimal(value) ?? '');
  return match ? Number(match[1]) : null;
}
