/** Rates of several panels on one scale: compared exactly, at the configured exchange rates. */
import {
  compareValues,
  type Decimal,
  type ExchangeRates,
  type FastDecimal,
  fastDecimal,
  type Money,
  multiplyDecimals,
  UNKNOWN_CURRENCY,
  valueInBase,
} from '../../domain/money.ts';
import type { Service } from '../../domain/service.ts';

/** A rate with the place of its panel among the compared ones. */
export interface ScaledRate {
  readonly list: number;
  readonly rate: Decimal;
}

interface Unit {
  /** Rates are compared within a group. */
  readonly group: number;
  /** What one unit of the currency is worth within the group. */
  readonly value: FastDecimal;
}

/**
 * Puts panels into groups whose rates can be compared: first all that convert to the base currency, then each
 * currency without a rate by itself, in the order of the panels (an unknown currency is the panel's own).
 */
export class RateScale {
  readonly #units: readonly Unit[];

  constructor(panels: readonly string[], pricing: { exchange: ExchangeRates; currencyOf: (panel: string) => string }) {
    const groups = new Map<string, number>();
    this.#units = panels.map((panel) => {
      const currency = pricing.currencyOf(panel);
      const value = valueInBase(currency, pricing.exchange);
      if (value !== null) return { group: 0, value: fastDecimal(value) };
      const name = currency === UNKNOWN_CURRENCY ? `${currency}:${panel}` : currency;
      const group = groups.get(name) ?? groups.size + 1;
      groups.set(name, group);
      return { group, value: fastDecimal('1') };
    });
  }

  /** 0 where rates convert to the base currency. */
  groupOf(list: number): number {
    return this.#unitOf(list).group;
  }

  /** Compares two rates of one group. */
  compare(left: ScaledRate, right: ScaledRate): number {
    return compareValues([left.rate, this.#unitOf(left.list).value], [right.rate, this.#unitOf(right.list).value]);
  }

  #unitOf(list: number): Unit {
    const unit = this.#units[list];
    if (!unit) throw new RangeError(`No list ${list} is compared.`);
    return unit;
  }
}

/** A test whether a rate in `currency` is at or below a limit. No rate passes where one of the two cannot be converted. */
export function isAtMost(
  limit: Money,
  { currency, exchange }: { currency: string; exchange: ExchangeRates },
): (service: Service) => boolean {
  const isSame = currency === limit.currency && currency !== UNKNOWN_CURRENCY;
  const unit = isSame ? '1' : valueInBase(currency, exchange);
  const limitUnit = isSame ? '1' : valueInBase(limit.currency, exchange);
  if (unit === null || limitUnit === null) return () => false;
  // Values, unlike converted amounts, are not rounded: two rates that differ must not become equal.
  const most: FastDecimal = fastDecimal(multiplyDecimals(limit.amount, limitUnit));
  const fastUnit = fastDecimal(unit);
  return ({ rate }) => compareValues([rate, fastUnit], ['1', most]) <= 0;
}
