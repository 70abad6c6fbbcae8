/** Texts and phrases are compared as words: what differs between two ways to type the same sentence is taken away. */
import { decodeHTMLStrict } from 'entities';

/** No refusal is longer; what is longer is read so far, and never taken for one. */
export const MAX_TEXT_LENGTH = 2_000;

/** Apostrophes and what stands for them: "doesn’t" and "doesnt" are one word. */
const APOSTROPHES = /['‘’‛ʼʹ`´]/g;
/** Tags that only shape a text. Any other, and a comment, stays as words: it may say what was done. */
const TAGS = /<\/?(?:b|i|u|p|br|em|strong|span|div|small|font|h[1-6]|li|ul|ol|code|pre)(?: [^<>]{0,100})?\/?>/gi;
/** Characters that are not seen, such as a zero-width space. */
const INVISIBLE = /\p{Cf}/gu;
/** Accents, the marks of Arabic vowels, and the Hindi dot that many leave out. Other marks make up the word. */
const ACCENTS = /[\u0300-\u036f\u064b-\u065f\u0670\u0640\u093c]/g;
/** Digits of other scripts; ten of each follow one another. */
const DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g;
const NO_WORD = /[^\p{L}\p{N}\p{M}]+/gu;
/** Chinese is written without spaces: each character counts as a word. */
const HAN = /\p{Script=Han}/gu;

const LETTERS: Readonly<Record<string, string>> = {
  ı: 'i',
  đ: 'd',
  ł: 'l',
  ø: 'o',
  ß: 'ss',
  ى: 'ي',
  ة: 'ه',
  ک: 'ك',
  ی: 'ي',
};
const ODD_LETTERS = /[ıđłøßىةکی]/g;

/**
 * The words of a text in lower case, without accents, punctuation, entities and tags, each followed by one space.
 * Full-width and other forms of a letter are that letter.
 */
export function foldText(text: string): string {
  const start = text.slice(0, MAX_TEXT_LENGTH);
  const words = (start.includes('&') ? decodeHTMLStrict(start) : start)
    .replace(TAGS, ' ')
    .replace(APOSTROPHES, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(INVISIBLE, '')
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .replace(ODD_LETTERS, (letter) => LETTERS[letter] ?? letter)
    .replace(DIGITS, digitOf)
    .replace(HAN, ' $& ')
    .replace(NO_WORD, ' ')
    .trim();
  return words && `${words} `;
}

function digitOf(digit: string): string {
  const code = digit.charCodeAt(0);
  return String(code - (code < 0x06f0 ? 0x0660 : code < 0x0966 ? 0x06f0 : 0x0966));
}
