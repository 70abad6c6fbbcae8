/** Whether a ledger can be at a path, before SQLite opens it: SQLite says only "unable to open database file". */
import { accessSync, closeSync, constants, mkdirSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StoreUnavailableError } from '../../domain/errors.ts';

/**
 * Makes the folder of a ledger's file where only that one folder is missing, and looks at what stands at the path.
 * Nothing but a regular file is ever opened: a FIFO would wait for ever, and a device is no place for a ledger.
 * @throws StoreUnavailableError that says what is wrong and what to do
 */
export function prepareLedgerPath(path: string): void {
  const file = resolve(path);
  const folder = dirname(file);
  const found = lookAt(path, file);
  if (found === null) {
    if (lookAt(path, folder) === null) makeFolder(path, folder);
  } else {
    assertLedgerFile(path, file, found);
  }
  assertAccess(path, folder, 'folder');
  for (const [name, present] of [
    [file, found],
    [`${file}.lock`, lookAt(path, `${file}.lock`)],
  ] as const) {
    if (present === null) continue;
    assertRegular(path, name, present);
    assertAccess(path, name, 'file');
  }
}

/**
 * The same for who only reads: nothing is made, and the file has to be there.
 * @throws StoreUnavailableError that says what is wrong and what to do
 */
export function assertReadableLedger(path: string): void {
  const file = resolve(path);
  const found = lookAt(path, file);
  if (found === null) {
    throw new StoreUnavailableError(`There is no ledger at ${path}. The gateway makes it when it starts.`);
  }
  assertLedgerFile(path, file, found);
}

/** Null where nothing is there. */
function lookAt(path: string, name: string): Stats | null {
  try {
    return statSync(name);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw refuse(path, reasonOf(error, name));
  }
}

function makeFolder(path: string, folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have made it since.
    if (codeOf(error) !== 'EEXIST') throw refuse(path, reasonOf(error, folder));
  }
}

function assertLedgerFile(path: string, file: string, found: Stats): void {
  assertRegular(path, file, found);
  if (found.size === 0 || readBeginning(path, file).equals(SQLITE_HEADER)) return;
  throw refuse(path, 'the file is not a SQLite database. Move it away, or name another file.');
}

function assertRegular(path: string, name: string, found: Stats): void {
  if (found.isFile()) return;
  if (found.isDirectory()) {
    const inside = join(name, 'panelgraph.db');
    throw refuse(path, `${name} is a directory. Name a file in it, such as sqlite:${inside}.`);
  }
  throw refuse(path, `${name} is a ${kindOf(found)}, not a file. Name another path.`);
}

function kindOf(found: Stats): string {
  if (found.isFIFO()) return 'FIFO (a named pipe)';
  return found.isSocket() ? 'socket' : 'device';
}

const SQLITE_HEADER = Buffer.from('SQLite format 3\0');

function readBeginning(path: string, file: string): Buffer {
  try {
    const opened = openSync(file, 'r');
    try {
      const beginning = Buffer.alloc(SQLITE_HEADER.length);
      readSync(opened, beginning, 0, beginning.length, 0);
      return beginning;
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    throw refuse(path, reasonOf(error, file));
  }
}

/** SQLite writes to the folder as well: its log and the lock stand beside the file. */
function assertAccess(path: string, name: string, kind: 'folder' | 'file'): void {
  try {
    accessSync(name, constants.R_OK | constants.W_OK | (kind === 'folder' ? constants.X_OK : 0));
  } catch (error) {
    throw refuse(path, reasonOf(error, name));
  }
}

function reasonOf(error: unknown, name: string): string {
  const code = codeOf(error);
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return `permission denied for ${name}. The user that runs the gateway must be able to read and write the file and its folder.`;
    case 'ENOENT':
      return `${dirname(name)} does not exist. Only the last folder of a path is made: create the others first.`;
    case 'ENOTDIR':
      return 'a part of the path is a file, not a folder. Name another path.';
    case 'EROFS':
      return `${name} is on a read-only file system. Name a path that can be written.`;
    case 'ENOSPC':
      return 'the disk is full. Free some space, or name a path on another disk.';
    default:
      return `${name} cannot be used (${code}).`;
  }
}

function refuse(path: string, reason: string): StoreUnavailableError {
  return new StoreUnavailableError(`The ledger at ${path} cannot be opened: ${reason}`);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
