import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderDetails } from '../../../src/domain/order-forms.ts';
import { smartpanel } from '../../../src/providers/dialects/smartpanel/index.ts';
import { describeDialect } from '../../conformance/dialect-conformance.ts';
import { documentedExchanges } from '../../conformance/documented-exchanges.ts';

describeDialect(smartpanel, documentedExchanges('smartpanel'));

const encode = (details: OrderDetails) => smartpanel.add.encode({ service: '7', details });
/** As PHP's urldecode: what is no escape stays. */
const decodeAgain = (text: string): string =>
  Buffer.from(
    text
      .replaceAll('+', ' ')
      .replace(/%([0-9a-f]{2})|./gisu, (part, hex?: string) =>
        hex === undefined ? Buffer.from(part).toString('latin1') : String.fromCharCode(Number.parseInt(hex, 16)),
      ),
    'latin1',
  ).toString();
const arrived = (link: string): string => {
  const body = new URLSearchParams(encode({ form: 'package', values: { link } })).toString();
  return decodeAgain(new URLSearchParams(body).get('link') ?? '');
};

describe('a link at SmartPanel', () => {
  it.each(['https://t.me/+AbCdEf', 'https://example.com/a%2Fb?q=c+d%20e&x=100%', 'https://example.com/é/%C3%A9#%'])(
    'arrives whole: %s',
    (link) => {
      expect(arrived(link)).toBe(link);
    },
  );

  it('arrives whole, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (link) => {
        expect(arrived(link)).toBe(link);
      }),
    );
  });

  it('arrives whole as a parameter of the caller’s own, too', () => {
    const form = encode({
      form: 'other',
      parameters: [
        { name: 'link', value: 'a+b' },
        { name: 'note', value: 'a+b' },
      ],
    });
    expect(form).toEqual({ action: 'add', service: '7', link: 'a%2Bb', note: 'a+b' });
  });

  it('is written as it stands where nothing in it is an escape', () => {
    expect(encode({ form: 'package', values: { link: 'https://example.com/p/1' } })['link']).toBe(
      'https://example.com/p/1',
    );
  });
});

describe('a comment at SmartPanel', () => {
  it('is never sent where it would be two', () => {
    const values = (...comments: string[]) => ({ link: 'l', comments });
    expect(() => encode({ form: 'customComments', values: values('fine', 'one | two') })).toThrow(/parts two/);
    expect(encode({ form: 'customComments', values: values('a|b', 'c |', '| d') })['comments']).toBe('a|b\nc |\n| d');
  });
});
