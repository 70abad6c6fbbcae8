/**
 * The number of what a purchase or a refill made. Whatever else stands in its place must not pass for one: an order
 * would count as placed that no panel knows.
 */

/** Letters, digits, `-` and `_`, with `.`, `:` or `#` only between them. */
const PLAIN_ID = /^[A-Za-z0-9_-]+(?:[.:#][A-Za-z0-9_-]+)*$/;
const MAX_LENGTH = 128;
/** As long as this, letters and digits are an id made by chance, whatever they look like: 24 hex digits, nanoids. */
const RANDOM_LENGTH = 16;
/** What a float makes of a whole number. */
const WHOLE_FLOAT = /^(\d+)\.0{1,20}$/;
/** Amounts, powers of ten, and numbers below zero. */
const FLOAT = /^-?\d*\.\d+$|^-?\d+(?:\.\d+)?e-?\d+$|^-\d/i;
const DATE =
  /^\d{4}[-.:]\d{1,2}[-.:]\d{1,2}(?:[T_][\d.:Z-]{0,30})?$|^\d{1,2}[-.:]\d{1,2}[-.:]\d{2,4}$|^\d{1,2}:\d{2}$/i;
const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;
/** Words of an answer that has no number, in whole. */
const WORDS: ReadonlySet<string> = new Set(
  (
    'err http https html code status state no non not none null nil nan na inf true false undefined yes ok success ' +
    'sql sqlstate json api bad out low max min wait limit try retry after line row rate day days hour hours ms sec ' +
    'usd eur funds fund fehler hata erro errno saldo nok ko'
  ).split(' '),
);
/** How such words begin. */
const STEMS =
  /^(?:error|erreur|fail|server|internal|gateway|bad[a-z]|notf|undefined|inval|insuf|denied|reject|refus|balance|quantity|minimum|maximum|exce|except|unknown|unauth|forbid|timeout|missing|incorrect|wrong|duplicate|infinit|blocked|disabled|pending|process|cancel|complete|object|array|warning|notice|seconds|minutes|throttl|message)/;

/** The number as it is asked for later; null where the text is no plain id, or rather an error or a date. */
export function readMadeNumber(text: string): string | null {
  const trimmed = text.trim();
  const [, whole = trimmed] = WHOLE_FLOAT.exec(trimmed) ?? [];
  return isMadeNumber(whole) ? whole : null;
}

/**
 * Whether something may have been made, though its number cannot be read: beside it, an error proves nothing.
 * A digit that is not zero is enough.
 */
export function mayTellOfNumber(text: string): boolean {
  return /[1-9]|[^\P{Nd}0-9]/u.test(text) && !/^\s*-\d/.test(text);
}

function isMadeNumber(text: string): boolean {
  if (text.length > MAX_LENGTH || !PLAIN_ID.test(text) || !/[1-9]/.test(text)) return false;
  if (/^\d+$/.test(text)) return true;
  if (DATE.test(text) || ADDRESS.test(text) || /^-\d+(?:[.:]|$)/.test(text)) return false;
  const isRandom = text.length >= RANDOM_LENGTH && /^[\w-]+$/.test(text);
  return (isRandom || !(FLOAT.test(text) || text.startsWith('-'))) && !speaks(text);
}

/** Whether a word of an error stands in it, as in `code_403`, `HTTP-502`, `E11000`. */
function speaks(text: string): boolean {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  if (/^(?:e|p)\d{3,6}$/i.test(text)) return true;
  const isMixed = text.length >= RANDOM_LENGTH && /\d[a-z]+\d/i.test(text);
  return words.some((word) => (!isMixed && WORDS.has(word)) || STEMS.test(word));
}
