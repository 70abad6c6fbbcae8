import { describe, expect, it } from 'vitest';
import { compilePhrases } from '../../../src/providers/dialects/standard/phrases/compile-phrases.ts';
import { foldText } from '../../../src/providers/dialects/standard/phrases/fold-text.ts';
import { LANGUAGES } from '../../../src/providers/dialects/standard/phrases/languages.ts';
import { findPhraseCode } from '../../../src/providers/dialects/standard/phrases/phrase-book.ts';

describe('a folded text', () => {
  it.each([
    ['  Invalid\n\tLINK!! ', 'invalid link '],
    ['neworder.error.min_quantity', 'neworder error min quantity '],
    ["You don’t, you don't, you dont", 'you dont you dont you dont '],
    ['<b>Invalid</b>&nbsp;link&#33;<br/>', 'invalid link '],
    ['Invalid link<!-- order 5 placed -->', 'invalid link order 5 placed '],
    ['<a href="order-5">Invalid link</a>', 'a href order 5 invalid link a '],
    ['In\u200bva\u00adlid\ufeff link', 'invalid link '],
    ['Ｉｎｖａｌｉｄ　ｌｉｎｋ', 'invalid link '],
    ['IŞIK İŞLEM ışık', 'isik islem isik '],
    ['Số dư không đủ', 'so du khong du '],
    ['Não há saldo — Straße, łódź', 'nao ha saldo strasse lodz '],
    ['заказ создАн, ещё', 'заказ создан еще '],
    ['رَصيدٌ غيرُ كافٍ ١٢٣', 'رصيد غير كاف 123 '],
    ['मात्रा १०० है', 'मात्रा 100 है '],
    ['余额不足 API', '余 额 不 足 api '],
    ['1,500.50', '1 500 50 '],
    ['', ''],
    ['\u200b…', ''],
  ])('of %j is its words', (text, words) => {
    expect(foldText(text)).toBe(words);
  });
});

describe('a phrase', () => {
  const matches = (phrase: string, text: string) => new RegExp(`^${compilePhrases([phrase])}$`).test(foldText(text));

  it('has alternatives, parts that may be left out, numbers, and beginnings of words', () => {
    const phrase = '(the|your)? link (is|was)? bad # (occur*)?';
    for (const text of ['The link is bad: 5', 'link bad 1,500.50', 'Your link was bad 7 occurred']) {
      expect([text, matches(phrase, text)]).toEqual([text, true]);
    }
    for (const text of [
      'The your link is bad 5',
      'link bad',
      'link is badly 5',
      'link bad 5 occ',
      'link bad 5 5 5 5 5',
    ]) {
      expect([text, matches(phrase, text)]).toEqual([text, false]);
    }
  });

  it('leaves out a whole group, or one word, of any script', () => {
    expect(matches('(余额|餘額)不足', '餘額不足')).toBe(true);
    expect(matches('(无效|错误)的? 链接', '无效链接')).toBe(true);
    expect(matches('số dư (không)? đủ', 'SO DU DU')).toBe(true);
  });
});

describe.each(Object.entries(LANGUAGES))('the phrases of %s', (_name, language) => {
  const { openings, closings, waits } = language;

  it('say nothing where they only stand around a refusal', () => {
    const alone = [...openings, ...closings, ...waits].flatMap((phrase) => phrase.split('|'));
    const plain = alone.filter((phrase) => !/[()?#*]/.test(phrase));
    for (const phrase of plain) expect([phrase, findPhraseCode(phrase)]).toEqual([phrase, null]);
  });

  it('name each code that an add is refused with', () => {
    const codes = ['INVALID_KEY', 'INVALID_SERVICE', 'INVALID_LINK', 'LINK_BUSY', 'INVALID_QUANTITY', 'RATE_LIMITED'];
    expect(Object.keys(language.refusals)).toEqual(expect.arrayContaining([...codes, 'INSUFFICIENT_FUNDS']));
  });

  it('are well formed', () => {
    const { refusals, quantityDemands, missingParameters, orderDemands, failures, deeds } = language;
    const all = [refusals && Object.values(refusals).flat(), quantityDemands, missingParameters, orderDemands];
    for (const phrases of [...all, openings, closings, waits, failures, deeds]) {
      expect(phrases.length).toBeGreaterThan(0);
      for (const phrase of phrases) {
        const expression = new RegExp(`^${compilePhrases([phrase])}$`);
        // A phrase that may be left out as a whole would be found in every text.
        expect([phrase, expression.test('')]).toEqual([phrase, false]);
      }
    }
  });
});
