import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldForSearch, matchesWords, relevanceOf, searchWords } from '../../../src/catalogue/search/search-text.ts';

const finds = (search: string, name: string, category = '', number = '7') =>
  matchesWords(
    { name: foldForSearch(name), category: foldForSearch(category), number: foldForSearch(number) },
    searchWords(search),
  );

describe('a plain search', () => {
  test.each([
    ['INSTAGRAM', 'instagram followers'],
    ['istanbul', 'İSTANBUL'],
    ['İSTANBUL', 'istanbul'],
    ['ısparta', 'ISPARTA'],
    ['isparta', 'Isparta ısparta'],
    ['STRASSE', 'Straße'],
    ['straße', 'STRASSE'],
    ['strasse', 'STRAẞE'],
    ['οδοσ', 'ΟΔΌΣ'],
    ['telegram', 'Télégram'],
    ['télégram', 'Telegram'],
    ['lodz', 'Łódź'],
    ['елка', 'Ёлка'],
    ['followers', '𝐅𝐨𝐥𝐥𝐨𝐰𝐞𝐫𝐬'],
    ['followers', 'ＦＯＬＬＯＷＥＲＳ'],
    ['office', 'oﬃce'],
    ['粉丝', '抖音粉丝 [真人]'],
    ['ガイド', '旅行ｶﾞｲﾄﾞ'],
    ['팔로워', '인스타 팔로워'],
    ['متابعين', 'مُتَابِعِين تويتر'],
    ['تويتر', 'تــويتر'],
    ['फ़ॉलोअर', 'इंस्टा फ़ॉलोअर'],
    ['🔥', 'Views 🔥 fast'],
    ['❤', 'Likes ❤️'],
    ['👨‍👩‍👧', 'Family 👨‍👩‍👧'],
    ['e\u0301', 'É'],
  ])('for %s finds %s', (search, name) => {
    expect(finds(search, name)).toBe(true);
  });

  test.each([
    ['カ', 'ガ'],
    ['가', '각'],
    ['का', 'कि'],
    ['ผู้', 'ผัด'],
    ['followers', 'follower'],
  ])('for %s does not find %s', (search, name) => {
    expect(finds(search, name)).toBe(false);
  });

  test('needs all words, in any order, in name or category', () => {
    expect(finds('likes  instagram\u3000real', 'Real Likes', 'Instagram')).toBe(true);
    expect(finds('likes tiktok', 'Real Likes', 'Instagram')).toBe(false);
  });

  test('does not find a word across the end of the name', () => {
    expect(finds('likesinsta', 'Likes', 'Insta')).toBe(false);
  });

  test('finds a number whole, not a part of it', () => {
    expect(finds('1448', 'Likes', '', '1448')).toBe(true);
    expect(finds('144', 'Likes', '', '1448')).toBe(false);
    expect(finds('ABC-1', 'Likes', '', 'abc-1')).toBe(true);
  });

  test.each(['', '   ', '\u3000\n', '\u200b'])('without words (%j) finds everything', (search) => {
    expect(searchWords(search)).toEqual([]);
    expect(finds(search, 'Likes')).toBe(true);
  });

  test('finds each text by itself and folds twice as once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        expect(finds(text, text)).toBe(true);
        expect(foldForSearch(foldForSearch(text))).toBe(foldForSearch(text));
      }),
    );
  });
});

test('relevance: the number before a word, a prefix, a part of the name and the category', () => {
  const words = searchWords('like');
  const relevance = ([name, category, number]: readonly [string, string, string]) =>
    relevanceOf({ name, category, number }, words);
  const texts = [
    ['x', 'x', 'like'],
    ['[like] x', 'x', '1'],
    ['likes', 'x', '1'],
    ['unlikely', 'x', '1'],
    ['x', 'like', '1'],
    ['x', 'x', '1'],
  ] as const;
  const values = texts.map(relevance);
  expect(values).toEqual(values.toSorted((left, right) => right - left));
  expect(new Set(values).size).toBe(texts.length);
  expect(values.at(-1)).toBe(0);
});
