import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  convertMoney,
  multiplyDecimals,
  parseDecimal,
  plainDecimal,
  priceOf,
} from '../../src/domain/money.ts';

const digits = fc.stringMatching(/^\d{1,30}$/);
const whole = fc.stringMatching(/^(?:0|[1-9]\d{0,24})$/);
const decimal = fc.tuple(fc.boolean(), whole, fc.option(digits, { nil: undefined })).map(([isNegative, head, tail]) => {
  const text = tail === undefined ? head : `${head}.${tail}`;
  return isNegative && /[1-9]/.test(text) ? `-${text}` : text;
});

/** A value as a whole number of units of ten to the minus `places`. */
function scaled(text: string, places: number): bigint {
  const [head = '', tail = ''] = text.replace('-', '').split('.');
  const units = BigInt(head + tail.padEnd(places, '0'));
  return text.startsWith('-') ? -units : units;
}

describe('reading a decimal', () => {
  it('keeps every digit of a plain one', () => {
    fc.assert(
      fc.property(decimal, (text) => {
        expect(parseDecimal(text)).toBe(text);
      }),
    );
  });

  it('removes thousands separators and nothing else', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[1-9]\d{3,20}$/),
        fc.option(digits, { nil: undefined }),
        fc.constantFrom(',', '_', ' ', "'", '’', '\u00a0', '\u202f'),
        (head, tail, separator) => {
          const grouped = head.replace(/\B(?=(?:\d{3})+$)/g, separator);
          const end = tail === undefined ? '' : `.${tail}`;
          expect(parseDecimal(grouped + end)).toBe(head + end);
        },
      ),
    );
  });

  it('writes an exponent out without losing a digit', () => {
    fc.assert(
      fc.property(whole, digits, fc.integer({ min: -60, max: 60 }), (head, tail, exponent) => {
        const read = parseDecimal(`${head}.${tail}e${exponent}`);
        expect(read).toMatch(/^\d+(\.\d+)?$/);
        const places = tail.length + 60;
        expect(scaled(read ?? '', places)).toBe(BigInt(head + tail) * 10n ** BigInt(60 + exponent));
      }),
    );
  });

  it.each([
    ['0.90', '0.90'],
    ['1,500.50000', '1500.50000'],
    ['0.00011999999999999999', '0.00011999999999999999'],
    ['1.10e2', '110'],
    ['1e-7', '0.0000001'],
    ['1.5E+3', '1500'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['+3', '3'],
    ['-0.0', '0.0'],
    ['007', '7'],
    [' 2 ', '2'],
  ])('reads %j as %j', (text, value) => {
    expect(parseDecimal(text)).toBe(value);
  });

  it.each([
    '',
    ' ',
    '.',
    '-',
    '1,5',
    '1,50',
    '12,34,567',
    '1.500,50',
    '1 2',
    '0x10',
    'Infinity',
    'NaN',
    '1e1000',
    '--1',
    '$5',
    '1'.repeat(81),
  ])('does not read %j', (text) => {
    expect(parseDecimal(text)).toBeNull();
  });
});

describe('computing with decimals', () => {
  it('is exact for products and sums of any size', () => {
    fc.assert(
      fc.property(decimal, decimal, (left, right) => {
        expect(scaled(multiplyDecimals(left, right), 60)).toBe(scaled(left, 30) * scaled(right, 30));
        expect(scaled(addDecimals(left, right), 30)).toBe(scaled(left, 30) + scaled(right, 30));
      }),
    );
  });

  it('orders as the numbers do', () => {
    fc.assert(
      fc.property(decimal, decimal, (left, right) => {
        const difference = scaled(left, 30) - scaled(right, 30);
        expect(Math.sign(compareDecimals(left, right))).toBe(difference === 0n ? 0 : difference > 0n ? 1 : -1);
      }),
    );
  });

  it('writes results without exponent and without trailing zeros', () => {
    expect(plainDecimal('1500.50000')).toBe('1500.5');
    expect(plainDecimal('0.0000000000000001')).toBe('0.0000000000000001');
    expect(multiplyDecimals('1000', `1${'0'.repeat(30)}`)).toBe(`1${'0'.repeat(33)}`);
  });

  it('prices a quantity by the thousand, exactly', () => {
    expect(priceOf('0.00011999999999999999', 1000)).toBe('0.00011999999999999999');
    expect(priceOf('0.90', 3_000_000_000)).toBe('2700000');
    expect(priceOf('0.001', 1)).toBe('0.000001');
  });
});

describe('converting money', () => {
  const exchange = { base: 'USD', rates: { EUR: '1.10', INR: '0.012', TEN: '10000000000' } };

  it('rounds to ten places, half to even', () => {
    const inTens = (amount: string) => convertMoney({ amount, currency: 'USD' }, 'TEN', exchange)?.amount;
    expect(inTens('0.5')).toBe('0');
    expect(inTens('1.5')).toBe('0.0000000002');
    expect(inTens('2.5')).toBe('0.0000000002');
    expect(inTens('2.50000001')).toBe('0.0000000003');
    expect(inTens('-1.5')).toBe('-0.0000000002');
  });

  it('is off by no more than half of the tenth place', () => {
    fc.assert(
      fc.property(decimal, (amount) => {
        const converted = convertMoney({ amount, currency: 'EUR' }, 'INR', exchange)?.amount ?? '';
        // converted * 0.012 is amount * 1.10, give or take: both by a thousand, in units of ten to the minus 41.
        const error = scaled(converted, 41) * 12n - scaled(amount, 30) * 1100n * 10n ** 11n;
        const bound = 12n * 5n * 10n ** 30n;
        expect(error <= bound && error >= -bound).toBe(true);
      }),
    );
  });

  it('keeps the digits where the currency is the same', () => {
    const money = { amount: '1.500', currency: 'ABC' };
    expect(convertMoney(money, 'ABC', exchange)).toBe(money);
  });

  it.each([
    ['USD', 'GBP'],
    ['GBP', 'USD'],
    ['XXX', 'USD'],
    ['USD', 'XXX'],
    ['XXX', 'XXX'],
    ['USD', 'toString'],
  ])('does not guess from %s to %s', (from, to) => {
    expect(convertMoney({ amount: '1', currency: from }, to, exchange)).toBeNull();
  });
});
