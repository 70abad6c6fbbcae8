/** Finds out whether a panel has charged more for an order than `maxCharge` allows, or clearly more than estimated. */
import {
  addDecimals,
  compareDecimals,
  convertMoney,
  type ExchangeRates,
  type Money,
  multiplyDecimals,
} from '../../domain/money.ts';
import type { PanelAmount } from '../../domain/order.ts';
import type { PlacementRecord } from '../../storage/ledger/ledger-store.ts';

export interface ChargeExcess {
  /** The limit that the charge exceeds. */
  readonly of: 'maxCharge' | 'estimatedCharge';
  /** In the panel's currency. */
  readonly charge: Money;
  readonly limit: Money;
}

/** Panels round charges. A charge within this margin above the estimate is the estimated price. */
const ROUNDING = { factor: '1.01', amount: '0.01' } as const;

/**
 * Null where the charge is within the limits, and where that cannot be known: without a charge, without a common
 * currency, or without both a `maxCharge` and an estimate. Names the `maxCharge` where both limits are exceeded.
 */
export function findChargeExcess(
  { maxCharge, estimatedCharge }: Pick<PlacementRecord, 'maxCharge' | 'estimatedCharge'>,
  told: PanelAmount | null,
  exchange: ExchangeRates,
): ChargeExcess | null {
  // Without a named currency the charge is in the currency of the panel's prices, like the estimate.
  const currency = told?.currency ?? estimatedCharge?.currency;
  if (!told || !currency) return null;
  const charge = { amount: told.amount, currency };
  if (maxCharge && isAbove(charge, maxCharge, exchange)) return { of: 'maxCharge', charge, limit: maxCharge };
  if (estimatedCharge && isAbove(charge, roundedUp(estimatedCharge), exchange)) {
    return { of: 'estimatedCharge', charge, limit: estimatedCharge };
  }
  return null;
}

function isAbove(charge: Money, limit: Money, exchange: ExchangeRates): boolean {
  const converted = convertMoney(charge, limit.currency, exchange);
  return converted !== null && compareDecimals(converted.amount, limit.amount) > 0;
}

function roundedUp({ amount, currency }: Money): Money {
  const byShare = multiplyDecimals(amount, ROUNDING.factor);
  const byAmount = addDecimals(amount, ROUNDING.amount);
  return { amount: compareDecimals(byShare, byAmount) > 0 ? byShare : byAmount, currency };
}
