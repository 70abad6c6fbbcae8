/** The text of a configuration file, or one sentence that says why there is none. */
import { readFile, stat } from 'node:fs/promises';
import { ConfigError } from '../problems/config-error.ts';

/** A configuration of a thousand panels is a fifth of this. */
const MAX_BYTES = 1024 * 1024;

/**
 * Reads a file in UTF-8, with or without a byte-order mark.
 * @throws ConfigError where there is no such file, it cannot be read, or it holds no text
 */
export async function readTextFile(file: string): Promise<string> {
  const bytes = await readBytes(file);
  const refusal = refusalOf(bytes);
  if (refusal) throw new ConfigError([{ path: file, ...refusal }]);
  return new TextDecoder().decode(bytes);
}

/** Why a file cannot be read, in words that complete "The file ... cannot be read (...)". */
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

async function readBytes(file: string): Promise<Buffer> {
  try {
    const found = await stat(file);
    // A device such as /dev/zero may never end. A pipe does: a shell hands over what a command prints as one.
    if (found.isCharacterDevice() || found.isBlockDevice()) throw refused(file, 'is a device, not a file');
    if (found.size > MAX_BYTES) throw refused(file, 'is larger than 1 MB', 'no configuration is: is it another file?');
    return await readFile(file);
  } catch (error) {
    throw error instanceof ConfigError ? error : refused(file, 'cannot be read', readFailure(error));
  }
}

function refused(path: string, problem: string, hint?: string): ConfigError {
  return new ConfigError([{ path, problem, hint }]);
}

function refusalOf(bytes: Buffer): { problem: string; hint: string } | null {
  if (isUtf16(bytes)) return { problem: 'is encoded in UTF-16', hint: 'save it as UTF-8' };
  if (bytes.includes(0)) return { problem: 'is a binary file', hint: 'a configuration is text: YAML or JSON' };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const hint = 'it needs at least one panel: see docs/configuration.md';
    return text.trim() === '' ? { problem: 'is empty', hint } : null;
  } catch {
    return { problem: 'is not encoded in UTF-8', hint: 'save it as UTF-8' };
  }
}

/** By its byte-order mark or, without one, by the zero in each of the first two characters. */
function isUtf16(bytes: Buffer): boolean {
  const [first, second, third, fourth] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return first === 0 ? second !== 0 && third === 0 && fourth !== 0 : second === 0 && third !== 0 && fourth === 0;
}
