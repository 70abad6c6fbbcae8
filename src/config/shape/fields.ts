/**
 * The kinds of setting. Each reads its value leniently (`${NAME}` only ever gives text, so `"true"` is true and
 * `"4000"` is 4000), says its problems without repeating the value, and describes itself for the reference.
 */
import { z } from 'zod';
import { REFUSAL_CODES, type RefusalCode } from '../../domain/errors.ts';
import { compareDecimals, type Decimal, parseDecimal, UNKNOWN_CURRENCY } from '../../domain/money.ts';
import { Secret } from '../secret.ts';
import { findUrlProblem } from './panel-url.ts';

/** What the reference says about a setting besides its description and default. */
export interface FieldNotes {
  /** The kind and its range, such as `whole number, 1 to 65535`. */
  readonly kind: string;
}

/** The notes of every field, kept beside the shape so that the two cannot drift apart. */
export const fieldNotes = z.registry<FieldNotes>();

/** A problem with a value. It is returned, not thrown, so that the other settings are checked too. */
class Refused {
  readonly problem: string;
  readonly hint: string | undefined;

  constructor(problem: string, hint?: string) {
    this.problem = problem;
    this.hint = hint;
  }
}

/** The longest delay that Node's timers accept, about 24 days. */
export const MAX_DURATION_MS = 2_147_483_647;

interface Range {
  readonly min: number;
  readonly max: number;
}

export function wholeNumber({ min, max }: Range) {
  const kind = `whole number, ${min} to ${max}`;
  return field(kind, (value) => {
    const number = numberOf(value, /^\d{1,15}$/);
    return Number.isSafeInteger(number) && number >= min && number <= max ? number : new Refused(`must be a ${kind}`);
  });
}

/** A duration in whole milliseconds. */
export function milliseconds({ min }: { readonly min: number }) {
  const kind = `milliseconds, ${min} to ${MAX_DURATION_MS}`;
  return field(kind, (value) => {
    const number = numberOf(value, /^\d{1,15}$/);
    const isIn = Number.isSafeInteger(number) && number >= min && number <= MAX_DURATION_MS;
    return isIn ? number : new Refused(`must be a whole number of ${kind}`);
  });
}

/** Calls a second. A fraction means one call in several seconds. */
export function perSecond() {
  const kind = 'number above 0, up to 10000';
  return field(kind, (value) => {
    const number = numberOf(value, /^\d{1,6}(\.\d{1,9})?$/);
    return number > 0 && number <= 10_000 ? number : new Refused(`must be a ${kind}`);
  });
}

export function flag() {
  return field('true or false', (value) => {
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    return new Refused('must be true or false');
  });
}

/** Text that must match a pattern; `problem` completes "the setting ...". */
export function text(kind: string, pattern: RegExp, problem: string, hint?: string) {
  return field(kind, (value) => {
    if (typeof value !== 'string') return new Refused('must be text', 'put it in quotes');
    return pattern.test(value) ? value : new Refused(problem, hint);
  });
}

/** One of a few names. */
export function oneOf<const T extends string>(names: readonly T[]) {
  return field(names.map((name) => `\`${name}\``).join(' or '), (value) => {
    const found = names.find((name) => name === value);
    return found ?? new Refused(`must be ${names.join(' or ')}`);
  });
}

export function secret() {
  return field('text, not empty', (value) => {
    if (typeof value !== 'string') return new Refused('must be text', 'put it in quotes');
    return value.trim() === '' ? new Refused('must not be empty') : new Secret(value);
  });
}

/** The URL of a panel. Whether http is allowed depends on another setting: see rules.ts. */
export function endpoint() {
  return field('an `https://` URL', (value) => {
    const refused = findUrlProblem(value);
    return refused === null ? new URL(String(value)).href : new Refused(refused.problem, refused.hint);
  });
}

export function currencyCode() {
  return field('letters and digits, 1 to 10', (value) => {
    if (typeof value !== 'string') return new Refused('must be text', 'put it in quotes');
    return refusedCurrency(value) ?? value;
  });
}

/** Prices of one unit of each currency in the base currency. */
export function exchangeRates() {
  return z
    .unknown()
    .transform((value, context): Record<string, Decimal> => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        context.addIssue(issueOf(new Refused('must hold one line a currency', 'such as EUR: "1.10"')));
        return z.NEVER;
      }
      const entries = Object.entries(value).map(([currency, rate]): [string, Decimal] => {
        const read = refusedCurrency(currency) ?? readRate(rate);
        if (!(read instanceof Refused)) return [currency, read];
        context.addIssue({ ...issueOf(read), path: [currency] });
        return [currency, ''];
      });
      return Object.fromEntries(entries);
    })
    .register(fieldNotes, { kind: 'decimals above 0 by currency' });
}

/** Codes of refusals, by the panel's own words for them. */
export function refusalPhrases() {
  return z
    .unknown()
    .transform((value, context): Record<string, RefusalCode> => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        context.addIssue(
          issueOf(new Refused('must hold one line a phrase', 'such as "Saldo insuficiente": INSUFFICIENT_FUNDS')),
        );
        return z.NEVER;
      }
      const entries = Object.entries(value).flatMap(([phrase, code]): [string, RefusalCode][] => {
        const known = REFUSAL_CODES.find((each) => each === code);
        const refused = phrase.trim() === '' ? new Refused('the phrase must not be empty') : undefined;
        const problem = refused ?? (known ? undefined : new Refused(`must be one of ${REFUSAL_CODES.join(', ')}`));
        if (problem) context.addIssue({ ...issueOf(problem), path: [phrase] });
        return known && !problem ? [[phrase, known]] : [];
      });
      return Object.fromEntries(entries);
    })
    .register(fieldNotes, { kind: 'codes by phrase' });
}

/** A field with one value. It is a problem if the value is missing or `read` refuses it. */
function field<T>(kind: string, read: (value: unknown) => T | Refused) {
  return z
    .unknown()
    .transform((value, context): T => {
      const result = value === undefined ? new Refused('is missing') : read(value);
      if (!(result instanceof Refused)) return result;
      context.addIssue(issueOf(result));
      return z.NEVER;
    })
    .register(fieldNotes, { kind });
}

function issueOf({ problem, hint }: Refused) {
  return { code: 'custom' as const, message: problem, params: { hint } };
}

/** NaN where the value is neither a number nor the text of one. */
function numberOf(value: unknown, pattern: RegExp): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && pattern.test(value.trim()) ? Number(value) : Number.NaN;
}

function refusedCurrency(code: string): Refused | undefined {
  if (!/^[A-Za-z0-9]{1,10}$/.test(code)) {
    return new Refused('must be a currency of 1 to 10 letters and digits', 'such as USD');
  }
  if (code.toUpperCase() === UNKNOWN_CURRENCY)
    return new Refused('must name a currency', 'XXX stands for an unknown one');
  if (/^[A-Za-z]{3}$/.test(code) && code !== code.toUpperCase()) {
    return new Refused('must be upper case', 'as in ISO 4217, such as USD');
  }
  return undefined;
}

function readRate(rate: unknown): Decimal | Refused {
  const text = typeof rate === 'number' ? String(rate) : rate;
  const decimal = typeof text === 'string' ? parseDecimal(text) : null;
  return decimal !== null && compareDecimals(decimal, '0') > 0
    ? decimal
    : new Refused('must be a decimal number above 0', 'such as "1.10"');
}
