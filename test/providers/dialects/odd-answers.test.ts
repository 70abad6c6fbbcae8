import { describe, expect, it } from 'vitest';
import type { MultiCodec } from '../../../src/providers/dialect.ts';
import { standard } from '../../../src/providers/dialects/standard/index.ts';
import { parseExactJson } from '../../../src/providers/json/exact-json.ts';

const at = new Date('2026-11-02T10:00:00.000Z');
const context = { panel: 'acme', at };

const add = (json: string) => standard.add.decode(parseExactJson(json));
const order = (json: string) => standard.status.single.decode(parseExactJson(json), context);
const refill = (json: string) => standard.refill.single.decode(parseExactJson(json), context);
const refillState = (json: string) => standard.refillStatus.single.decode(parseExactJson(json), context);
const balance = (json: string) => standard.balance.decode(parseExactJson(json), context);

/** What a multi answer says of each id: the value (or the part of it that `pick` takes), the code of a refusal, or the kind. */
function many<T>(
  codec: MultiCodec<T>,
  json: string,
  numbers: string[],
  pick: (value: T) => unknown = (value) => value,
) {
  const readings = codec.decode(parseExactJson(json), numbers, context);
  if (!readings) return null;
  return numbers.map((number) => {
    const reading = readings.get(number);
    if (reading?.kind === 'found') return pick(reading.value);
    return reading?.kind === 'refused' ? reading.refusal.code : reading?.kind;
  });
}
const orders = (json: string, numbers: string[]) => many(standard.status.multi, json, numbers, (state) => state.status);
const refillStates = (json: string, numbers: string[]) =>
  many(standard.refillStatus.multi, json, numbers, (state) => state.status);
const refills = (json: string, numbers: string[]) => many(standard.refill.multi, json, numbers);
const cancels = (json: string, numbers: string[]) => many(standard.cancel.multi, json, numbers);

describe('the answer of an add', () => {
  it.each([
    ['{"order":23501}', '23501'],
    ['{"order":"23501"}', '23501'],
    ['{"order":123456789012345678901234}', '123456789012345678901234'],
    ['{"order":" 0b9c6f0e-7d9f-4d5c-9c5e-1f1a2b3c4d5e "}', '0b9c6f0e-7d9f-4d5c-9c5e-1f1a2b3c4d5e'],
    ['{"status":"success","order":1}', '1'],
    ['{"status":"success","data":{"order":1}}', '1'],
    ['{"success":true,"data":{"order":1}}', '1'],
    ['{"order":1,"error":null}', '1'],
    ['{"order":1,"error":""}', '1'],
    ['{"order":1,"error":false}', '1'],
    ['{"order":1,"error":[],"errors":[]}', '1'],
    ['[{"order":1}]', '1'],
  ])('%s means placed', (json, number) => {
    expect(add(json)).toEqual({ kind: 'placed', number });
  });

  it.each([
    ...['{"order":0}', '{"order":"0"}', '{"order":0.0}', '{"order":""}', '{"order":" "}', '{"order":null}'],
    ...['{"order":false}', '{"order":true}', '{"order":{}}', '{"order":[1]}', '{"order":{"id":1}}', '{"order":-1}'],
    ...['{"order":"null"}', '{"order":"false"}', '{"order":"1,2"}', '{"order":"two words"}', '{"order":"\\u0000"}'],
    ...['{"order":1,"error":"Bad link"}', '{"order":1,"error":true}', '{"order":1,"errors":["x y"]}'],
    ...['{"data":{"order":1},"error":"Bad link"}', '{"data":{"order":1,"error":"Bad link"}}'],
    ...['{"status":"error","order":1}', '{"status":"fail","order":1,"message":"x"}', '{"success":false,"order":1}'],
    ...['null', 'true', '""', '[]', '{}', '{"status":"success"}', '{"id":1}', '{"error":true}', '{"status":"error"}'],
  ])('%s proves nothing', (json) => {
    expect(add(json)).toEqual({ kind: 'unreadable' });
    expect(standard.decodeRefusal(parseExactJson(json), 'add')).toBeNull();
  });

  it.each([
    ['{"error":"Bad link"}', 'INVALID_LINK', 'rejected'],
    ['{"order":null,"error":"Bad link"}', 'INVALID_LINK', 'rejected'],
    ['{"status":"fail","order":0,"message":"Bad link"}', 'INVALID_LINK', 'rejected'],
    ['{"error":"Server error"}', 'PANEL_ERROR', 'unknown'],
    ['{"error":"Rate limit exceeded"}', 'RATE_LIMITED', 'not-sent'],
  ])('%s means refused', (json, code, outcome) => {
    expect(add(json)).toMatchObject({ kind: 'refused', refusal: { code, outcome } });
  });
});

describe('the state of an order', () => {
  const base = { charge: null, startCount: null, remains: null, childNumbers: [], checkedAt: at };

  it('has null for what is null, empty or absent', () => {
    const expected = { ...base, status: 'PENDING', statusText: 'Pending' };
    expect(order('{"status":"Pending"}')).toEqual(expected);
    expect(order('{"status":" Pending ","charge":null,"start_count":"","remains":"","currency":null}')).toEqual(
      expected,
    );
    expect(order('{"status":"Pending","charge":"","start_count":null,"remains":"n/a","currency":"$"}')).toEqual(
      expected,
    );
  });

  it('keeps the digits of the charge', () => {
    const charge = (json: string) => order(`{"status":"Completed",${json}}`)?.charge;
    expect(charge('"charge":0.00011999999999999999,"currency":" usd "')).toEqual({
      amount: '0.00011999999999999999',
      currency: 'USD',
    });
    expect(charge('"charge":"1,500.50000"')).toEqual({ amount: '1500.50000', currency: null });
    expect(charge('"charge":1e-7,"currency":"U$D"')).toEqual({ amount: '0.0000001', currency: null });
    expect(charge('"charge":0')).toEqual({ amount: '0', currency: null });
  });

  it.each([
    ['"-12"', -12],
    ['"0"', 0],
    ['12.0', 12],
    ['"1,234"', 1234],
    ['1e3', 1000],
    ['12.5', null],
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', null],
    ['"-9007199254740993"', null],
    ['true', null],
    ['{}', null],
  ])('reads a counter %s as %s', (json, value) => {
    expect(order(`{"status":"Pending","remains":${json},"start_count":${json}}`)).toMatchObject({
      remains: value,
      startCount: value,
    });
  });

  it('counts from `start_counter` where there is no `start_count`', () => {
    expect(order('{"status":"Pending","start_counter":"7"}')).toMatchObject({ startCount: 7 });
    expect(order('{"status":"Pending","start_count":5,"start_counter":7}')).toMatchObject({ startCount: 5 });
    expect(order('{"status":"Pending","start_count":"","start_counter":7}')).toMatchObject({ startCount: 7 });
  });

  it.each([
    ['PENDING', ['Pending', 'Queued', 'Awaiting', 'held']],
    ['PROCESSING', ['Processing', 'PROCESSING']],
    ['IN_PROGRESS', ['In progress', 'Inprogress', 'in_progress', 'Active', 'In-Progress']],
    ['COMPLETED', ['Completed', 'completed']],
    ['PARTIAL', ['Partial']],
    ['CANCELED', ['Canceled', 'Cancelled']],
    ['REFUNDED', ['Refunded']],
    ['FAILED', ['Fail', 'Failed', 'Error', 'Rejected', 'Expired']],
    ['UNKNOWN', ['Paused', 'Завершено', 'Completed?', 'constructor']],
  ])('is %s for its words', (status, words) => {
    for (const word of words)
      expect(order(JSON.stringify({ status: word }))).toMatchObject({ status, statusText: word });
  });

  it.each([
    '{"status":{"status":"Completed","charge":1}}',
    '{"status":"success","data":{"status":"Completed","charge":1}}',
    '{"success":true,"data":{"status":"Completed","charge":1}}',
    '{"status":"success","data":[{"order":1,"status":"Completed","charge":1}]}',
    '[{"status":"Completed","charge":1}]',
  ])('is read from %s', (json) => {
    expect(order(json)).toMatchObject({ status: 'COMPLETED', charge: { amount: '1' } });
  });

  it.each([
    ...['{}', '[]', 'null', '"Completed"', '{"charge":"1"}', '{"status":""}', '{"status":null}', '{"status":1}'],
    ...['{"status":"success"}', '{"status":true}', '{"status":[]}', '{"status":{"status":{}}}', '{"data":{}}'],
  ])('is not read from %s', (json) => {
    expect(order(json)).toBeNull();
  });

  it('names the orders that a drip-feed or a subscription has made', () => {
    const children = (json: string) => order(json)?.childNumbers;
    expect(children('{"status":"Active","runs":"2","orders":[101,"102",102,null,0]}')).toEqual(['101', '102']);
    expect(children('{"status":"Active","posts":1,"expiry":"","orders":{"0":"7"}}')).toEqual(['7']);
    expect(children('{"status":"Active","orders":"1, 2"}')).toEqual(['1', '2']);
    expect(children('{"status":"Active","orders":[{"order":5,"status":"Completed"}]}')).toEqual(['5']);
    expect(children('{"status":"Active","orders":false}')).toEqual([]);
  });
});

describe('the states of several orders', () => {
  it('are found by id, whatever stands beside them', () => {
    const json =
      '{" 1 ":{"status":"Completed"},"2":"Incorrect order ID","3":{"error":"Not found"},"5":{"charge":1},"9":{}}';
    expect(orders(json, ['1', '2', '3', '4', '5'])).toEqual([
      ...['COMPLETED', 'ORDER_NOT_FOUND', 'ORDER_NOT_FOUND', 'missing', 'unreadable'],
    ]);
  });

  it('keep an order with an error beside its state apart from a failed order', () => {
    const json =
      '{"1":{"status":"Error"},"2":{"status":"error","message":"Incorrect order ID"},"3":null,"4":{"error":true}}';
    expect(orders(json, ['1', '2', '3', '4'])).toEqual(['FAILED', 'ORDER_NOT_FOUND', 'unreadable', 'unreadable']);
  });

  it('read a bare status word, and no end from a bare error', () => {
    expect(orders('{"1":"In progress","2":"Error"}', ['1', '2'])).toEqual(['IN_PROGRESS', 'PANEL_REJECTED']);
  });

  it('are all missing from an empty list or map, and from one of other ids', () => {
    for (const json of ['[]', '{}', '{"data":[]}', '{"7":{"status":"Completed"}}', '{"7":"Incorrect order ID"}']) {
      expect(orders(json, ['1', '2'])).toEqual(['missing', 'missing']);
    }
  });

  it('are read from a list', () => {
    const json =
      '[{"order":2,"status":"Partial"},{"order":" 1 ","status":{"error":"Incorrect order ID"}},{"order":2,"status":"x"},7]';
    expect(orders(json, ['1', '2', '3'])).toEqual(['ORDER_NOT_FOUND', 'PARTIAL', 'missing']);
  });

  it('are read from envelopes', () => {
    expect(orders('{"status":"success","data":{"1":{"status":"Completed"}}}', ['1'])).toEqual(['COMPLETED']);
    expect(orders('{"status":"success","orders":{"1":{"status":"Completed"}}}', ['1', '2'])).toEqual([
      'COMPLETED',
      'missing',
    ]);
    expect(orders('{"data":[{"order":1,"status":"Completed"}]}', ['1'])).toEqual(['COMPLETED']);
  });

  it('take a flat answer for the one id that was asked', () => {
    expect(orders('{"status":"Completed","charge":"1"}', ['1'])).toEqual(['COMPLETED']);
    expect(orders('[{"status":"Completed","charge":"1"}]', ['1'])).toEqual(['COMPLETED']);
    expect(orders('{"status":"Active","orders":["1","2"]}', ['9'])).toEqual(['IN_PROGRESS']);
    expect(orders('{"order":"2","status":"Completed"}', ['1'])).toEqual(['missing']);
    expect(orders('{"order":"2","status":"Completed"}', ['1', '2'])).toEqual(['missing', 'COMPLETED']);
    expect(orders('{"status":"Completed","charge":"1"}', ['1', '2'])).toBeNull();
  });

  it.each(['null', '"x"', 'true', '{"status":"success"}', '[1,2]', '{"message":"hello"}'])(
    'are not read from %s',
    (json) => {
      expect(orders(json, ['1', '2'])).toBeNull();
    },
  );

  it('tell ids that JavaScript would take for its own', () => {
    const ids = ['constructor', '__proto__', 'toString'];
    expect(orders('{"__proto__":{"status":"Completed"}}', ids)).toEqual(['missing', 'COMPLETED', 'missing']);
  });
});

describe('refills', () => {
  it.each([
    ['{"refill":"1"}', '1'],
    ['{"refill":42}', '42'],
    ['{"refill":42,"status":{"status":"Pending"}}', '42'],
    ['{"status":"success","data":{"refill":42}}', '42'],
    ['[{"order":1,"refill":42}]', '42'],
    ['{"refill":0}', null],
    ['{"refill":""}', null],
    ['{"refill":null}', null],
    ['{"refill":false}', null],
    ['{"refill":true}', null],
    ['{"refill":{"error":"x"}}', null],
    ['{"refill":1,"error":"x"}', null],
    ['{}', null],
    ['[]', null],
  ])('%s makes the number %s', (json, number) => {
    expect(refill(json)).toBe(number);
  });

  it('of several orders are read from a list and from a map', () => {
    const list =
      '[{"order":1,"refill":11},{"order":2,"refill":{"error":"x"}},{"order":3,"error":"Incorrect order ID"},{"order":4,"refill":0}]';
    expect(refills(list, ['1', '2', '3', '4', '5'])).toEqual([
      ...['11', 'PANEL_REJECTED', 'ORDER_NOT_FOUND', 'unreadable', 'missing'],
    ]);
    const map =
      '{"1":11,"2":{"refill":"12"},"3":"Incorrect order ID","4":{"error":"This service has no refill"},"5":null}';
    expect(refills(map, ['1', '2', '3', '4', '5'])).toEqual([
      ...['11', '12', 'ORDER_NOT_FOUND', 'REFILL_NOT_ALLOWED', 'unreadable'],
    ]);
  });

  it('with a number and an error are unreadable', () => {
    expect(refills('[{"order":1,"refill":11,"error":"x y"}]', ['1'])).toEqual(['unreadable']);
  });

  it.each([
    ['Pending', 'PENDING'],
    ['Awaiting', 'PENDING'],
    ['In progress', 'IN_PROGRESS'],
    ['in_progress', 'IN_PROGRESS'],
    ['Completed', 'COMPLETED'],
    ['Rejected', 'REJECTED'],
    ['Canceled', 'REJECTED'],
    ['Error', 'FAILED'],
    ['Fail', 'FAILED'],
    ['Resting', 'UNKNOWN'],
  ])('are in the state that %s names', (word, status) => {
    const expected = { status, statusText: word, checkedAt: at };
    expect(refillState(JSON.stringify({ status: word }))).toEqual(expected);
    expect(refillState(JSON.stringify({ refill: 1, status: { status: word } }))).toEqual(expected);
  });

  it('have no state in an answer without one', () => {
    for (const json of ['{}', '{"status":""}', '{"status":"success"}', '{"refill":1}', 'null']) {
      expect(refillState(json)).toBeNull();
    }
  });

  it('have their states in a list, or in a map', () => {
    const list =
      '[{"refill":1,"status":{"status":"Completed"}},{"refill":"2","status":{"error":"Refill not found"}},{"refill":3,"status":null}]';
    expect(refillStates(list, ['1', '2', '3', '4'])).toEqual([
      'COMPLETED',
      'REFILL_NOT_FOUND',
      'unreadable',
      'missing',
    ]);
    const map = '{"1":"Completed","2":{"status":"Rejected"},"3":{"error":"Not found"},"4":"Refill not found"}';
    expect(refillStates(map, ['1', '2', '3', '4'])).toEqual([
      ...['COMPLETED', 'REJECTED', 'REFILL_NOT_FOUND', 'REFILL_NOT_FOUND'],
    ]);
    expect(refillStates('{"status":"Completed"}', ['1'])).toEqual(['COMPLETED']);
  });
});

describe('cancellations', () => {
  it('are taken as 1, true, success, or a number of the request', () => {
    const json =
      '[{"order":1,"cancel":1},{"order":2,"cancel":true},{"order":3,"cancel":{"status":"Success"}},{"order":4,"cancel":"57"},{"order":5,"status":"success"}]';
    expect(cancels(json, ['1', '2', '3', '4', '5'])).toEqual([true, true, true, true, true]);
  });

  it('are read from a map', () => {
    const json =
      '{"1":1,"2":{"cancel":1},"3":{"error":"Incorrect order ID"},"4":"Cancel is not available","5":{"status":"Success"}}';
    expect(cancels(json, ['1', '2', '3', '4', '5', '6'])).toEqual([
      ...[true, true, 'ORDER_NOT_FOUND', 'CANCEL_NOT_ALLOWED', true, 'missing'],
    ]);
  });

  it('are not known from a no without words', () => {
    const json =
      '[{"order":1,"cancel":0},{"order":2,"cancel":false},{"order":3,"cancel":null},{"order":4,"cancel":{"status":"Fail"}}]';
    expect(cancels(json, ['1', '2', '3', '4'])).toEqual(['unreadable', 'unreadable', 'unreadable', 'unreadable']);
  });

  it('with an error beside the yes are unreadable', () => {
    expect(cancels('[{"order":1,"cancel":1,"error":"x y"}]', ['1'])).toEqual(['unreadable']);
  });

  it('take a flat answer for the one id that was asked, and what its envelope holds before the envelope', () => {
    expect(cancels('{"cancel":1}', ['1'])).toEqual([true]);
    expect(cancels('{"status":"success"}', ['1'])).toEqual([true]);
    expect(cancels('{"status":"success"}', ['1', '2'])).toBeNull();
    const json = '{"status":"success","data":[{"order":1,"cancel":{"error":"Incorrect order ID"}}]}';
    expect(cancels(json, ['1'])).toEqual(['ORDER_NOT_FOUND']);
  });
});

describe('the balance', () => {
  it.each([
    ['{"balance":"100.84292","currency":"USD"}', { amount: '100.84292', currency: 'USD' }],
    ['{"balance":-1.50,"currency":"rub"}', { amount: '-1.50', currency: 'RUB' }],
    ['{"status":"success","balance":"1,500.50000"}', { amount: '1500.50000', currency: null }],
    [
      '{"status":"success","data":{"balance":0.00011999999999999999}}',
      { amount: '0.00011999999999999999', currency: null },
    ],
    ['{"balance":"lots"}', null],
    ['{"balance":null}', null],
    ['{"currency":"USD"}', null],
    ['[]', null],
  ])('%s is %j', (json, expected) => {
    expect(balance(json)).toEqual(expected);
  });
});
