/** Whether a panel has charged more for an order than its placement allowed, or than it was expected to cost. */
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
  /** What it is above. */
  readonly of: 'maxCharge' | 'estimatedCharge';
  /** In the panel's currency. */
  readonly charge: Money;
  readonly limit: Money;
}

/** Panels round what they charge: so much above the estimate is no other price. */
const ROUNDING = { factor: '1.01', amount: '0.01' } as const;

/**
 * Null where the charge is within bounds, also where that cannot be told: no charge, no common currency, or an order
 * that had neither a `maxCharge` nor a price beforehand. Above both bounds it is told of the `maxCharge`.
 */
export function findChargeExcess(
  { maxCharge, estimatedCharge }: Pick<PlacementRecord, 'maxCharge' | 'estimatedCharge'>,
  told: PanelAmount | null,
  exchange: ExchangeRates,
): ChargeExcess | null {
  // What the panel does not name stands in the currency of its prices, as the estimate does.
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
