/** A file of settings as plain values: YAML or JSON (which is YAML too). */
import { readFile } from 'node:fs/promises';
import { type Document, LineCounter, parseDocument, visit } from 'yaml';
import { ConfigError } from '../problems/config-error.ts';
import type { Problem } from '../problems/problems.ts';

/**
 * What the file holds; a number comes as its own text, so that `rates: { EUR: 1.10 }` and an unquoted key of digits
 * keep every one of them. What is left empty is left out.
 * @throws ConfigError where the file cannot be read, or its syntax (with line and column)
 */
export async function readDocument(file: string): Promise<unknown> {
  const lines = new LineCounter();
  // The pretty error quotes the line, which may hold a key.
  const document = parseDocument(await readText(file), { lineCounter: lines, prettyErrors: false, merge: true });
  const problems = findSyntaxProblems(file, document, lines);
  if (problems.length > 0) throw new ConfigError(problems);
  keepDigits(document);
  return withoutUnset(toPlain(file, document)) ?? {};
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ConfigError([{ path: file, problem: 'cannot be read', hint: readFailure(error) }]);
  }
}

/** Why a file could not be read, in words. */
export function readFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return READ_FAILURES[code] ?? code;
}

const READ_FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
};

/** One a line: what follows the first is most often its consequence. */
function findSyntaxProblems(file: string, document: Document, lines: LineCounter): Problem[] {
  const found = [...document.errors, ...document.warnings].map(({ code, pos: [at] }) => ({
    code,
    ...lines.linePos(at),
  }));
  return found
    .filter(({ line }, index) => found.findIndex((other) => other.line === line) === index)
    .map(({ code, line, col }) => syntaxProblem(`${file}:${line}:${col}`, code));
}

/** The parser's own sentences may quote the text: these never do. */
function syntaxProblem(path: string, code: string): Problem {
  return { path, problem: SYNTAX_PROBLEMS[code] ?? UNREADABLE, hint: SYNTAX_HINTS[code] };
}

const UNREADABLE = 'is no YAML that can be read';

const SYNTAX_PROBLEMS: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'has an alias (*name) that cannot be resolved',
  BAD_DQ_ESCAPE: 'has an escape that double quotes do not know',
  BAD_INDENT: 'is indented otherwise than the lines around it',
  BAD_SCALAR_START: 'begins a text with a character that YAML reserves',
  BLOCK_AS_IMPLICIT_KEY: 'has two settings on one line',
  BLOCK_IN_FLOW: 'has a block inside { } or [ ]',
  DUPLICATE_KEY: 'is the second setting of one name',
  MISSING_CHAR: 'lacks a closing quote or bracket, a comma, or the colon behind a name',
  MULTILINE_IMPLICIT_KEY: 'lacks a colon, or breaks a name over two lines',
  MULTIPLE_DOCS: 'begins a second document',
  TAB_AS_INDENT: 'is indented by a tab',
  TAG_RESOLVE_FAILED: 'has a tag (!name) that is not known',
  UNEXPECTED_TOKEN: 'has something that does not belong there',
};

const SYNTAX_HINTS: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'put a text that begins with * in quotes',
  BAD_DQ_ESCAPE: "use single quotes: '...'",
  BAD_SCALAR_START: 'put it in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'put a text with a colon in quotes',
  TAB_AS_INDENT: 'use spaces',
  TAG_RESOLVE_FAILED: 'put a text that begins with ! in quotes',
  UNEXPECTED_TOKEN: `inside { } or [ ], put \${NAME} in quotes`,
};

function keepDigits(document: Document): void {
  visit(document, {
    Scalar(_, scalar) {
      const isNumber = typeof scalar.value === 'number' || typeof scalar.value === 'bigint';
      if (isNumber && scalar.source !== undefined) scalar.value = scalar.source;
    },
  });
}

/** Aliases without an anchor, and those that multiply without end or hold themselves, come to light only here. */
function toPlain(file: string, document: Document): unknown {
  try {
    const plain: unknown = document.toJS();
    JSON.stringify(plain);
    return plain;
  } catch {
    throw new ConfigError([syntaxProblem(file, 'BAD_ALIAS')]);
  }
}

/** `server:` with nothing behind it stands for no `server` at all. An entry of a list keeps its place. */
function withoutUnset(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => withoutUnset(entry) ?? null);
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const entries = Object.entries(value).map(([name, entry]): [string, unknown] => [name, withoutUnset(entry)]);
  return Object.fromEntries(entries.filter(([, entry]) => entry !== undefined));
}
