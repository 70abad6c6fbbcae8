import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { StoreUnavailableError } from '../../src/domain/errors.ts';
import { createLocalOwner } from '../../src/storage/ledger/ledger-owner.ts';
import { placementListQuery } from '../../src/storage/ledger/placements/list/placement-list.ts';
import { SqlPlacementStore } from '../../src/storage/ledger/placements/sql-placement-store.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { openLedgerStore } from '../../src/storage/open-ledger-store.ts';
import { newPlacement, place } from '../conformance/ledger/ledger-samples.ts';
import { describeLedgerStore } from '../conformance/ledger/ledger-store-conformance.ts';
import { describeOrderRequests } from '../conformance/ledger/order-request-conformance.ts';
import { startChildGateway } from './child-gateway.ts';

const directory = mkdtempSync(join(tmpdir(), 'panelgraph-sqlite-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

let files = 0;
/** In a directory that is not there yet. */
function newFile(): string {
  files += 1;
  return join(directory, String(files), 'ledger.db');
}

describe('the ledger in a SQLite file', () => {
  describeLedgerStore({ createUrl: async () => `sqlite:${newFile()}` });
  describeOrderRequests({ createUrl: async () => `sqlite:${newFile()}` });
});

describe('the ledger in memory', () => {
  describeLedgerStore({ createUrl: async () => 'sqlite::memory:' });
});

describe('one gateway a file', () => {
  it('refuses a second gateway with a sentence that names the file', async () => {
    const file = newFile();
    await using first = await openLedgerStore({ url: `sqlite:${file}` });
    await expect(openLedgerStore({ url: `sqlite:${file}` })).rejects.toThrow(
      `Another gateway uses the ledger at ${file}.`,
    );
    await first.ping();
  });

  it('refuses it under another name of the file too', async () => {
    const file = newFile();
    await using _first = await openLedgerStore({ url: `sqlite:${file}` });
    symlinkSync(file, `${file}.link`);
    await expect(openLedgerStore({ url: `sqlite:${file}.link` })).rejects.toThrow('Another gateway uses');
  });

  it('lets the next one in after the first has closed', async () => {
    const url = `sqlite:${newFile()}`;
    const first = await openLedgerStore({ url });
    await first.close();
    await using second = await openLedgerStore({ url });
    await second.ping();
  });

  it('refuses while another process runs, and takes over what it left when it is killed', async () => {
    const url = `sqlite:${newFile()}`;
    const child = await startChildGateway(url);
    await expect(openLedgerStore({ url })).rejects.toThrow('Another gateway uses');
    await child.kill();
    await using store = await openLedgerStore({ url });
    const recovered = await store.placements.recoverAbandoned({ running: new Set(), at: 50 });
    expect(recovered.retryable.map(({ id }) => id)).toEqual([child.waiting]);
    expect(recovered.unknown.map(({ id }) => id)).toEqual([child.sent]);
  });
});

describe('a reader beside the gateway', () => {
  it('reads what is committed and writes nothing', async () => {
    const url = `sqlite:${newFile()}`;
    await using gateway = await openLedgerStore({ url });
    await place(gateway, '1');
    await using reader = await openLedgerStore({ url, mode: 'reader' });
    expect((await reader.placements.listPlacements({}, { limit: 5 })).placements).toHaveLength(1);
    await place(gateway, '2');
    expect(await reader.placements.countPlacements({})).toBe(2);
    await expect(reader.placements.insertPending(newPlacement())).rejects.toThrow('for reading only');
    expect(reader.owner.isHeld()).toBe(false);
  });

  it('reads when no gateway runs', async () => {
    const url = `sqlite:${newFile()}`;
    const gateway = await openLedgerStore({ url });
    await place(gateway, '1');
    await gateway.close();
    await using reader = await openLedgerStore({ url, mode: 'reader' });
    expect(await reader.placements.countPlacements({})).toBe(1);
  });

  it('says where there is no ledger', async () => {
    const file = newFile();
    await expect(openLedgerStore({ url: `sqlite:${file}`, mode: 'reader' })).rejects.toThrow(
      `There is no ledger at ${file}.`,
    );
  });
});

describe('opening', () => {
  it('says what is wrong with the file', async () => {
    const file = join(directory, 'text.db');
    writeFileSync(file, 'This is no database, but it is long enough to be taken for the header of one. '.repeat(20));
    await expect(openLedgerStore({ url: `sqlite:${file}` })).rejects.toThrow(StoreUnavailableError);
    await expect(openLedgerStore({ url: `sqlite:${file}` })).rejects.toThrow('is not a SQLite database');
  });

  it('says what is wrong with the URL, without repeating it', async () => {
    await expect(openLedgerStore({ url: 'mysql://root:secret@host/x' })).rejects.toThrow(
      "The ledger's URL must begin with sqlite: or postgres://.",
    );
    await expect(openLedgerStore({ url: 'sqlite:' })).rejects.toThrow('names no file');
  });

  it('refuses a ledger of a newer version, as gateway and as reader', async () => {
    const url = `sqlite:${newFile()}`;
    const database = await openDatabase({ url });
    await sql`insert into kysely_migration (name, timestamp) values ('999-future', '2099-01-01T00:00:00.000Z')`.execute(
      database.db,
    );
    await database.close();
    await expect(openLedgerStore({ url })).rejects.toThrow('written by a newer version');
    await expect(openLedgerStore({ url, mode: 'reader' })).rejects.toThrow('written by a newer version');
  });

  it('has one gateway, to which a write that failed was not committed', async () => {
    await using store = await openLedgerStore({ url: `sqlite:${newFile()}` });
    expect(store).toMatchObject({ isShared: false, hasCertainCommits: true });
  });

  it('commits through the write-ahead log with full synchronisation', async () => {
    const database = await openDatabase({ url: `sqlite:${newFile()}` });
    const read = async (pragma: string) => (await sql.raw(`pragma ${pragma}`).execute(database.db)).rows;
    expect(await read('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(await read('synchronous')).toEqual([{ synchronous: 2 }]);
    expect(await read('foreign_keys')).toEqual([{ foreign_keys: 1 }]);
    await database.close();
  });
});

describe('a full disk', () => {
  it('is said clearly, loses nothing that was recorded, and works again when there is room', async () => {
    const database = await openDatabase({ url: `sqlite:${newFile()}` });
    const store = new SqlPlacementStore({ ...database, owner: createLocalOwner() });
    const kept = newPlacement();
    await store.insertPending(kept);
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(database.db);
    await sql.raw(`pragma max_page_count = ${rows[0]!.page_count}`).execute(database.db);
    const big = () => newPlacement({ details: { text: 'x'.repeat(50_000) } });
    const lost = [big(), big(), newPlacement()];
    const results = await Promise.allSettled(lost.map((placement) => store.insertPending(placement)));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    for (const result of results) {
      expect(result).toMatchObject({ reason: { code: 'STORE_UNAVAILABLE', message: "The ledger's disk is full." } });
    }
    expect(await store.findMany([kept.id, ...lost.map(({ id }) => id)])).toMatchObject([kept, null, null, null]);
    await sql.raw('pragma max_page_count = 1000000').execute(database.db);
    expect((await store.insertPending(big())).result).toBe('inserted');
    await database.close();
  });
});

describe('writes that are committed together', () => {
  it('fail alone', async () => {
    const database = await openDatabase({ url: 'sqlite::memory:' });
    const insert = (name: string) =>
      database.writer.transact(async (db) => {
        await db.insertInto('leases').values({ name, owner: 'o', expires_at: 1 }).execute();
        if (name === 'bad') throw new Error('This one changes its mind.');
        return name;
      });
    const results = await Promise.allSettled(['one', 'bad', 'two'].map(insert));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const rows = await database.db.selectFrom('leases').select('name').execute();
    expect(rows.map(({ name }) => name)).toEqual(['one', 'two']);
    await database.close();
  });

  it('are finished before the ledger closes', async () => {
    const url = `sqlite:${newFile()}`;
    const store = await openLedgerStore({ url });
    const writes = Array.from({ length: 300 }, () => store.placements.insertPending(newPlacement()));
    await store.close();
    await Promise.all(writes);
    await using again = await openLedgerStore({ url });
    expect(await again.placements.countPlacements({})).toBe(300);
  });
});

describe('a hundred thousand placements', () => {
  it('are filtered by an index in the order of the list, whatever the filter', async () => {
    const database = await openDatabase({ url: 'sqlite::memory:' });
    await sql`insert into placements (id, caller, idempotency_key, fingerprint, reference, panel, panel_host,
        panel_dialect, service_number, details, state, order_status, is_retryable, owner, attempt, created_at)
      with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 100000)
      select 'id' || n, 'caller' || (n % 3), 'k' || n, 'f', case when n % 10 = 0 then 'ref' || (n % 1000) end,
        'panel' || (n % 7), 'h', 'd', '1', '{}', case when n % 100 = 0 then 'UNKNOWN' when n % 9999 = 0 then 'PENDING' else 'PLACED' end,
        case when n % 100 = 0 or n % 9999 = 0 then '' when n % 50 = 1 then 'PENDING' else 'COMPLETED' end, 0, 'o', 1, n
      from numbers`.execute(database.db);
    const filters = [
      {},
      { callers: ['caller1'] },
      { states: ['UNKNOWN'] },
      { states: ['PENDING'] },
      { callers: ['caller1'], panels: ['panel3'], states: ['PENDING'] },
      { panels: ['panel1', 'panel2'] },
      { callers: ['caller1'], statuses: ['PENDING', 'FAILED'] },
      { callers: ['caller1'], panels: ['panel3'], states: ['UNKNOWN', 'REJECTED'] },
      { reference: 'ref10' },
      { callers: ['caller1'], reference: 'ref10' },
      { createdAfter: 100, createdBefore: 50_000 },
    ] as const;
    for (const filter of filters) {
      const query = placementListQuery(filter, { limit: 50, after: { createdAt: 60_000, seq: 60_000 } })!;
      const { rows } = await sql<{ detail: string }>`explain query plan ${query}`.execute(database.db);
      const steps = rows.map(({ detail }) => detail);
      expect(steps.filter((step) => step.startsWith('SCAN placements'))).toEqual([]);
      const reads = steps.filter((step) => /^SEARCH placements USING (COVERING )?INDEX/.test(step));
      expect(reads.length).toBeGreaterThan(0);
      // The pending ones are few: read row by row, but never among all of a caller's.
      for (const read of reads) expect(read).toMatch(/INDEX placements_pending|COVERING INDEX .*created_at/);
    }
    // Too many for branches: among the rows of these panels, still not among all.
    const panels = Array.from({ length: 200 }, (_, index) => `panel${index}`);
    const { rows } = await sql<{
      detail: string;
    }>`explain query plan ${placementListQuery({ panels }, { limit: 50 })}`.execute(database.db);
    expect(
      rows.map(({ detail }) => detail).filter((step) => / placements USING .*INDEX placements_/.test(step)),
    ).toEqual([
      'SCAN placements USING INDEX placements_pending',
      'SEARCH placements USING COVERING INDEX placements_by_panel (panel=?)',
    ]);
    await database.close();
  });
});

it('finds the refills of a few orders among many of a panel', async () => {
  const database = await openDatabase({ url: 'sqlite::memory:' });
  const { rows } = await sql<{ detail: string }>`explain query plan
    select * from refills where panel = 'acme' and order_number in ('1', '2', '3')`.execute(database.db);
  expect(rows.map(({ detail }) => detail).join()).toContain('refills_by_order (panel=? AND order_number=?)');
  await database.close();
});
