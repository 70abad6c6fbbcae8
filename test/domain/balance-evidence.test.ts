import { describe, expect, it } from 'vitest';
import {
  type BalanceBefore,
  type JudgeOptions,
  judgeBalance,
  placesOf,
  showsPlaced,
} from '../../src/domain/balance-evidence.ts';

const reading = (amount: string, currency: string | null = 'USD') => ({ amount, currency, at: 0 });
const known = (amount: string, between: Partial<BalanceBefore> = {}): BalanceBefore => ({
  reading: reading(amount),
  ordersBetween: 0,
  chargedBetween: '0',
  ...between,
});
const ORDER = {
  charge: { amount: '0.09', currency: 'USD' },
  isChargedAtOnce: true,
  places: 5,
  isRounded: false,
  doubt: null,
};

function judge(from: BalanceBefore | null, to: string | null, order: Partial<JudgeOptions> = {}) {
  const { finding, reason } = judgeBalance({
    ...ORDER,
    before: from,
    after: to === null ? null : reading(to),
    ...order,
  });
  return reason === null ? finding : `${finding}: ${reason}`;
}

describe('what the balance says of an order', () => {
  it.each<[string, BalanceBefore, string, Partial<JudgeOptions>, string]>([
    ['stays', known('100.84292'), '100.84292', {}, 'UNCHANGED'],
    ['stays in other words', known('100.50'), '100.5', {}, 'UNCHANGED'],
    ['falls by the charge', known('100.84292'), '100.75292', {}, 'FELL_BY_CHARGE'],
    ['falls by the charge, rounded', known('100.84'), '100.75', { places: 2 }, 'FELL_BY_CHARGE'],
    ['stays beside known orders', known('100', { ordersBetween: 2, chargedBetween: '0.18' }), '99.82', {}, 'UNCHANGED'],
    [
      'falls beside known orders',
      known('100', { ordersBetween: 2, chargedBetween: '0.18' }),
      '99.73',
      {},
      'FELL_BY_CHARGE',
    ],
    ['is shown without its zeros', known('1000'), '1000', { places: 0 }, 'UNCHANGED'],
  ])('that %s', (_, from, to, order, finding) => {
    expect(judge(from, to, order)).toBe(finding);
  });

  it.each<[string, BalanceBefore | null, string | null, Partial<JudgeOptions>, RegExp]>([
    ['is not known before', null, '100', {}, /before the order is not known/],
    ['is not told after', known('100'), null, {}, /did not report/],
    ['is told in another currency', known('100', { reading: reading('100', 'EUR') }), '100', {}, /two currencies/],
    [
      'is told in another currency than the price',
      known('1'),
      '1',
      { charge: { amount: '1', currency: 'EUR' } },
      /price/,
    ],
    ['is asked for an order of unknown charge', known('100'), '100', { charge: null }, /is not known/],
    ['is asked for a subscription', known('100'), '100', { isChargedAtOnce: false }, /at once/],
    ['has moved for unknown reasons', known('100', { chargedBetween: null }), '100', {}, /in between/],
    [
      'shows two places, for an order of less',
      known('1.00'),
      '1.00',
      { places: 2, charge: { amount: '0.009', currency: 'USD' } },
      /less than the balance can show/,
    ],
    ['is rounded', known('1000'), '1000', { places: 0, isRounded: true }, /less than the balance can show/],
    ['is rounded to tenths', known('100.5'), '100.5', { places: 1, isRounded: true }, /less than the balance can show/],
    ['stays, and may have fallen', known('100'), '100', { doubt: 'It may be kept.' }, /It may be kept/],
    ['is asked for a free order', known('1.00'), '1.00', { charge: { amount: '0', currency: 'USD' } }, /less than/],
    ['falls by something else', known('100'), '90', {}, /fell by 10, and the order would have cost 0.09/],
    ['rises', known('100'), '101', {}, /rose by 1/],
    [
      'falls by something else beside known orders',
      known('100', { ordersBetween: 1, chargedBetween: '0.09' }),
      '90',
      {},
      /fell by 9.91 beyond what known orders have cost/,
    ],
  ])('cannot be told where it %s', (_, from, to, order, reason) => {
    expect(judge(from, to, order)).toMatch(/^CANNOT_BE_TOLD: /);
    expect(judge(from, to, order)).toMatch(reason);
  });

  it('cannot be told of a currency without decimals where the order costs less than one', () => {
    const vnd = (amount: string) => reading(amount, 'VND');
    const order = { ...ORDER, places: 0, after: vnd('150000'), before: known('1', { reading: vnd('150000') }) };
    expect(judgeBalance({ ...order, charge: { amount: '0.45', currency: 'VND' } }).finding).toBe('CANNOT_BE_TOLD');
    expect(judgeBalance({ ...order, charge: { amount: '45', currency: 'VND' } }).finding).toBe('UNCHANGED');
  });

  it.each([
    ['100', 0],
    ['100.50', 2],
    ['100.84292', 5],
    ['99.909999999999997', 2],
    ['99.91000000000001', 2],
    ['0.1234567', 6],
  ])('takes %s for an amount of %i places', (amount, places) => {
    expect(placesOf(amount)).toBe(places);
  });

  it('is told where nobody names the currency', () => {
    const unnamed = { ...ORDER, after: reading('5', null), before: known('1', { reading: reading('5', null) }) };
    expect(judgeBalance({ ...unnamed, charge: { amount: '1', currency: 'XXX' } }).finding).toBe('UNCHANGED');
  });
});

describe('whether the balance shows the orders placed before it', () => {
  const CENTS = { places: 2, isRounded: false };
  const placed = (chargedBetween: string | null) => known('100', { ordersBetween: 2, chargedBetween });

  it.each([
    ['fell by their charges', placed('0.18'), '99.82', true],
    ['stayed', placed('0.18'), '100', false],
    ['fell by half, and a bonus paid the rest', placed('0.18'), '99.91', false],
    ['fell by a little less, as with a discount', placed('0.18'), '99.85', null],
    ['rose by a payment', placed('0.18'), '150', null],
    ['cannot show so little', placed('0.01'), '100', null],
    ['is held against orders of unknown charges', placed(null), '100', null],
  ])('where it %s', (_, before, after, shown) => {
    expect(showsPlaced(before, reading(after), CENTS)).toBe(shown);
  });

  it('is not known in another currency', () => {
    expect(showsPlaced(placed('0.18'), reading('100', 'EUR'), CENTS)).toBeNull();
  });

  it('is not known of whole dollars that are seen to be rounded', () => {
    expect(showsPlaced(placed('0.18'), reading('100'), { places: 0, isRounded: true })).toBeNull();
  });
});
