/**
 * Exact money: decimals are text from the wire to the client, never floats.
 * A panel's digits are kept; a computed amount has no trailing zeros.
 */
import { Big } from 'big.js';

/** An exact decimal number as plain text (`-?digits[.digits]`), such as `0.27819`. */
export type Decimal = string;

/** An amount with the three-letter (or the panel's own) code of its currency. */
export interface Money {
  readonly amount: Decimal;
  readonly currency: string;
}

/** The code of an amount whose currency nobody has named; never converted. */
export const UNKNOWN_CURRENCY = 'XXX';

/** A configured price of one unit of each currency in the base currency. */
export interface ExchangeRates {
  readonly base: string;
  readonly rates: Readonly<Record<string, Decimal>>;
}

/** Ten places, half-even: what `Money.in` promises. Products are exact whatever these say. */
const Exact = Big();
Exact.DP = 10;
Exact.RM = 2;

const PLAIN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;
const GROUPED = /^[+-]?\d{1,3}(?:[,_ '’\u00a0\u202f]\d{3})+(?:\.\d*)?$/;
const GROUP_SEPARATORS = /[,_ '’\u00a0\u202f]/g;
/** Longer text is no price; it would only cost time to compute with. */
const MAX_DIGITS = 80;

/**
 * Reads a decimal as panels write it: thousands separators removed, exponents written out, digits kept
 * (`0.90` stays `0.90`). Null for anything else, also for a comma that may be a decimal point.
 */
export function parseDecimal(text: string): Decimal | null {
  const trimmed = text.trim();
  if (trimmed.length > MAX_DIGITS) return null;
  const bare = GROUPED.test(trimmed) ? trimmed.replace(GROUP_SEPARATORS, '') : trimmed;
  const match = PLAIN.exec(bare);
  if (!match) return null;
  const [, sign, whole = '', fraction = '', exponent] = match;
  if (whole === '' && fraction === '') return null;
  return withSign(sign, exponent === undefined ? joined(whole, fraction) : shifted(whole, fraction, Number(exponent)));
}

/** A decimal without trailing zeros, as computed amounts are written. */
export function plainDecimal(value: Decimal): Decimal {
  return new Exact(value).toFixed();
}

/** Below zero, zero or above zero, as `left - right`. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  return new Exact(left).cmp(right);
}

/** The exact sum, without trailing zeros. */
export function addDecimals(left: Decimal, right: Decimal): Decimal {
  return new Exact(left).plus(right).toFixed();
}

/** The exact product, without trailing zeros. */
export function multiplyDecimals(left: Decimal, right: Decimal | number): Decimal {
  return new Exact(left).times(right).toFixed();
}

/** Rounded to so many places, half-even, without trailing zeros. */
export function roundDecimal(value: Decimal, places: number): Decimal {
  return new Exact(value).round(places).toFixed();
}

/** The price of `quantity` units at a price per 1000, exact. */
export function priceOf(ratePerThousand: Decimal, quantity: number): Decimal {
  return new Exact(ratePerThousand).times(quantity).times('0.001').toFixed();
}

/**
 * The same value in another currency at the configured rates, to ten places, half-even.
 * Null where a rate is not configured or the currency is unknown; the same currency keeps its digits.
 */
export function convertMoney(money: Money, currency: string, exchange: ExchangeRates): Money | null {
  if (money.currency === UNKNOWN_CURRENCY || currency === UNKNOWN_CURRENCY) return null;
  if (money.currency === currency) return money;
  const from = rateOf(money.currency, exchange);
  const to = rateOf(currency, exchange);
  if (from === null || to === null) return null;
  return { amount: new Exact(money.amount).times(from).div(to).toFixed(), currency };
}

/** One unit of a currency in the base currency; null where no rate is configured. */
function rateOf(currency: string, { base, rates }: ExchangeRates): Decimal | null {
  if (currency === base) return '1';
  return Object.hasOwn(rates, currency) ? (rates[currency] ?? null) : null;
}

function withSign(sign: string | undefined, digits: string): Decimal {
  return sign === '-' && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

function joined(whole: string, fraction: string): string {
  const head = whole.replace(/^0+(?=\d)/, '') || '0';
  return fraction === '' ? head : `${head}.${fraction}`;
}

/** Moves the point by hand, so that the digits stay: 1.10e2 is 110, 1e-7 is 0.0000001. */
function shifted(whole: string, fraction: string, exponent: number): string {
  const digits = whole + fraction;
  const point = whole.length + exponent;
  if (point <= 0) return joined('0', '0'.repeat(-point) + digits);
  if (point >= digits.length) return joined(digits + '0'.repeat(point - digits.length), '');
  return joined(digits.slice(0, point), digits.slice(point));
}
