/** What YAML's parser says of a text, in its own words, but for those that quote the text: it may hold a key. */
import type { Document, YAMLError } from 'yaml';

export interface YamlFault {
  /** The offset in the text. */
  readonly at: number;
  readonly problem: string;
  readonly hint: string | undefined;
}

/** The first fault in the order of the text; the others are most often its consequences. Null where there is none. */
export function findYamlFault(document: Document, text: string): YamlFault | null {
  const [first] = [...document.errors, ...document.warnings].toSorted((left, right) => left.pos[0] - right.pos[0]);
  if (!first) return null;
  const at = first.pos[0];
  return { at, problem: wordsOf(first), hint: hintFor(first, text) };
}

/** Of a sentence with a colon after a word, such as `Unresolved tag: !name`, the rest is a piece of the text. */
function wordsOf({ code, message }: YAMLError): string {
  return OWN_WORDS[code] ?? message.split(/(?<=\w): /)[0] ?? code;
}

const OWN_WORDS: Readonly<Record<string, string>> = {
  BAD_DIRECTIVE: 'Invalid directive',
  BAD_DQ_ESCAPE: 'Invalid escape sequence',
  MULTIPLE_DOCS: 'A second document begins here',
  TAG_RESOLVE_FAILED: 'Unresolved tag',
};

const HINTS: Readonly<Record<string, string>> = {
  BAD_DQ_ESCAPE: "use single quotes: '...'",
  BAD_SCALAR_START: 'put the text in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'indent the line as its neighbours are, or put a text with a colon in quotes',
  DUPLICATE_KEY: 'the setting is there twice: remove one',
  MULTILINE_IMPLICIT_KEY: 'is the colon after a name missing?',
  MULTIPLE_DOCS: 'remove the line ---',
  TAB_AS_INDENT: 'use spaces',
  TAG_RESOLVE_FAILED: 'put a text that begins with ! in quotes',
};

const MESSAGE_HINTS: readonly (readonly [beginning: string, hint: string])[] = [
  ['Missing closing', 'it may have been opened on a line above'],
  ['Sequence item without', 'indent the line as its neighbours are'],
  ['All mapping items', 'indent the line as its neighbours are'],
  ['Block collections', 'is a comma missing between two settings?'],
];

function hintFor({ code, message, pos: [at] }: YAMLError, text: string): string | undefined {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at + 2);
  if (/[{[][^}\]]*\$\{/.test(line)) return `inside { } and [ ], put \${NAME} in quotes`;
  return MESSAGE_HINTS.find(([beginning]) => message.startsWith(beginning))?.[1] ?? HINTS[code];
}
