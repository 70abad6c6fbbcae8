/** Where a text leaves the grammar of JSON (RFC 8259), and how. JSON.parse may quote the text, and a key with it. */

export interface JsonFault {
  /** The offset of the first character that does not fit; the length of the text where it ends too early. */
  readonly at: number;
  /** Such as `Expected , or } after a value`. */
  readonly problem: string;
}

/** The first fault; null where the text is JSON. */
export function findJsonFault(text: string): JsonFault | null {
  const open: ('}' | ']')[] = [];
  let next: Expected = 'value';
  let at = 0;
  for (;;) {
    at = matchEnd(SPACE, text, at) ?? at;
    if (next === 'end' && at === text.length) return null;
    const step = takeStep(text, at, next, open);
    if (typeof step === 'string') return { at, problem: step };
    if ('fault' in step) return { at: step.at, problem: step.fault };
    ({ at, next } = step);
  }
}

type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | 'colon' | 'comma or close' | 'end';
type Step = { readonly at: number; readonly next: Expected } | { readonly at: number; readonly fault: string };

const SPACE = /[ \t\r\n]+/y;
const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON wants them escaped
const CHARACTERS = /(?:[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;
const OPENING: Readonly<Record<string, readonly ['}' | ']', Expected]>> = {
  '{': ['}', 'name or }'],
  '[': [']', 'value or ]'],
};

/** Takes one token and says what may follow; a text says what was expected instead. */
function takeStep(text: string, at: number, expected: Expected, open: ('}' | ']')[]): Step | string {
  const character = text[at] ?? '';
  switch (expected) {
    case 'colon':
      return character === ':' ? { at: at + 1, next: 'value' } : 'Expected : after the name of a setting';
    case 'end':
      return 'Expected nothing after the last bracket';
    case 'name or }':
    case 'name':
      if (character === '"') return takeText(text, at, 'colon');
      if (expected === 'name or }' && character === '}') return close(at, open);
      return expected === 'name' && character === '}'
        ? 'Unexpected } after a comma'
        : 'Expected the name of a setting in double quotes';
    case 'comma or close': {
      const closing = open.at(-1);
      if (character === ',') return { at: at + 1, next: closing === '}' ? 'name' : 'value' };
      return character === closing ? close(at, open) : `Expected , or ${closing} after a value`;
    }
    default:
      return takeValue(text, at, expected, open);
  }
}

function takeValue(text: string, at: number, expected: Expected, open: ('}' | ']')[]): Step | string {
  const character = text[at] ?? '';
  const next = afterValue(open);
  if (character === '"') return takeText(text, at, next);
  const opening = OPENING[character];
  if (opening) {
    open.push(opening[0]);
    return { at: at + 1, next: opening[1] };
  }
  if (expected === 'value or ]' && character === ']') return close(at, open);
  if (character === ']' && open.at(-1) === ']') return 'Unexpected ] after a comma';
  const end = matchEnd(LITERAL, text, at);
  return end === null
    ? 'Expected a value: text in double quotes, a number, true, false, null, { or ['
    : { at: end, next };
}

function takeText(text: string, at: number, next: Expected): Step {
  const end = matchEnd(CHARACTERS, text, at + 1) ?? at + 1;
  if (text[end] === '"') return { at: end + 1, next };
  if (text[end] === '\\') return { at: end, fault: 'Invalid escape in a text: \\ stands as \\\\' };
  return { at: end, fault: 'A text does not end on its line: is its closing " missing?' };
}

function close(at: number, open: ('}' | ']')[]): Step {
  open.pop();
  return { at: at + 1, next: afterValue(open) };
}

function afterValue(open: readonly string[]): Expected {
  return open.length === 0 ? 'end' : 'comma or close';
}

function matchEnd(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}
