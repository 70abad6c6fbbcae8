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

/** The configured price of one unit of each currency, in the base currency. */
export interface ExchangeRates {
  readonly base: string;
  readonly rates: Readonly<Record<string, Decimal>>;
}

/** Ten places, half-even, as `Money.in` promises. They apply to quotients alone: products are exact. */
const Exact = Big();
Exact.DP = 10;
Exact.RM = 2;

const PLAIN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;
const GROUPED = /^[+-]?\d{1,3}(?:[,_ '’\u00a0\u202f]\d{3})+(?:\.\d*)?$/;
const GROUP_SEPARATORS = /[,_ '’\u00a0\u202f]/g;
/** A longer text is no price, and computing with it would take time. */
const MAX_DIGITS = 80;

/**
 * Reads a decimal as panels write it. Thousands separators are removed, exponents are written out, and digits are kept
 * (`0.90` stays `0.90`). Null for any other text, including one whose comma may be a decimal point.
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

/** The decimal without trailing zeros, as computed amounts are written. */
export function plainDecimal(value: Decimal): Decimal {
  return new Exact(value).toFixed();
}

/** Below zero, zero or above zero, as `left - right`. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  return new Exact(left).cmp(right);
}

/** A decimal that is compared often, with its nearest float, which decides most comparisons many times faster. */
export interface FastDecimal {
  readonly exact: Decimal;
  readonly float: number;
}

export function fastDecimal(exact: Decimal): FastDecimal {
  return { exact, float: Number(exact) };
}

/** As `compareDecimals`, and as exact. */
export function compareFastDecimals(left: FastDecimal, right: FastDecimal): number {
  if (left.exact === right.exact) return 0;
  return compareFloats(left.float, right.float) || compareDecimals(left.exact, right.exact);
}

/** An amount and what one unit of it is worth. */
export type ValuedAmount = readonly [amount: Decimal, unit: FastDecimal];

/** Compares two amounts times their units, exactly. */
export function compareValues([left, leftUnit]: ValuedAmount, [right, rightUnit]: ValuedAmount): number {
  if (left === right && leftUnit.exact === rightUnit.exact) return 0;
  return (
    compareFloats(Number(left) * leftUnit.float, Number(right) * rightUnit.float) ||
    new Exact(left).times(leftUnit.exact).cmp(new Exact(right).times(rightUnit.exact))
  );
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

/** The exact price of `quantity` units at a price per 1000. */
export function priceOf(ratePerThousand: Decimal, quantity: number): Decimal {
  return new Exact(ratePerThousand).times(quantity).times('0.001').toFixed();
}

/**
 * The same value in another currency at the configured rates, to ten places, half-even. Null where a rate is not
 * configured or a currency is unknown. An amount that is in this currency already keeps its digits.
 */
export function convertMoney(money: Money, currency: string, exchange: ExchangeRates): Money | null {
  if (money.currency === currency && currency !== UNKNOWN_CURRENCY) return money;
  const from = valueInBase(money.currency, exchange);
  const to = valueInBase(currency, exchange);
  if (from === null || to === null) return null;
  return { amount: new Exact(money.amount).times(from).div(to).toFixed(), currency };
}

/** The value of one unit of a currency in the base currency; null where the rate is not configured. */
export function valueInBase(currency: string, { base, rates }: ExchangeRates): Decimal | null {
  if (currency === UNKNOWN_CURRENCY) return null;
  if (currency === base) return '1';
  return Object.hasOwn(rates, currency) ? (rates[currency] ?? null) : null;
}

/**
 * Compares two exact numbers by floats: the nearest ones, or products of two of these. 0 means that they are too close
 * to decide. A result below or above zero is right, since the floats are off by far less than the margin.
 */
function compareFloats(left: number, right: number): number {
  const difference = left - right;
  const size = Math.max(Math.abs(left), Math.abs(right));
  return size > SMALLEST && Math.abs(difference) > MARGIN * size ? difference : 0;
}

const MARGIN = 1e-12;
/** Floats below this size lose digits. */
const SMALLEST = 1e-290;

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
