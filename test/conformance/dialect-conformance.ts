/** The suite that every dialect passes: what it sends and what it makes of the answers, for all documented exchanges. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SERVICE_TYPES } from '../../src/domain/service.ts';
import type { Action, Dialect, MultiCodec, WireForm, WireValue } from '../../src/providers/dialect.ts';
import { parseExactJson } from '../../src/providers/json/exact-json.ts';
import { DOCUMENTED_AT, type DocumentedExchange } from './documented-exchanges.ts';
import { ORDER_FORM_CASES } from './order-form-cases.ts';

const context = { panel: 'acme', at: DOCUMENTED_AT };
const ACTIONS: readonly Action[] = ['services', 'balance', 'add', 'status', 'refill', 'refill_status', 'cancel'];

/** Describes a dialect; `exchanges` are those that the pages of its panels document. */
export function describeDialect(dialect: Dialect, exchanges: readonly DocumentedExchange[]): void {
  describe(`the dialect ${dialect.name}`, () => {
    describe.each(exchanges.map((each) => ({ name: `${each.panel}: ${each.title}`, exchange: each })))(
      '$name',
      ({ exchange }) => {
        it('sends the documented form', () => {
          expect(fieldsOf(encode(dialect, exchange))).toEqual(fieldsOf(exchange.form));
        });
        it('reads the documented answer', () => {
          const value = parseExactJson(exchange.reply);
          expect(dialect.decodeRefusal(value, exchange.action)).toBeNull();
          expect(decode(dialect, exchange, value)).toEqual(exchange.expected);
        });
      },
    );
    describeOrderForms(dialect);
    describeSafety(dialect);
  });
}

function describeOrderForms(dialect: Dialect): void {
  it.each(SERVICE_TYPES)('sends an order of type %s in its own form', (type) => {
    const { details, sent } = ORDER_FORM_CASES[type];
    const form = dialect.add.encode({ service: '7', details });
    expect(fieldsOf(form)).toEqual(fieldsOf({ action: 'add', service: '7', ...sent }));
  });
}

function describeSafety(dialect: Dialect): void {
  it('takes 100 ids in one call', () => {
    expect(dialect.maxBatchSize).toBe(100);
  });

  it('never sends the action that creates refills to read their status', () => {
    const forms = [dialect.refillStatus.single.encode('1'), dialect.refillStatus.multi.encode(['1', '2'])];
    expect(forms.map((form) => form['action'])).toEqual(['refill_status', 'refill_status']);
  });

  it.each(ACTIONS)('takes a top-level error for the refusal of %s', (action) => {
    const refusal = dialect.decodeRefusal({ error: ' Invalid API key ' }, action);
    expect(refusal).toEqual({
      code: 'INVALID_KEY',
      outcome: 'rejected',
      isRecognised: true,
      panelMessage: 'Invalid API key',
    });
  });

  it('reads any JSON without throwing', () => {
    fc.assert(
      fc.property(wireValues, (value) => {
        for (const action of ACTIONS) dialect.decodeRefusal(value, action);
        dialect.add.decode(value);
        for (const codec of [dialect.services, dialect.balance, dialect.status.single, dialect.refill.single]) {
          codec.decode(value, context);
        }
        dialect.refillStatus.single.decode(value, context);
      }),
    );
  });

  it('has one reading for each id that was asked, whatever the answer holds', () => {
    const codecs: readonly MultiCodec<unknown>[] = [
      dialect.status.multi,
      dialect.refillStatus.multi,
      dialect.refill.multi,
      dialect.cancel.multi,
    ];
    fc.assert(
      fc.property(wireValues, fc.uniqueArray(keys, { minLength: 1 }), (value, numbers) => {
        for (const codec of codecs) {
          const readings = codec.decode(value, numbers, context);
          if (readings) expect([...readings.keys()]).toEqual(numbers);
        }
      }),
    );
  });

  it('takes an order for placed only where the answer holds its number', () => {
    fc.assert(
      fc.property(wireValues, (value) => {
        const reading = dialect.add.decode(value);
        if (reading.kind === 'placed')
          expect(JSON.stringify(value)).toContain(JSON.stringify(reading.number).slice(1, -1));
      }),
    );
  });
}

/** Names that answers use, ids, and names that trip up careless code. */
const keys = fc.constantFrom(
  ...['order', 'orders', 'refill', 'refills', 'cancel', 'status', 'error', 'errors', 'message', 'data', 'services'],
  ...['service', 'rate', 'balance', 'charge', 'success', '1', '2', ' 3 ', '__proto__', 'constructor', 'toString'],
);
const words = fc.constantFrom('1', '0', '', 'Completed', 'success', 'error', 'Incorrect order ID', '1e3', 'Fail', '-1');
const scalars = fc.oneof(words, fc.string(), fc.boolean(), fc.constant(null));

/** Arbitrary JSON that looks much like answers do. */
export const wireValues: fc.Arbitrary<WireValue> = fc.letrec<{ value: WireValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    scalars,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(keys, tie('value')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
  ),
})).value;

function encode(dialect: Dialect, exchange: DocumentedExchange): WireForm {
  switch (exchange.operation) {
    case 'services':
      return dialect.services.encode();
    case 'balance':
      return dialect.balance.encode();
    case 'add':
      return dialect.add.encode(exchange.input);
    case 'status':
      return dialect.status.single.encode(exchange.input);
    case 'status-many':
      return dialect.status.multi.encode(exchange.input);
    case 'refill':
      return dialect.refill.single.encode(exchange.input);
    case 'refill-many':
      return dialect.refill.multi.encode(exchange.input);
    case 'refill-status':
      return dialect.refillStatus.single.encode(exchange.input);
    case 'refill-status-many':
      return dialect.refillStatus.multi.encode(exchange.input);
    case 'cancel':
      return dialect.cancel.multi.encode(exchange.input);
  }
}

function decode(dialect: Dialect, exchange: DocumentedExchange, value: WireValue): unknown {
  const here = { panel: exchange.panel, at: DOCUMENTED_AT };
  switch (exchange.operation) {
    case 'services':
      return dialect.services.decode(value, here);
    case 'balance':
      return dialect.balance.decode(value, here);
    case 'add':
      return dialect.add.decode(value);
    case 'status':
      return dialect.status.single.decode(value, here);
    case 'status-many':
      return asRecord(dialect.status.multi.decode(value, exchange.input, here));
    case 'refill':
      return dialect.refill.single.decode(value, here);
    case 'refill-many':
      return asRecord(dialect.refill.multi.decode(value, exchange.input, here));
    case 'refill-status':
      return dialect.refillStatus.single.decode(value, here);
    case 'refill-status-many':
      return asRecord(dialect.refillStatus.multi.decode(value, exchange.input, here));
    case 'cancel':
      return asRecord(dialect.cancel.multi.decode(value, exchange.input, here));
  }
}

function asRecord(readings: ReadonlyMap<string, unknown> | null): unknown {
  return readings && Object.fromEntries(readings);
}

/** The fields with their order. */
function fieldsOf(form: WireForm): readonly (readonly [string, string])[] {
  return Object.entries(form);
}
