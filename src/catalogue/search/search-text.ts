/**
 * The search by words, in any case and any script. Names and searches are folded in the same way, which removes
 * differences of case, accents and spelling. What folding loses can only make a search find more, never less.
 */

import { boundMarks } from '../../domain/text/combining-marks.ts';

/** The folded texts of a service. */
export interface SearchText {
  readonly name: string;
  readonly category: string;
  readonly number: string;
}

const ASCII = /^[\0-\x7f]*$/;
/**
 * The accents of alphabets in which everyday writing may omit them. The vowel signs of Indic scripts and Thai are not
 * among them, nor the voicing marks of kana (which belong to no script of their own): without them a text is another
 * word.
 */
const ACCENTS =
  /[[\p{Mn}&&[\p{Script=Inherited}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}]]--[\u3099\u309a]]/gv;
/** Joiners, direction marks, soft hyphens and variation selectors, by which texts that look the same differ. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u0640]/gu;
/** Letters that Unicode does not decompose, although people type them without the stroke. */
const STROKED = /[æœøđðłħŧþ]/g;
const UNSTROKED: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ħ: 'h',
  ŧ: 't',
  þ: 'th',
};

/** The text in compatibility form, without case, accents and invisible characters. */
export function foldForSearch(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return (
    boundMarks(text)
      .normalize('NFKD')
      // Upper case turns ß into ss and ı into i. Lower case comes first, since ẞ is its own upper case.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKD')
      .replace(INVISIBLE, '')
      .replace(ACCENTS, '')
      .replaceAll('ς', 'σ')
      .replace(STROKED, (letter) => UNSTROKED[letter] ?? letter)
      // Composes the syllables of Hangul again: decomposed, one syllable would be found in another.
      .normalize('NFKC')
  );
}

/** The distinct words of a search, folded. None where the search is blank. */
export function searchWords(search: string): readonly string[] {
  return [...new Set(foldForSearch(search).split(/\s+/u))].filter((word) => word !== '');
}

/** Whether each word occurs in the name or the category, or is the number. */
export function matchesWords(text: SearchText, words: readonly string[]): boolean {
  for (const word of words) {
    if (!text.name.includes(word) && !text.category.includes(word) && text.number !== word) return false;
  }
  return true;
}

/**
 * How well a text matches: higher is better, and 0 means that a word is missing. Each word adds a score. From best to
 * least, the word is the number, a whole word of the name, the beginning of one, elsewhere in the name, or only in the
 * category.
 */
export function relevanceOf(text: SearchText, words: readonly string[]): number {
  let relevance = 0;
  for (const word of words) {
    const score = text.number === word ? NUMBER : Math.max(scoreInName(text.name, word), scoreInCategory(text, word));
    if (score === 0) return 0;
    relevance += score;
  }
  return relevance;
}

const NUMBER = 16;
const WHOLE_WORD = 8;
const PREFIX = 6;
const SUBSTRING = 4;
const CATEGORY = 1;

/** Of a word that a name holds more often, only the first occurrences count. */
const MAX_OCCURRENCES = 32;

function scoreInName(name: string, word: string): number {
  let best = 0;
  let occurrences = 0;
  for (let at = name.indexOf(word); at !== -1 && occurrences < MAX_OCCURRENCES; at = name.indexOf(word, at + 1)) {
    occurrences += 1;
    const end = at + word.length;
    const begins = !isWithinWord(name, at);
    if (begins && !isWithinWord(name, end)) return WHOLE_WORD;
    best = Math.max(best, begins ? PREFIX : SUBSTRING);
  }
  return best;
}

function scoreInCategory(text: SearchText, word: string): number {
  return text.category.includes(word) ? CATEGORY : 0;
}

/** Whether there is a letter or a digit on each side of the position. */
function isWithinWord(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return false;
  return isWordCharacter(characterBefore(text, at)) && isWordCharacter(text.codePointAt(at) ?? 0);
}

function characterBefore(text: string, at: number): number {
  const code = text.charCodeAt(at - 1);
  const isLowSurrogate = code >= 0xdc00 && code <= 0xdfff && at >= 2;
  return isLowSurrogate ? (text.codePointAt(at - 2) ?? 0) : code;
}

function isWordCharacter(code: number): boolean {
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
  return /[\p{L}\p{N}\p{M}]/u.test(String.fromCodePoint(code));
}
