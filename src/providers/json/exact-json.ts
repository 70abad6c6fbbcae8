/**
 * JSON in which a number is its own source text, so that no digit of a price or an id is lost.
 * Reads what panels send: behind a byte order mark, behind the warnings that PHP prints before its answer.
 */
import type { WireValue } from '../dialect.ts';

/** The text that a value was read from. Node 24 passes it to the reviver; TypeScript's types lack it. */
interface ReviverContext {
  readonly source?: string;
}
type Reviver = (this: unknown, key: string, value: unknown, context: ReviverContext) => unknown;

/** Tags that an HTML page has and a PHP warning does not: JSON inside a page is not the panel's answer. */
const PAGE = /<(?:!doctype|html|head|body|script|style|title)\b/i;

/**
 * Parses an answer; numbers become text. A key `__proto__` becomes a plain own property.
 * The work is linear in the length of the text, whatever it holds.
 * @throws SyntaxError where it is not JSON, or JSON nested deeper than the stack
 */
export function parseExactJson(text: string): WireValue {
  return readAnswer(text, parseWholeJson);
}

/**
 * What `read` makes of the text without what stands around the panel's JSON.
 * @throws SyntaxError where `read` throws one, also for the JSON behind noise
 */
export function readAnswer<T>(text: string, read: (json: string) => T): T {
  // trim() removes byte order marks, too.
  const trimmed = text.trim();
  try {
    return read(trimmed);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const start = findAnswerBehindNoise(trimmed);
    if (start === null) throw error;
    return read(trimmed.slice(start));
  }
}

const numbersAsText: Reviver = (_key, value, context) => (typeof value === 'number' ? context.source : value);

/** JSON that is nested deeper than the stack. */
export class DeepJsonError extends SyntaxError {}

/** As `parseExactJson`, with nothing around the JSON. @throws SyntaxError, DeepJsonError */
export function parseWholeJson(text: string): WireValue {
  try {
    return JSON.parse(text, numbersAsText as (key: string, value: unknown) => unknown) as WireValue;
  } catch (error) {
    if (error instanceof SyntaxError) throw error;
    throw new DeepJsonError('The JSON is nested too deeply.', { cause: error });
  }
}

/** Where the JSON begins that runs to the end of a text with something else in front; null where there is none. */
function findAnswerBehindNoise(text: string): number | null {
  const start = findLastValue(text);
  if (start === null || start === 0) return null;
  const noise = text.slice(0, start).trimEnd();
  if (PAGE.test(noise)) return null;
  // The last whole value of truncated JSON, or the second of two answers, is not the answer.
  if (/[{[]/.test(noise) && /[,:[]$/.test(noise)) return null;
  if (/\{\s*"|\}$/.test(noise)) return null;
  return start;
}

/**
 * The start of the object or array that ends the text. The text is read from its end, where it is certain what is
 * inside a string: trying each opening bracket from the front would cost the square of a hostile text's length.
 */
function findLastValue(text: string): number | null {
  if (!/[}\]]$/.test(text)) return null;
  let depth = 0;
  for (let index = text.length - 1; index >= 0; index -= 1) {
    const character = text[index];
    if (character === '"') {
      index = findOpeningQuote(text, index);
      if (index < 0) return null;
    } else if (character === '}' || character === ']') depth += 1;
    else if (character === '{' || character === '[') {
      depth -= 1;
      if (depth === 0) return index;
    }
  }
  return null;
}

/**
 * The index of the quote that opens the string that ends at `closing`: the next to its left without a backslash; or -1.
 */
function findOpeningQuote(text: string, closing: number): number {
  let quote = closing;
  let backslashes: number;
  do {
    if (quote === 0) return -1;
    quote = text.lastIndexOf('"', quote - 1);
    if (quote < 0) return -1;
    backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
  } while (backslashes % 2 === 1);
  return quote;
}
