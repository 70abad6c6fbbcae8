/** A file of settings as plain values: JSON where its name ends in .json, else YAML. */
import path from 'node:path';
import { type Document, parseDocument, visit } from 'yaml';
import { ConfigError } from '../problems/config-error.ts';
import { excerptOf, placeOf } from './excerpt.ts';
import { findJsonFault } from './find-json-fault.ts';
import { readTextFile } from './read-text-file.ts';
import { findYamlFault } from './yaml-faults.ts';

/**
 * What the file holds; a number comes as its own text, so that `rates: { EUR: 1.10 }` and an unquoted key of digits
 * keep every one of them. What is left empty is left out.
 * @throws ConfigError where the file cannot be read, or its syntax is wrong (with line and column)
 */
export async function readDocument(file: string): Promise<unknown> {
  const text = await readTextFile(file);
  const jsonFault = path.extname(file).toLowerCase() === '.json' ? findJsonFault(text) : null;
  if (jsonFault) throw syntaxError(file, text, jsonFault);
  // What is JSON is YAML, too, whose parser finds the setting that is there twice.
  const document = parseDocument(text, { prettyErrors: false, merge: true });
  const fault = findYamlFault(document, text);
  if (fault) throw syntaxError(file, text, fault);
  keepDigits(document);
  return withoutUnset(toPlain(file, document)) ?? {};
}

interface Fault {
  readonly at: number;
  readonly problem: string;
  readonly hint?: string | undefined;
}

function syntaxError(file: string, text: string, { at, problem, hint }: Fault): ConfigError {
  const place = placeOf(text, at);
  const excerpt = excerptOf(text, place);
  return new ConfigError([{ path: `${file}:${place.line}:${place.column}`, problem, hint, excerpt }]);
}

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
    const problem = 'has an alias (*name) that cannot be resolved';
    throw new ConfigError([{ path: file, problem, hint: 'put a text that begins with * in quotes' }]);
  }
}

/** `server:` with nothing behind it stands for no `server` at all. An entry of a list keeps its place. */
function withoutUnset(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => withoutUnset(entry) ?? null);
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const entries = Object.entries(value).map(([name, entry]): [string, unknown] => [name, withoutUnset(entry)]);
  return Object.fromEntries(entries.filter(([, entry]) => entry !== undefined));
}
