import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoreUnavailableError } from '../../src/domain/errors.ts';
import { openLedgerStore } from '../../src/storage/open-ledger-store.ts';

const directory = mkdtempSync(join(tmpdir(), 'panelgraph-path-'));
const at = (...names: string[]) => join(directory, ...names);

beforeAll(() => {
  chmodSync(directory, 0o755);
  mkdirSync(at('folder'));
  writeFileSync(at('text'), 'no database, but long enough for the header of one');
  writeFileSync(at('short'), 'x');
  writeFileSync(at('damaged'), `SQLite format 3\0${'x'.repeat(4096)}`);
  execFileSync('mkfifo', [at('pipe'), at('beside.db.lock')]);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** What is said to a user without rights. Root has every right, and gives them up once the sources are read. */
function prepareAsNobody(path: string): string {
  const source = new URL('../../src/storage/sqlite/sqlite-path.ts', import.meta.url).href;
  const program = `
    const { prepareLedgerPath } = await import(${JSON.stringify(source)});
    if (process.getuid() === 0) process.setuid(65534);
    try {
      prepareLedgerPath(${JSON.stringify(path)});
    } catch (error) {
      console.log(error.message);
    }`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
}

describe('a ledger that cannot be opened', () => {
  it.each([
    ['a directory', at('folder'), `${at('folder')} is a directory. Name a file in it, such as sqlite:`],
    ['a FIFO', at('pipe'), `${at('pipe')} is a FIFO (a named pipe), not a file. Name another path.`],
    ['a FIFO in the place of its lock', at('beside.db'), `${at('beside.db.lock')} is a FIFO`],
    ['a device', '/dev/null', '/dev/null is a device, not a file. Name another path.'],
    ['text', at('text'), 'the file is not a SQLite database. Move it away, or name another file.'],
    ['one letter', at('short'), 'the file is not a SQLite database.'],
    ['a damaged file', at('damaged'), "The ledger's file is not a SQLite database. Restore a backup of it"],
    ['below a file', at('text', 'ledger.db'), 'a part of the path is a file, not a folder. Name another path.'],
    [
      'two folders away',
      at('a', 'b', 'ledger.db'),
      `${at('a')} does not exist. Only the last folder of a path is made`,
    ],
  ])('says what is wrong and what to do: %s', async (_, path, reason) => {
    const opening = openLedgerStore({ url: `sqlite:${path}` });
    await expect(opening).rejects.toThrow(StoreUnavailableError);
    await expect(opening).rejects.toThrow(`The ledger at ${path} cannot be opened: ${reason}`);
  });

  it('names the file or the folder whose permission is missing', () => {
    mkdirSync(at('locked'), { mode: 0o555 });
    const said = prepareAsNobody(at('locked', 'ledger.db'));
    expect(said).toContain(`permission denied for ${at('locked')}. The user that runs the gateway`);
  });

  it('leaves nothing behind', async () => {
    await expect(openLedgerStore({ url: `sqlite:${at('text')}` })).rejects.toThrow();
    expect(existsSync(at('text.lock'))).toBe(false);
  });

  it.each([
    ['a directory', at('folder'), 'is a directory'],
    ['a FIFO', at('pipe'), 'is a FIFO'],
    ['text', at('text'), 'the file is not a SQLite database'],
  ])('is not waited for by a reader either: %s', async (_, path, reason) => {
    await expect(openLedgerStore({ url: `sqlite:${path}`, mode: 'reader' })).rejects.toThrow(reason);
  });
});

it('makes the one folder that is missing', async () => {
  await using store = await openLedgerStore({ url: `sqlite:${at('new', 'ledger.db')}` });
  await store.ping();
});
