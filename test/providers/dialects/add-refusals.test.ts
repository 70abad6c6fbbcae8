/** Which words of a panel prove that an order was not bought. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/providers/dialects/standard/errors/classify.ts';
import { demandsQuantity, refusesTheForm } from '../../../src/providers/dialects/standard/phrases/phrase-book.ts';
import { FAILURE_TEXTS } from './texts/failure-texts.ts';
import {
  FORM_REFUSALS,
  MISSING_PARAMETERS,
  QUANTITY_DEMANDS,
  RATE_TEXTS,
  REFUSAL_TEXTS,
} from './texts/refusal-texts.ts';

const REFUSALS = Object.entries(REFUSAL_TEXTS).flatMap(([code, texts]) => texts.map((text) => [text, code] as const));
const unknown = { code: 'PANEL_ERROR', outcome: 'unknown' };

describe('a refusal of an add', () => {
  it.each([...REFUSALS, ...QUANTITY_DEMANDS.map((text) => [text, 'INVALID_QUANTITY'] as const)])(
    'is known by its words: %s',
    (text, code) => {
      expect(classify(text, 'add')).toEqual({ code, outcome: 'rejected', isRecognised: true, panelMessage: text });
    },
  );

  it.each(RATE_TEXTS)('for the pace bought nothing: %s', (text) => {
    const rate = { code: 'RATE_LIMITED', outcome: 'not-sent', isRecognised: true, panelMessage: text };
    expect(classify(text, 'add')).toEqual(rate);
  });
});

describe('a failure of the panel', () => {
  it.each(FAILURE_TEXTS)('is recognised, and no refusal: %s', (text) => {
    expect(classify(text, 'add')).toEqual({ ...unknown, isRecognised: true, panelMessage: text });
    expect(demandsQuantity(text) || refusesTheForm(text)).toBe(false);
  });

  it('stays one with any refusal before or behind it', () => {
    const refusals = [...REFUSALS.map(([text]) => text), ...QUANTITY_DEMANDS, ...RATE_TEXTS];
    const joints = fc.constantFrom(' ', '. ', ': ', '; ', ', ', '\n', ' - ', ' (', '<br>', ' but ', ', because ');
    fc.assert(
      fc.property(
        fc.constantFrom(...FAILURE_TEXTS),
        fc.constantFrom(...refusals),
        joints,
        (failure, refusal, joint) => {
          // That one is to come later belongs to the refusal.
          fc.pre(!(RATE_TEXTS.includes(refusal) && /later|mais tarde|sau/.test(failure)));
          for (const text of [failure + joint + refusal, refusal + joint + failure]) {
            expect([text, classify(text, 'add').outcome]).toEqual([text, 'unknown']);
            expect([text, demandsQuantity(text)]).toEqual([text, false]);
          }
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

describe('words that nobody knows', () => {
  it.each([
    'Nope',
    'Incorrect request',
    'Кот',
    'Country is not served',
    'Link',
    'Quantity',
    '錯',
    'Minimum',
    '-',
    'Error',
    'Invalid URL',
    'Key not found',
    'Invalid key',
    'User not found',
    'Account locked',
    'Not authorized',
    'The URL is not valid.',
    'Invalid parameters',
    'Access Denied',
    'Invalid token',
    'Missing key',
    'Channel closed',
    'Invalid number',
    'Your balance is low',
    'Contact support',
    'Field required',
    'Invalid input',
    '服务错误',
    'Data tidak ditemukan',
    'Not Found',
    'Bad Request',
  ])('prove nothing: %s', (text) => {
    expect(classify(text, 'add')).toEqual({ ...unknown, isRecognised: false, panelMessage: text });
  });

  it('prove nothing beside a refusal', () => {
    const words = fc.stringMatching(/^[a-z]{4,9}q$/);
    fc.assert(
      fc.property(fc.constantFrom(...REFUSALS), words, fc.boolean(), ([refusal], word, isBehind) => {
        const text = isBehind ? `${refusal} ${word}` : `${word} ${refusal}`;
        expect([text, classify(text, 'add').outcome]).toEqual([text, 'unknown']);
      }),
    );
  });
});

describe('a demand', () => {
  it.each([...QUANTITY_DEMANDS, ...MISSING_PARAMETERS])('for a quantity is %s', (text) => {
    expect(demandsQuantity(text)).toBe(true);
  });

  it.each([
    'Invalid quantity',
    'Quantity less than minimal 200',
    'Link is required',
    'Quantity is required by provider',
  ])('for a quantity is not %s', (text) => {
    expect(demandsQuantity(text)).toBe(false);
  });

  it.each(FORM_REFUSALS)('for one order is %s', (text) => {
    expect(refusesTheForm(text)).toBe(true);
  });

  it.each(['Order not found', 'This service has no refill', 'Refill is not allowed', 'Order is not completed'])(
    'for one order is not %s',
    (text) => {
      expect(refusesTheForm(text)).toBe(false);
    },
  );
});
