/** Judges an order by the balance of its account, where the panel's answer does not tell the outcome. */
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  type Money,
  multiplyDecimals,
  roundDecimal,
  UNKNOWN_CURRENCY,
} from './money.ts';

/** What a panel said of its account's balance while no order was being placed there. */
export interface BalanceReading {
  readonly amount: Decimal;
  /** Null where neither the panel nor the configuration names it. */
  readonly currency: string | null;
  /** When the panel said so, in ms since 1970. */
  readonly at: number;
}

/** UNCHANGED: the order took nothing. FELL_BY_CHARGE: the balance fell by what the order would have cost. */
export const BALANCE_FINDINGS = ['UNCHANGED', 'FELL_BY_CHARGE', 'CANNOT_BE_TOLD'] as const;
export type BalanceFinding = (typeof BALANCE_FINDINGS)[number];

/** The last reading before an order, and what is known to have moved the balance since. */
export interface BalanceBefore {
  readonly reading: BalanceReading;
  /** Orders placed after the reading and before the order was judged. */
  readonly ordersBetween: number;
  /** What those orders have cost together, by their estimates; null where that is not known. */
  readonly chargedBetween: Decimal | null;
}

export interface BalanceEvidence {
  readonly before: BalanceBefore | null;
  readonly after: BalanceReading | null;
  /** Null where the balance was not asked for after the order. */
  readonly finding: BalanceFinding | null;
  /** Why the balance does not tell, as a sentence; null where it does. */
  readonly reason: string | null;
}

/** How exactly a panel shows its balance. */
export interface Precision {
  /** The most digits after the point that it has shown. */
  readonly places: number;
  /** Whether it has been seen to round to those digits. */
  readonly isRounded: boolean;
}

export interface JudgeOptions extends Precision {
  readonly before: BalanceBefore | null;
  readonly after: BalanceReading | null;
  /** What the order would cost; null where it cannot be known. */
  readonly charge: Money | null;
  /** False for an order that panels charge bit by bit, or later. */
  readonly isChargedAtOnce: boolean;
  /** A sentence that says why the balance may look unchanged though the order took its charge; null where it may not. */
  readonly doubt: string | null;
}

/** Whether an order has moved the balance. CANNOT_BE_TOLD where there is any doubt. */
export function judgeBalance({ before, after, ...order }: JudgeOptions): BalanceEvidence {
  const verdict = judge({ before, after, ...order });
  return isFinding(verdict)
    ? { before, after, finding: verdict, reason: null }
    : { before, after, finding: 'CANNOT_BE_TOLD', reason: verdict };
}

/** A finding, or the sentence that says why there is none. */
function judge({ before, after, charge, isChargedAtOnce, places, isRounded, doubt }: JudgeOptions): string {
  if (before === null) return 'The balance before the order is not known.';
  if (after === null) return 'The panel did not report its balance after the order.';
  if (before.reading.currency !== after.currency) return 'The panel reported its balance in two currencies.';
  if (charge === null) return 'It is not known what the order would have cost.';
  if (!isSameCurrency(charge, after)) return 'The balance is in another currency than the price.';
  if (!isChargedAtOnce) return 'Panels do not take the charge of such an order at once.';
  if (before.chargedBetween === null) return 'It is not known what else moved the balance in between.';
  const step = stepOf(after.currency, { places, isRounded });
  const visible = before.ordersBetween === 0 ? step : multiplyDecimals(step, 2);
  if (compareDecimals(charge.amount, visible) < 0) return 'The order costs less than the balance can show.';
  const fell = subtract(subtract(before.reading.amount, after.amount), before.chargedBetween);
  if (isUnchanged(fell, before.ordersBetween, step)) return doubt ?? 'UNCHANGED';
  if (isAbout(fell, charge.amount, step)) return 'FELL_BY_CHARGE';
  const known = before.ordersBetween === 0 ? '' : ' beyond what known orders have cost';
  return compareDecimals(fell, '0') > 0
    ? `The balance fell by ${fell}${known}, and the order would have cost ${charge.amount}.`
    : `The balance rose by ${multiplyDecimals(fell, -1)}${known}.`;
}

/**
 * Whether a reading shows what the orders placed since the one before have cost together. False where the balance fell by
 * half of that or less, as one that is kept, or charged late; null where it cannot be told.
 */
export function showsPlaced(before: BalanceBefore, after: BalanceReading, precision: Precision): boolean | null {
  const { reading, chargedBetween: charged } = before;
  const step = stepOf(after.currency, precision);
  if (charged === null || reading.currency !== after.currency) return null;
  if (compareDecimals(charged, multiplyDecimals(step, 2)) < 0) return null;
  const fell = subtract(reading.amount, after.amount);
  if (isAbout(fell, charged, step)) return true;
  return compareDecimals(fell, '0') >= 0 && compareDecimals(multiplyDecimals(fell, 2), charged) <= 0 ? false : null;
}

function isFinding(text: string): text is BalanceFinding {
  return BALANCE_FINDINGS.some((finding) => finding === text);
}

function isSameCurrency(charge: Money, { currency }: BalanceReading): boolean {
  return charge.currency === (currency ?? UNKNOWN_CURRENCY);
}

/** Exactly unchanged where nothing else was bought. Where something was, both readings may have been rounded. */
function isUnchanged(fell: Decimal, ordersBetween: number, step: Decimal): boolean {
  if (ordersBetween === 0) return compareDecimals(fell, '0') === 0;
  return compareDecimals(absolute(fell), step) < 0;
}

/** Panels round charges in different ways: two steps, or a twentieth of the charge, count as rounding. */
function isAbout(fell: Decimal, charge: Decimal, step: Decimal): boolean {
  const off = absolute(subtract(fell, charge));
  return (
    compareDecimals(off, multiplyDecimals(step, 2)) <= 0 || compareDecimals(multiplyDecimals(off, 20), charge) <= 0
  );
}

/** Digits beyond these are the noise of a float. */
const MOST_PLACES = 6;

/**
 * The least change that the balance shows. `100` stands for `100.00` where the currency has cents and the panel has not
 * been seen to round; else for an amount that is rounded to its last digit.
 */
function stepOf(currency: string | null, { places, isRounded }: Precision): Decimal {
  const shown = Math.min(isRounded ? places : Math.max(places, minorPlacesOf(currency)), MOST_PLACES);
  return shown === 0 ? '1' : `0.${'0'.repeat(shown - 1)}1`;
}

function minorPlacesOf(currency: string | null): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency: currency ?? '' });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** How many digits stand after the point, without the noise of a float: `99.909999999999997` is rounded to cents. */
export function placesOf(amount: Decimal): number {
  const shown = fractionOf(amount);
  return shown.length <= MOST_PLACES ? shown.length : fractionOf(roundDecimal(amount, MOST_PLACES)).length;
}

function fractionOf(amount: Decimal): string {
  const point = amount.indexOf('.');
  return point < 0 ? '' : amount.slice(point + 1);
}

function subtract(left: Decimal, right: Decimal): Decimal {
  return addDecimals(left, multiplyDecimals(right, -1));
}

function absolute(value: Decimal): Decimal {
  return value.startsWith('-') ? value.slice(1) : value;
}
