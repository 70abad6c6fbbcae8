import { describe, expect, it } from 'vitest';
import type { Money } from '../../../src/domain/money.ts';
import { findChargeExcess } from '../../../src/orders/following/charge-excess.ts';

const EXCHANGE = { base: 'USD', rates: { EUR: '1.10' } };
const usd = (amount: string): Money => ({ amount, currency: 'USD' });

function excessOf(
  charge: string,
  maxCharge: Money | null,
  estimatedCharge: Money | null,
  currency: string | null = 'USD',
) {
  return findChargeExcess({ maxCharge, estimatedCharge }, { amount: charge, currency }, EXCHANGE);
}

describe('a charge', () => {
  it.each([
    ['1', usd('1'), usd('1')],
    ['1.01', null, usd('1')],
    ['0.01', null, usd('0.0009')],
    ['101', null, usd('100')],
    ['0.09', usd('1'), usd('9')],
    ['500', null, null],
    ['500', { amount: '1', currency: 'GBP' }, null],
    ['500', null, { amount: '1', currency: 'XXX' }],
    ['1', { amount: '1', currency: 'EUR' }, null],
  ])('of %s is within %o and %o', (charge, maxCharge, estimate) => {
    expect(excessOf(charge, maxCharge, estimate)).toBeNull();
  });

  it.each([
    ['1.0000001', usd('1'), usd('1'), 'maxCharge'],
    ['1.11', { amount: '1', currency: 'EUR' }, null, 'maxCharge'],
    ['1.02', null, usd('1'), 'estimatedCharge'],
    ['101.01', usd('200'), usd('100'), 'estimatedCharge'],
    ['0.02', null, usd('0'), 'estimatedCharge'],
  ])('of %s is above %o or %o: the %s', (charge, maxCharge, estimate, of) => {
    const limit = of === 'maxCharge' ? maxCharge : estimate;
    expect(excessOf(charge, maxCharge, estimate)).toEqual({ of, charge: usd(charge), limit });
  });

  it("counts in the currency of the panel's prices where the panel names none", () => {
    expect(excessOf('2', usd('1'), usd('1'), null)?.of).toBe('maxCharge');
    expect(excessOf('2', usd('1'), null, null)).toBeNull();
    expect(findChargeExcess({ maxCharge: usd('1'), estimatedCharge: usd('1') }, null, EXCHANGE)).toBeNull();
  });
});
