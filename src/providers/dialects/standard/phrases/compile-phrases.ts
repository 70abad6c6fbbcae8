/**
 * Phrases are written as they are spoken, in a small notation:
 *
 *   (link|url)     one of several
 *   the?  (a|b)?   may be left out
 *   #              a number, with its separators
 *   occur*         a word that begins so
 *
 * They are folded like the texts that they are compared with (fold-text.ts), so accents, case and punctuation in them do
 * not matter. Nothing in them repeats without a bound.
 */
import { foldText } from './fold-text.ts';

const TOKEN = /[()|?]|[^()|?\s]+/g;
const NUMBER = '(?:(?:[0-9]{1,18} ){1,4})';
const REST_OF_WORD = '[^ ]{0,20} ';

/** An expression over a folded text for any of these phrases. */
export function compilePhrases(phrases: readonly string[]): string {
  return `(?:${phrases.map(compilePhrase).join('|')})`;
}

function compilePhrase(phrase: string): string {
  return (phrase.match(TOKEN) ?? []).map(compileToken).join('');
}

function compileToken(token: string): string {
  if (token === '(') return '(?:';
  if (token === ')' || token === '|' || token === '?') return token;
  if (token === '#') return NUMBER;
  const words = foldText(token.replace('*', ''));
  const open = token.endsWith('*') ? words.replace(/ $/, REST_OF_WORD) : words;
  return `(?:${open})`;
}
