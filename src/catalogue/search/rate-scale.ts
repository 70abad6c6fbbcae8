/** Compares the rates of several panels exactly, at the configured exchange rates. */
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

/** The rates and currencies by which prices are compared. */
export interface Pricing {
  readonly exchange: ExchangeRates;
  /** The currency of a panel's rates; XXX where nobody knows. */
  readonly currencyOf: (panel: string) => string;
}

/** A rate, and the place of its panel among the panels of the scale. */
export interface ScaledRate {
  readonly list: number;
  readonly rate: Decimal;
}

interface Unit {
  /** Rates can be compared only within a group. */
  readonly group: number;
  /** The value of one unit of the currency within the group. */
  readonly value: FastDecimal;
  readonly currency: string;
}

/**
 * Puts panels into groups whose rates can be compared. The first group holds all panels whose currency converts to the
 * base currency. Each other currency is a group of its own, in the order of the panels; where the currency is not known,
 * the panel is a group by itself.
 */
export class RateScale {
  readonly #units: readonly Unit[];

  constructor(panels: readonly string[], pricing: Pricing) {
    const groups = new Map<string, number>();
    this.#units = panels.map((panel) => {
      const currency = pricing.currencyOf(panel);
      const value = valueInBase(currency, pricing.exchange);
      if (value !== null) return { group: 0, value: fastDecimal(value), currency };
      const name = currency === UNKNOWN_CURRENCY ? `${currency}:${panel}` : currency;
      const group = groups.get(name) ?? groups.size + 1;
      groups.set(name, group);
      return { group, value: fastDecimal('1'), currency };
    });
  }

  /** 0 where the rates convert to the base currency. */
  groupOf(list: number): number {
    return this.#unitOf(list).group;
  }

  /** The currency of a list's rates. */
  currencyOf(list: number): string {
    return this.#unitOf(list).currency;
  }

  /** Compares two rates of one group. */
  compare(left: ScaledRate, right: ScaledRate): number {
    return compareValues([left.rate, this.#unitOf(left.list).value], [right.rate, this.#unitOf(right.list).value]);
  }

  #unitOf(list: number): Unit {
    const unit = this.#units[list];
    if (!unit) throw new RangeError(`The scale has no list ${list}.`);
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
