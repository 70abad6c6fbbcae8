import { describe, expect, it } from 'vitest';
import type { RefusalCode } from '../../src/domain/errors.ts';
import type { WireValue } from '../../src/providers/dialect.ts';
import { standard } from '../../src/providers/dialects/standard/index.ts';
import { withOwnPhrases } from '../../src/providers/own-phrases.ts';
import { cpuMsOf } from '../support/cpu-time.ts';

const REFUSALS: Readonly<Record<string, RefusalCode>> = {
  'Fondos agotados': 'INSUFFICIENT_FUNDS',
  'Server error: wrong link.': 'INVALID_LINK',
  'Too many requests': 'LINK_BUSY',
  'Kayıt yok': 'ORDER_NOT_FOUND',
};
const dialect = withOwnPhrases(standard, REFUSALS);
const context = { panel: 'acme', at: new Date(0) };
const NO_FUNDS = { code: 'INSUFFICIENT_FUNDS', outcome: 'rejected', isRecognised: true };

describe('a panel’s own phrase', () => {
  it.each(['Fondos agotados', '  FONDOS \n agotados. ', 'fondos agotados!'])(
    'is known as %j, whatever the tables say',
    (text) => {
      expect(dialect.decodeRefusal({ error: text }, 'add')).toMatchObject(NO_FUNDS);
      expect(dialect.classify(text, 'status')).toMatchObject(NO_FUNDS);
    },
  );

  it('is known for the whole of a text only', () => {
    expect(dialect.classify('Fondos agotados en el proveedor', 'add').code).not.toBe('INSUFFICIENT_FUNDS');
    expect(dialect.classify('Fondos agotados?', 'add').code).not.toBe('INSUFFICIENT_FUNDS');
  });

  it.each([
    ['the panel’s own failure', 'Server error: wrong link', 'INVALID_LINK'],
    ['a rate limit', 'Too many requests', 'LINK_BUSY'],
  ])('goes before what the tables call %s', (_what, text, code) => {
    expect(standard.classify(text, 'add').outcome).not.toBe('rejected');
    expect(dialect.decodeRefusal({ error: text }, 'add')).toMatchObject({
      code,
      outcome: 'rejected',
      isRecognised: true,
    });
  });

  it.each([
    ['a bare text', 'Fondos agotados'],
    ['a message', { message: 'Fondos agotados' }],
    ['a message beside a success', { status: 'success', msg: 'Fondos agotados' }],
    ['a message inside of data', { data: { message: 'Fondos agotados' } }],
    ['the place of the number', { order: { error: 'Fondos agotados' } }],
  ])('refuses an order as %s', (_where, value) => {
    expect(dialect.decodeRefusal(value, 'add')).toMatchObject(NO_FUNDS);
  });

  it.each<WireValue>([
    { order: '7', message: 'Fondos agotados' },
    { order: '7', error: 'Fondos agotados' },
    { data: { order: '7' }, message: 'Fondos agotados' },
  ])('never calls an order refused whose number is there: %j', (value) => {
    expect(dialect.decodeRefusal(value, 'add')).toBeNull();
    expect(dialect.add.decode(value)).toEqual({ kind: 'unreadable' });
  });

  it('refuses other calls likewise, but for what they did', () => {
    expect(dialect.decodeRefusal('Kayıt yok', 'status')).toMatchObject({ code: 'ORDER_NOT_FOUND' });
    expect(dialect.decodeRefusal({ message: 'Kayıt yok' }, 'cancel')).toMatchObject({ code: 'ORDER_NOT_FOUND' });
    expect(dialect.decodeRefusal({ refill: '9', message: 'Kayıt yok' }, 'refill')).toBeNull();
  });

  it('is known beside one id of several', () => {
    const [one, many] = ['Kayıt yok', { 1: { error: 'Kayıt yok' }, 2: 'Kayıt yok' }];
    const refused = { kind: 'refused', refusal: { code: 'ORDER_NOT_FOUND', isRecognised: true } };
    for (const codec of [
      dialect.status.multi,
      dialect.refillStatus.multi,
      dialect.refill.multi,
      dialect.cancel.multi,
    ]) {
      const readings = codec.decode(many, ['1', '2'], context);
      expect([readings?.get('1'), readings?.get('2')]).toMatchObject([refused, refused]);
    }
    expect(standard.status.multi.decode({ 1: { error: one } }, ['1'], context)?.get('1')).not.toMatchObject(refused);
  });

  it('costs a panel without any nothing', () => {
    expect(withOwnPhrases(standard, {})).toBe(standard);
  });

  it('is looked for in a long text in no time', () => {
    const text = `${' '.repeat(2_000_000)}x${' .'.repeat(1_000_000)}`;
    expect(cpuMsOf(() => dialect.classify(text, 'add'))).toBeLessThan(1000);
  });
});
