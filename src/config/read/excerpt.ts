/** The line of a file on which something is wrong, without what may be a secret in it. */
import type { z } from 'zod';
import { configSettings } from '../config.ts';
import { DIALECT_NAMES, PRESET_NAMES } from '../presets.ts';
import { arrayElement, objectShape } from '../shape/look-inside.ts';

export interface Place {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

/** Where an offset stands; the end of a text counts as the end of its last line that is not empty. */
export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, Math.min(offset, text.trimEnd().length));
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: before.length - lineStart + 1 };
}

/**
 * The line of a place with its number, and a caret below it. Only the gateway's own words are shown; of all others each
 * character is a dot, since any of them may belong to a key.
 */
export function excerptOf(text: string, { line, column }: Place): string {
  const masked = maskUnknownWords((text.split('\n')[line - 1] ?? '').replace(/\r$/, ''));
  const from = Math.max(0, column - 1 - SHOWN_BEFORE);
  const shown = masked.slice(from, from + SHOWN_WIDTH);
  // A tab stays a tab, so that the caret stands below what it points at.
  const indent = shown.slice(0, column - 1 - from).replace(/[^\t]/g, ' ');
  const number = `  ${line} | `;
  return `${number}${shown}\n${' '.repeat(number.length - 2)}| ${indent}^`;
}

const SHOWN_BEFORE = 80;
const SHOWN_WIDTH = 120;

/** What is neither space nor a mark of YAML or JSON. */
const WORD = /[^\s{}[\],:"'#&*!|>%@`?$-]+/g;

function maskUnknownWords(line: string): string {
  return line.replace(WORD, (word) => (KNOWN_WORDS.has(word) ? word : '·'.repeat(word.length)));
}

const KNOWN_WORDS: ReadonlySet<string> = new Set([
  ...namesIn(configSettings),
  ...PRESET_NAMES,
  ...DIALECT_NAMES,
  ...['true', 'false', 'null', 'http', 'https', 'sqlite', 'postgres', 'redis', 'file'],
]);

function namesIn(schema: z.core.$ZodType): string[] {
  const element = arrayElement(schema);
  if (element) return namesIn(element);
  return Object.entries(objectShape(schema) ?? {}).flatMap(([name, field]) => [name, ...namesIn(field)]);
}
