import { describe, expect, it } from 'vitest';
import { standard } from '../../../src/providers/dialects/standard/index.ts';
import { mayTellOfNumber } from '../../../src/providers/dialects/standard/reading/made-number.ts';
import { parseExactJson } from '../../../src/providers/json/exact-json.ts';

const at = new Date('2026-11-02T10:00:00.000Z');
const add = (order: string) => standard.add.decode(parseExactJson(`{"order":${order}}`));
const refill = (number: string) =>
  standard.refill.single.decode(parseExactJson(`{"refill":${number}}`), { panel: 'acme', at });

describe('the number of an order', () => {
  it.each([
    ...['1', '"007"', '23501', '"23501"', '123456789012345678901234', '"507e12345678901234567890"', '500', '"404"'],
    ...['"0b9c6f0e-7d9f-4d5c-9c5e-1f1a2b3c4d5e"', '"6732f0c1a9e4b25d8f0e1c7a"', '"V1StGXR8_Z5jdHi6B-myT"'],
    ...['"ORD-23501"', '"smm_77"', '"A7"', '"2026-00017"', '"20261102-000123"', '"order:5"', '"77#2"', '"a1e5b2c3"'],
    ...['"-4StGXR8_Z5jdHi6B-myT"', '"1.2.3"'],
  ])('is %s', (json) => {
    expect(add(json)).toEqual({ kind: 'placed', number: json.replaceAll('"', '') });
    expect(refill(json)).toBe(json.replaceAll('"', ''));
  });

  it('is whole where the panel writes it as a float', () => {
    expect(add('23501.0')).toEqual({ kind: 'placed', number: '23501' });
  });

  it.each([
    ...[
      '"-"',
      '"N/A"',
      '"denied"',
      '"insufficient_balance"',
      '"Infinity"',
      '"\\u200b"',
      '"\\u200b5"',
      '-0.5',
      '"-0.5"',
    ],
    ...['1e999', '1e3', '"0x0"', '"0e5"', '"null"', '"none"', '0', '"000"', '0.0', '-1', '-7.5', '"—"', '"٠"', '"٥"'],
    ...['"2026-11-02"', '"2026-11-02T10:00:00Z"', '"2026-11-02 10:00:00"', '"02.11.2026"', '"10:15"', '12.5', '"0.9"'],
    ...['"error 500"', '"error_500"', '"error500"', '"E11000"', '"HTTP-502"', '"code_403"', '"P2002"', '"err-1"'],
    ...['"min_100"', '"quantity_less_than_200"', '"502BadGateway"', '"404NotFound"', '"erro-1"', '"hata_500"'],
    ...['"SQLSTATE23000"', '"127.0.0.1"', '"limit:5"', '"5%"', '"$5"', '"1,2"', '"#"', '"not_enough_funds_1"'],
    ...['"Order 5 was placed"', '"<b>5</b>"', '""', '" "', 'null', 'true', 'false', '{}', '[5]', '"заказ5"'],
  ])('is not read from %s', (json) => {
    expect(add(json)).toEqual({ kind: 'unreadable' });
    expect(refill(json)).toBeNull();
  });

  it.each(['5', 'E11000', '2026-11-02', 'Order 5 was placed', '٥', '0.5'])('may stand in %j', (text) => {
    expect(mayTellOfNumber(text)).toBe(true);
  });

  it.each(['', '0', '-', '-1', 'null', '0x0', 'denied'])('cannot stand in %j', (text) => {
    expect(mayTellOfNumber(text)).toBe(false);
  });
});

describe('an order number with an error beside it', () => {
  it.each([
    '{"order":"5","err":"Insufficient balance"}',
    '{"order":"5","Error":"Something went wrong"}',
    '{"order":"5","ERRORS":["no"]}',
    '{"order":"5","error_message":"Could not save"}',
    '{"order":"5","ok":false}',
    '{"order":"5","OK":"no"}',
    '{"order":"5","success":"no"}',
    '{"order":"5","success":"n"}',
    '{"order":"5","exception":{"class":"PDOException"}}',
    '{"data":{"order":"5","err":"x"}}',
    '{"ok":false,"data":{"order":"5"}}',
  ])('is not believed, and may have been bought: %s', (json) => {
    expect(standard.add.decode(parseExactJson(json)).kind).toBe('unreadable');
  });

  it.each([
    '{"order":"5","err":null}',
    '{"order":"5","error":""}',
    '{"order":"5","Error":"0"}',
    '{"order":"5","error_message":""}',
    '{"order":"5","ok":true}',
    '{"order":"5","success":"yes"}',
    '{"order":"5","success":1}',
    '{"order":"5","exception":[]}',
    '{"data":{"order":"5","errors":{}}}',
  ])('is believed where the error is none: %s', (json) => {
    expect(standard.add.decode(parseExactJson(json))).toEqual({ kind: 'placed', number: '5' });
  });
});
