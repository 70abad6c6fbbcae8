/**
 * Finds the parts of a JSON text without reading what is in them, so that a long answer is read part by part. Linear in
 * the length of the text, whatever it holds. What the parts hold is checked only when they are read.
 */

/** The elements of an array or the members of an object, in the order of the text. */
export interface JsonParts {
  /** The names of the members; null for an array. */
  readonly names: readonly string[] | null;
  /** Where each part begins. */
  readonly starts: readonly number[];
  /** Where each part ends: the index behind its last character. */
  readonly ends: readonly number[];
  /** The index behind the bracket that closes them all. */
  readonly end: number;
}

/** There are more parts than the caller takes. */
export class TooManyPartsError extends Error {}

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const [OPEN_LIST, CLOSE_LIST, OPEN_RECORD, CLOSE_RECORD] = [91, 93, 123, 125];

/**
 * The parts of the array or object that begins at `start`.
 * @throws SyntaxError where it does not end, or anything but commas stands between its parts
 * @throws TooManyPartsError as soon as there are more than `max`
 */
export function findParts(text: string, start: number, max: number): JsonParts {
  const isRecord = text.charCodeAt(start) === OPEN_RECORD;
  const close = isRecord ? CLOSE_RECORD : CLOSE_LIST;
  const names: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let at = skipSpace(text, start + 1);
  if (text.charCodeAt(at) === close) return { names: isRecord ? names : null, starts, ends, end: at + 1 };
  while (true) {
    if (starts.length === max) throw new TooManyPartsError();
    if (isRecord) {
      const nameEnd = endOfText(text, at);
      names.push(String(JSON.parse(text.slice(at, nameEnd))));
      at = skipSpace(text, expect(text, skipSpace(text, nameEnd), COLON));
    }
    starts.push(at);
    at = endOfPart(text, at);
    ends.push(at);
    at = skipSpace(text, at);
    if (text.charCodeAt(at) === close) return { names: isRecord ? names : null, starts, ends, end: at + 1 };
    at = skipSpace(text, expect(text, at, COMMA));
  }
}

export function isListAt(text: string, at: number): boolean {
  return text.charCodeAt(at) === OPEN_LIST;
}

export function isRecordAt(text: string, at: number): boolean {
  return text.charCodeAt(at) === OPEN_RECORD;
}

function expect(text: string, at: number, code: number): number {
  if (text.charCodeAt(at) !== code) throw new SyntaxError(`No ${String.fromCharCode(code)} at ${at}.`);
  return at + 1;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

function endOfPart(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return endOfText(text, start);
  if (first === OPEN_LIST || first === OPEN_RECORD) return endOfBrackets(text, start);
  let at = start;
  while (at < text.length && !isDelimiter(text.charCodeAt(at))) at += 1;
  if (at === start) throw new SyntaxError(`No value at ${at}.`);
  return at;
}

function isDelimiter(code: number): boolean {
  return code === COMMA || code === CLOSE_LIST || code === CLOSE_RECORD || isSpace(code);
}

function endOfBrackets(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfText(text, at) - 1;
    else if (code === OPEN_LIST || code === OPEN_RECORD) depth += 1;
    else if (code === CLOSE_LIST || code === CLOSE_RECORD) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  throw new SyntaxError('A bracket is not closed.');
}

/** The index behind the quote that closes the text whose opening quote is at `start`. */
function endOfText(text: string, start: number): number {
  if (text.charCodeAt(start) !== QUOTE) throw new SyntaxError(`No quote at ${start}.`);
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
  throw new SyntaxError('A text is not closed.');
}
