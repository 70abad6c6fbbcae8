import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderDetails, OrderFieldValue } from '../../../src/domain/order-forms.ts';
import { standard } from '../../../src/providers/dialects/standard/index.ts';

const encode = (details: OrderDetails) => standard.add.encode({ service: '7', details });
const values = (form: 'default' | 'subscription' | 'customComments', each: Record<string, OrderFieldValue>) =>
  encode({ form, values: each });
const other = (...names: string[]) =>
  encode({ form: 'other', parameters: names.map((name) => ({ name, value: 'x' })) });

describe('the form of an add', () => {
  it('leaves out what is not filled in', () => {
    expect(values('default', { link: 'l', quantity: 5 })).toEqual({
      action: 'add',
      service: '7',
      link: 'l',
      quantity: '5',
    });
    const subscription = { username: 'ada', min: 1, max: 2, delay: 5 };
    expect(Object.keys(values('subscription', subscription))).toEqual([
      ...['action', 'service', 'username', 'min', 'max', 'delay'],
    ]);
  });

  it('sends an interval without runs as it is given', () => {
    expect(values('default', { link: 'l', quantity: 5, interval: 10 })).not.toHaveProperty('runs');
  });

  it('writes whole numbers in full', () => {
    expect(values('default', { link: 'l', quantity: Number.MAX_SAFE_INTEGER })['quantity']).toBe('9007199254740991');
  });

  it('has one line for each comment', () => {
    const lines = fc.array(fc.stringMatching(/^[^\r\n]+$/), { minLength: 1 });
    fc.assert(
      fc.property(lines, (comments) => {
        expect(values('customComments', { link: 'l', comments })['comments']?.split('\n')).toEqual(comments);
      }),
    );
  });

  it('is never sent with a field that is missing, unknown, or would change the price', () => {
    expect(() => values('default', { link: 'l' })).toThrow(/quantity/);
    expect(() => values('default', { link: 'l', quantity: 1.5 })).toThrow(/quantity/);
    expect(() => values('default', { link: 'l', quantity: 1e21 })).toThrow(/quantity/);
    expect(() => values('default', { link: 'l', quantity: 5, comments: ['x'] })).toThrow(/comments/);
    expect(() => values('customComments', { link: 'l', comments: ['one\ntwo'] })).toThrow(/comments/);
    expect(() => values('customComments', { link: 'l', comments: [] })).toThrow(/comments/);
    expect(() => values('subscription', { username: 'a', min: 1, max: 2, delay: 5, expiry: '2026-02-30' })).toThrow(
      /expiry/,
    );
  });

  it.each(['key', 'action', 'service', 'KEY', ' action '])('never lets a parameter stand in for %j', (name) => {
    expect(() => other('link', name)).toThrow(Error);
  });

  it('refuses a parameter that is given twice', () => {
    expect(() => other('link', 'link')).toThrow(/twice/);
  });

  it('sends any other parameter as given', () => {
    expect(Object.keys(other('__proto__', 'constructor'))).toEqual(['action', 'service', '__proto__', 'constructor']);
  });

  it.each([
    ['of one package', 'package', { link: 'l' }, '1'],
    ['of one package', 'customCommentsPackage', { link: 'l', comments: ['one', 'two'] }, '1'],
    ['of its lines', 'customComments', { link: 'l', comments: ['one', 'two', 'three'] }, '3'],
    ['of its lines', 'commentReplies', { link: 'l', username: 'ada', comments: ['one', 'two'] }, '2'],
    ['of its lines', 'mentionsCustomList', { link: 'l', usernames: ['ada', 'bob'] }, '2'],
    ['of its largest post', 'subscription', { username: 'ada', min: 10, max: 20, delay: 0 }, '20'],
  ] as const)('holds the quantity %s in the form %s, where it is asked for', (_which, form, given, quantity) => {
    const request = { service: '7', details: { form, values: given } };
    const plain = standard.add.encode(request);
    expect(plain).not.toHaveProperty('quantity');
    expect(standard.add.encode(request, { withQuantity: true })).toEqual({ ...plain, quantity });
  });

  it('is the same where it holds a quantity of its own, or is the caller’s', () => {
    const details: readonly OrderDetails[] = [
      { form: 'default', values: { link: 'l', quantity: 5, runs: 2 } },
      { form: 'other', parameters: [{ name: 'link', value: 'l' }] },
    ];
    for (const each of details) {
      const request = { service: '7', details: each };
      expect(standard.add.encode(request, { withQuantity: true })).toEqual(standard.add.encode(request));
    }
  });
});
