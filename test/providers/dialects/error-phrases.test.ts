import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProviderCode } from '../../../src/domain/errors.ts';
import type { Action } from '../../../src/providers/dialect.ts';
import { standard } from '../../../src/providers/dialects/standard/index.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';

const rows = (code: ProviderCode, action: Action, ...texts: string[]) =>
  texts.map((text) => [text, action, code] as const);

describe('the words of a refusal', () => {
  it.each([
    ...rows('INVALID_KEY', 'balance', 'Invalid API key', 'Incorrect API key', 'Account is blocked'),
    ...rows(
      'INVALID_KEY',
      'add',
      'Wrong api_key',
      'API key is not valid',
      'Your account has been suspended',
      'Unauthorized',
    ),
    ...rows('INVALID_SERVICE', 'add', 'Incorrect service ID', 'error.incorrect_service_id', 'Disabled service ID'),
    ...rows('INVALID_SERVICE', 'add', 'neworder.error.service_not_found', 'Service is disabled', 'invalid_service'),
    ...rows('INVALID_LINK', 'add', 'Incorrect link', 'Bad link', 'neworder.error.link', 'neworder.error.invalid_link'),
    ...rows(
      'INVALID_LINK',
      'add',
      'Link is not valid. Please try again',
      'The account is private',
      'Invalid URL format',
    ),
    ...rows(
      ...(['LINK_BUSY', 'add'] as const),
      'You have active order with this link. Please wait until order being completed.',
      'neworder.error.link_duplicate',
      'Active order with this link exists',
      'An order for this link already exists',
    ),
    ...rows('INVALID_QUANTITY', 'add', 'Quantity less than minimal 200', 'Quantity more than maximum 1000'),
    ...rows(
      'INVALID_QUANTITY',
      'add',
      'Incorrect quantity',
      'neworder.error.min_quantity',
      'neworder.error.max_quantity',
    ),
    ...rows('INVALID_QUANTITY', 'add', 'neworder.error.quantity', 'Minimum order is 100'),
    ...rows('INSUFFICIENT_FUNDS', 'add', 'Not enough funds on balance', 'neworder.error.not_enough_funds'),
    ...rows('INSUFFICIENT_FUNDS', 'add', 'Insufficient balance', 'You do not have enough: insufficient funds!'),
    ...rows(
      'ORDER_NOT_FOUND',
      'status',
      'Incorrect order ID',
      'Incorrect order IDs',
      'Order not found',
      'Invalid order',
    ),
    ...rows('ORDER_NOT_FOUND', 'refill', 'Incorrect order ID', "Order doesn't exist"),
    ...rows('ORDER_NOT_FOUND', 'cancel', 'Incorrect order ID', 'Wrong ID'),
    ...rows('REFILL_NOT_FOUND', 'refill_status', 'Refill not found', 'Incorrect refill ID', 'Incorrect ID'),
    ...rows('REFILL_NOT_FOUND', 'refill_status', 'Incorrect order ID', 'Order not found'),
    ...rows('REFILL_NOT_ALLOWED', 'refill', 'This service has no refill', 'Refill is not available for this order'),
    ...rows('REFILL_NOT_ALLOWED', 'refill', 'Order is not completed yet', 'Already refilled', 'You cannot refill it'),
    ...rows('CANCEL_NOT_ALLOWED', 'cancel', 'Cancel is not available', 'This order can not be canceled'),
    ...rows('CANCEL_NOT_ALLOWED', 'cancel', 'Order already completed', 'Order status is Partial'),
    ...rows(
      'RATE_LIMITED',
      'add',
      'Rate limit exceeded',
      'Too many requests',
      'Too many requests, please try again later.',
    ),
    ...rows('RATE_LIMITED', 'status', 'API rate-limit reached', 'Only 60 requests per minute'),
    ...rows('PANEL_ERROR', 'add', 'Internal server error', 'Gateway timeout', 'Connection timed out', 'Database error'),
    ...rows('PANEL_ERROR', 'add', 'SQLSTATE[HY000] [2002] Connection refused', 'MySQL server has gone away'),
    ...rows('PANEL_ERROR', 'add', "Access denied for user 'root'@'localhost'", 'Uncaught Exception', 'cURL error 28'),
    ...rows(
      'PANEL_ERROR',
      'add',
      'Something went wrong',
      'Please try again later',
      'Service unavailable for this link',
    ),
    ...rows('PANEL_ERROR', 'add', 'System under maintenance', 'An error occurred', 'Incorrect link: database error'),
    ...rows('PANEL_ERROR', 'cancel', 'Cancel failed: internal error'),
    ...rows('PANEL_REJECTED', 'cancel', 'No.'),
    ...rows('PANEL_REJECTED', 'status', 'Not found'),
  ])('%j, said to %s, mean %s', (text, action, code) => {
    const outcome = code === 'RATE_LIMITED' ? 'not-sent' : code === 'PANEL_ERROR' ? 'unknown' : 'rejected';
    expect(standard.classify(text, action)).toEqual({
      code,
      outcome,
      isRecognised: code !== 'PANEL_REJECTED',
      panelMessage: text,
    });
    expect(standard.classify(` ${text.toUpperCase()}\n`, action).code).toBe(code);
  });

  it.each(['Incorrect request', 'Кот', 'Country is not served', 'Order not found', 'Incorrect order ID', 'Nope'])(
    '%j prove nothing where an order was to be bought',
    (text) => {
      expect(standard.classify(text, 'add')).toEqual({
        code: 'PANEL_ERROR',
        outcome: 'unknown',
        isRecognised: false,
        panelMessage: text,
      });
    },
  );

  it('are kept as the panel wrote them, trimmed', () => {
    expect(standard.classify('  Ungültiger  Link\n', 'add').panelMessage).toBe('Ungültiger  Link');
  });

  it('of any length are classified in little time', () => {
    const words = [
      'order link refill quantity already until ',
      'please error ',
      '1 minimum ',
      '余额不足',
      '&lt;b&gt;<',
    ];
    const ms = cpuMsOf(() => {
      for (const word of words) {
        const text = word.repeat(100_000 / word.length);
        expect(standard.classify(text, 'add').outcome).toBe('unknown');
        standard.classify(text, 'refill');
        standard.classify(text.slice(0, 320), 'add');
      }
    });
    expect(ms).toBeLessThan(1_000);
  });

  it('never speak of an outcome that is not known', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(['rejected', 'not-sent', 'unknown']).toContain(standard.classify(text, 'add').outcome);
      }),
    );
  });
});

describe('the refusal of a call', () => {
  const message = (value: Parameters<typeof standard.decodeRefusal>[0], action: Action = 'add') =>
    standard.decodeRefusal(value, action)?.panelMessage ?? null;

  it.each([
    [{ error: 'Bad link' }],
    [{ error: { code: '7', message: 'Bad link' } }],
    [{ error: ['Bad link'] }],
    [{ error: { link: ['Bad link'] } }],
    [{ error: { error: { message: 'Bad link' } } }],
    [{ errors: [{ message: 'Bad link' }] }],
    [{ error: true, message: 'Bad link' }],
    [{ error: '1', message: 'Bad link' }],
    [{ status: 'error', message: 'Bad link' }],
    [{ status: 'fail', msg: ' Bad link ' }],
    [{ status: false, message: 'Bad link' }],
    [{ success: false, message: 'Bad link' }],
    [{ success: '0', message: 'Bad link' }],
    [{ status: 'success', data: { error: 'Bad link' } }],
    [{ order: { error: 'Bad link' } }],
    [{ order: '0', error: 'Bad link' }],
    [{ message: 'Bad link' }],
    ['Bad link'],
    [[{ error: 'Bad link' }]],
  ])('is read from %j', (value) => {
    expect(message(value)?.trim()).toBe('Bad link');
  });

  it.each([
    [{ error: null, order: '1' }],
    [{ error: '', order: '1' }],
    [{ error: false, order: '1' }],
    [{ error: [], order: '1' }],
    [{ error: '0', order: '1' }],
    [{ status: 'success', order: '1' }],
    [{ message: 'Your order of this quantity is on its way' }],
    ['Thank you'],
    [{ error: true }],
    [{}],
    [[]],
    [null],
    [true],
  ])('is not read from %j', (value) => {
    expect(message(value)).toBeNull();
  });

  it('is all that the answer says, and is known only where all of it is', () => {
    const value = { error: 'Bad link', message: 'and more' };
    expect(standard.decodeRefusal(value, 'add')).toEqual({
      code: 'PANEL_ERROR',
      outcome: 'unknown',
      isRecognised: false,
      panelMessage: 'Bad link; and more',
    });
    expect(message({ errors: ['Bad link', 'Incorrect quantity'] })).toBe('Bad link');
  });

  it('is not read where an order number stands beside the error', () => {
    expect(message({ order: '1', error: 'Bad link' })).toBeNull();
    expect(message({ data: { order: '1' }, error: 'Bad link' })).toBeNull();
  });

  it('is not read where a refill or a cancellation stands beside the error', () => {
    expect(message({ refill: '1', error: 'x y' }, 'refill')).toBeNull();
    expect(message({ 2: { cancel: '1' }, error: 'Some failed' }, 'cancel')).toBeNull();
    expect(message({ data: [{ order: '2', cancel: '1' }], error: 'Some failed' }, 'cancel')).toBeNull();
  });

  it('is read from the place of the result', () => {
    expect(message({ status: { error: 'Refill not found' } }, 'refill_status')).toBe('Refill not found');
    expect(message({ refill: { error: 'Incorrect order ID' } }, 'refill')).toBe('Incorrect order ID');
    expect(message({ status: 'Error', message: 'Incorrect order ID' }, 'status')).toBe('Incorrect order ID');
  });

  it('is not taken from the state of an order', () => {
    expect(message({ status: 'Error' }, 'status')).toBeNull();
    expect(message({ status: 'Fail', charge: '0', message: 'Private account' }, 'status')).toBeNull();
    expect(message({ status: 'Error' }, 'refill_status')).toBeNull();
  });

  it('is not taken from the error of one id', () => {
    expect(message({ 1: { error: 'Incorrect order ID' } }, 'status')).toBeNull();
    expect(message([{ order: '1', cancel: { error: 'Incorrect order ID' } }], 'cancel')).toBeNull();
    expect(message([{ order: '1', error: 'Incorrect order ID' }], 'refill')).toBeNull();
  });
});
