/** Where web frameworks put the words of a refusal, and what the HTTP status adds. */
import { describe, expect, it } from 'vitest';
import type { WireValue } from '../../../src/providers/dialect.ts';
import { standard } from '../../../src/providers/dialects/standard/index.ts';
import { demandsQuantity } from '../../../src/providers/dialects/standard/phrases/phrase-book.ts';

const read = (value: WireValue, status: number) => standard.decodeRefusal(value, 'add', { httpStatus: status });
const located = (field: string, msg: string) => ({ detail: [{ type: 'x', loc: ['body', field], msg, input: null }] });

describe('a refusal under an HTTP status of 4xx', () => {
  it.each<[number, WireValue, string]>([
    [401, { detail: 'Invalid API key' }, 'INVALID_KEY'],
    [401, { detail: 'Invalid token.' }, 'INVALID_KEY'],
    [401, { message: 'Unauthenticated.' }, 'INVALID_KEY'],
    [403, { detail: 'Not authenticated' }, 'INVALID_KEY'],
    [403, { error: 'Forbidden', message: 'Access denied' }, 'INVALID_KEY'],
    [403, { detail: 'You do not have permission to perform this action.' }, 'INVALID_KEY'],
    [401, 'Invalid API key', 'INVALID_KEY'],
    [400, { detail: { error: 'Not enough funds on balance' } }, 'INSUFFICIENT_FUNDS'],
    [402, { msg: 'Saldo insuficiente' }, 'INSUFFICIENT_FUNDS'],
    [400, { statusCode: '400', message: 'Insufficient balance', error: 'Bad Request' }, 'INSUFFICIENT_FUNDS'],
    [400, { success: false, error: { code: 'x9', message: 'Invalid link' } }, 'INVALID_LINK'],
    [404, { message: 'Servicio no encontrado' }, 'INVALID_SERVICE'],
    [422, located('quantity', 'Field required'), 'INVALID_QUANTITY'],
    [422, located('quantity', 'Input should be greater than or equal to 10'), 'INVALID_QUANTITY'],
    [422, located('link', 'Field required'), 'INVALID_LINK'],
    [422, located('link', 'Input should be a valid URL, relative URL without a base'), 'INVALID_LINK'],
    [422, located('service', 'value is not a valid integer'), 'INVALID_SERVICE'],
    [422, located('key', 'field required'), 'INVALID_KEY'],
    [422, located('comments', 'Field required'), 'PANEL_REJECTED'],
    [400, { link: ['This field is required.'] }, 'INVALID_LINK'],
    [400, { quantity: ['A valid integer is required.'] }, 'INVALID_QUANTITY'],
    [400, { quantity: ['Ensure this value is greater than or equal to 10.'] }, 'INVALID_QUANTITY'],
    [400, { service: ['Invalid pk "77" - object does not exist.'] }, 'INVALID_SERVICE'],
    [400, { non_field_errors: ['Insufficient balance'] }, 'INSUFFICIENT_FUNDS'],
    [
      422,
      { message: 'The given data was invalid.', errors: { quantity: ['The quantity field is required.'] } },
      'INVALID_QUANTITY',
    ],
    [
      422,
      { message: 'The link field is required. (and 1 more error)', errors: { link: ['The link field is required.'] } },
      'INVALID_LINK',
    ],
  ])('%i is read from %j', (status, value, code) => {
    expect(read(value, status)).toMatchObject({ code, outcome: 'rejected', isRecognised: true });
  });

  it.each<[number, WireValue]>([
    [400, { message: 'Nope' }],
    [403, { detail: 'Nope' }],
    [404, { message: 'Not Found' }],
    [400, { link: ['Nope'] }],
    [422, located('quantity', 'Nope')],
    [400, { message: 'Insufficient balance', detail: 'Nope' }],
    [400, { detail: 'Invalid token.' }],
  ])('%i in unknown words proves nothing: %j', (status, value) => {
    expect(read(value, status)).toMatchObject({ code: 'PANEL_ERROR', outcome: 'unknown', isRecognised: false });
  });

  it.each<WireValue>([
    { error: 'Order placed at provider but local save failed. Contact support with your link and service ID.' },
    { error: 'Insufficient balance', message: 'Order placed, but not saved' },
    { message: 'Invalid link', detail: 'read ECONNRESET' },
    { message: 'Invalid link', errors: [{ message: 'E11000 duplicate key error' }] },
    { detail: [{ loc: ['body', 'quantity'], msg: 'Field required' }, 'order 5 was placed'] },
    { data: 'Order created', message: 'Incorrect quantity', status: 'error' },
  ])('is none where a failure or a deed stands beside it: %j', (value) => {
    for (const status of [200, 400]) {
      const refusal = read(value, status);
      if (refusal) expect(refusal).toMatchObject({ code: 'PANEL_ERROR', outcome: 'unknown', isRecognised: true });
    }
    expect(read(value, 400)).not.toBeNull();
  });

  it.each<WireValue>([
    { message: 'Invalid link', order: '5' },
    { error: 'Invalid link', order: 'E11000' },
    { error: 'Invalid link', order: { id: '5' } },
    { error: 'Invalid link', order: ['5'] },
    { error: 'Invalid link', order_id: '5' },
    { error: 'Invalid link', order_number: '5' },
    { error: 'Invalid link', OrderNo: '5' },
    { error: 'Invalid link', orderID: '5' },
    { error: 'Invalid link', order: true },
    { orders: ['5', '6'], message: 'Invalid link' },
    {},
    [],
    null,
    'Thank you',
    { order: ['5'] },
  ])('is not read from %j', (value) => {
    expect(read(value, 400)).toBeNull();
    expect(standard.add.decode(value).kind).toBe('unreadable');
  });

  it.each<WireValue>([located('quantity', 'Field required'), { quantity: ['This field is required.'] }])(
    'tells that a quantity is wanted: %j',
    (value) => {
      expect(demandsQuantity(read(value, 422)?.panelMessage ?? '')).toBe(true);
    },
  );
});

describe('words that nothing calls an error', () => {
  it.each<WireValue>([{ message: 'Nope' }, { detail: 'Nope' }, { link: ['This field is required.'] }, { note: 'x' }])(
    'are none under HTTP 200: %j',
    (value) => {
      expect(read(value, 200)).toBeNull();
    },
  );

  it('are no error beside the state of an order', () => {
    const value = { status: 'Canceled', charge: '0', message: 'Insufficient balance' };
    expect(standard.decodeRefusal(value, 'status', { httpStatus: 200 })).toBeNull();
  });

  it('refuse a look-up and a refill under HTTP 4xx', () => {
    expect(standard.decodeRefusal({ detail: 'Orden no encontrada' }, 'status', { httpStatus: 404 })?.code).toBe(
      'ORDER_NOT_FOUND',
    );
    const titled = { error: 'Not Found', message: 'Order not found' };
    expect(standard.decodeRefusal(titled, 'status', { httpStatus: 404 })?.code).toBe('ORDER_NOT_FOUND');
    expect(
      standard.decodeRefusal({ refill: '5', message: 'Order not found' }, 'refill', { httpStatus: 404 }),
    ).toBeNull();
    expect(standard.decodeRefusal({ message: 'No.' }, 'refill', { httpStatus: 400 })).toMatchObject({
      code: 'PANEL_REJECTED',
      isRecognised: false,
      outcome: 'rejected',
    });
  });
});
