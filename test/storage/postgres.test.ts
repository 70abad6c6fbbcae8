import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import type { LedgerStore } from '../../src/storage/ledger/ledger-store.ts';
import { placementListQuery } from '../../src/storage/ledger/placements/list/placement-list.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { openLedgerStore } from '../../src/storage/open-ledger-store.ts';
import { newPlacement, orderState, place } from '../conformance/ledger/ledger-samples.ts';
import { describeLedgerStore } from '../conformance/ledger/ledger-store-conformance.ts';
import { describeOrderRequests } from '../conformance/ledger/order-request-conformance.ts';
import { POSTGRES_PASSWORD, type TestPostgres, tryStartPostgres } from '../support/postgres.ts';
import { startChildGateway } from './child-gateway.ts';
import { openLine } from './silent-line.ts';

const started = await tryStartPostgres();
const reason = typeof started === 'string' ? started : null;
const postgres = started as TestPostgres;
afterAll(async () => {
  if (reason === null) await postgres.close();
});

/** Asks again until it is so; the test's own time limit ends it. */
async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe.skipIf(reason !== null)(`the ledger in PostgreSQL${reason === null ? '' : ` (skipped: ${reason})`}`, () => {
  describeLedgerStore({ createUrl: () => postgres.createLedger() });
  describeOrderRequests({ createUrl: () => postgres.createLedger() });

  const openTwo = async (): Promise<[LedgerStore, LedgerStore]> => {
    const url = await postgres.createDatabase();
    return Promise.all([openLedgerStore({ url }), openLedgerStore({ url })]);
  };

  describe('several gateways', () => {
    it('make the tables once when several processes start together', async () => {
      const url = await postgres.createDatabase();
      const script = fileURLToPath(new URL('./migrate-ledger.ts', import.meta.url));
      const children = Array.from({ length: 5 }, () => spawn(process.execPath, [script, url], { stdio: 'inherit' }));
      const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
      expect(codes).toEqual([0, 0, 0, 0, 0]);
      const database = await openDatabase({ url });
      const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(database.db);
      expect(rows).toEqual([{ name: '001-ledger' }, { name: '002-evidence' }]);
      await database.close();
    });

    it('give one key, one sending and one order number to one of them', async () => {
      const [one, two] = await openTwo();
      await using _one = one;
      await using _two = two;
      const claims = await Promise.all(
        [one, two, one, two].map((store) => store.placements.insertPending(newPlacement({ idempotencyKey: 'k' }))),
      );
      expect(claims.filter(({ result }) => result === 'inserted')).toHaveLength(1);
      const { id, owner } = claims[0]!.placement;
      const marks = await Promise.all(
        [one, two].map((store) => store.placements.markSent(id, { attempt: 1 }, { at: 1 })),
      );
      expect(marks).toEqual([one, two].map((store) => store.owner.id === owner));
      const others = await Promise.all([one, two].map((store) => store.placements.insertPending(newPlacement())));
      const outcome = { state: 'PLACED', orderNumber: '5', at: 9, nextCheckAt: null } as const;
      const settled = await Promise.all(
        [one, two].map((store, index) => store.placements.settle(others[index]!.placement.id, outcome, { attempt: 1 })),
      );
      expect(settled.map(({ result }) => result).sort()).toEqual(['duplicate-order-number', 'settled']);
    });

    it('share a lease by turns', async () => {
      const [one, two] = await openTwo();
      await using _one = one;
      await using _two = two;
      const taken = await Promise.all(
        [one, two].map((store) => store.leases.acquireLease('l', { ttlMs: 1_000, now: 0 })),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
      const [holder, other] = taken[0] ? [one, two] : [two, one];
      expect(await other.leases.acquireLease('l', { ttlMs: 1_000, now: 999 })).toBe(false);
      await other.leases.releaseLease('l');
      expect(await other.leases.acquireLease('l', { ttlMs: 1_000, now: 999 })).toBe(false);
      expect(await other.leases.acquireLease('l', { ttlMs: 1_000, now: 1_000 })).toBe(true);
      expect(await holder.leases.acquireLease('l', { ttlMs: 1_000, now: 1_001 })).toBe(false);
      await other.leases.releaseLease('l');
      expect(await holder.leases.acquireLease('l', { ttlMs: 1_000, now: 1_002 })).toBe(true);
    });

    it('hint at changes to each other', async () => {
      const [one, two] = await openTwo();
      await using _one = one;
      await using _two = two;
      const heard = new Promise<string>((resolve) => two.changes.subscribe(resolve));
      one.changes.notify('placements');
      expect(await heard).toBe('placements');
    });

    it('read every change of every other, whichever order they commit in', async () => {
      const [one, two] = await openTwo();
      await using _one = one;
      await using _two = two;
      const numbers = Array.from({ length: 60 }, (_, index) => String(index));
      await Promise.all(numbers.map((number) => place(one, number)));
      const seen = new Set<string>();
      let from = 0;
      let isDone = false;
      const poll = (async () => {
        for (let last = false; !last; ) {
          last = isDone;
          for (const order of await two.orders.changesSince(from, 7)) {
            expect(order.changeSeq).toBeGreaterThan(from);
            from = order.changeSeq;
            seen.add(order.number);
            last = false;
          }
        }
      })();
      await Promise.all(
        numbers.map((number, index) =>
          (index % 2 ? one : two).orders.saveStates('acme', [{ number, state: orderState('PROCESSING') }]),
        ),
      );
      isDone = true;
      await poll;
      expect(seen.size).toBe(60);
    });

    it('save overlapping batches without a deadlock', async () => {
      const [one, two] = await openTwo();
      await using _one = one;
      await using _two = two;
      const numbers = Array.from({ length: 40 }, (_, index) => String(index));
      await Promise.all(numbers.map((number) => place(one, number)));
      const save = (store: LedgerStore, order: string[], round: number) =>
        store.orders.saveStates(
          'acme',
          order.map((number) => ({
            number,
            state: orderState('PROCESSING', { remains: round, checkedAt: new Date(10_000 + round) }),
          })),
        );
      await Promise.all(
        Array.from({ length: 20 }, (_, round) =>
          round % 2 ? save(one, numbers, round) : save(two, numbers.toReversed(), round),
        ),
      );
      const orders = await one.orders.findOrders('acme', numbers);
      expect(new Set(orders.map((order) => order?.state.remains))).toEqual(new Set([19]));
    });
  });

  describe('a gateway that is killed', () => {
    it('is noticed by another, which settles what it left and leaves the living alone', async () => {
      const url = await postgres.createDatabase();
      await using store = await openLedgerStore({ url });
      await using living = await openLedgerStore({ url });
      const { id: livingId } = (await living.placements.insertPending(newPlacement())).placement;
      const child = await startChildGateway(url);
      const recover = (at: number) => store.placements.recoverAbandoned({ running: new Set(), at });
      const nothing = { retryable: [], unknown: [] };
      expect(await recover(0)).toEqual(nothing);
      expect(await recover(60_000)).toEqual(nothing);
      await child.kill();
      await until(async () => {
        const database = await openDatabase({ url, mode: 'reader' });
        const { rows } = await sql`select 1 from pg_locks where locktype = 'advisory'
          and database = (select oid from pg_database where datname = current_database())`.execute(database.db);
        await database.close();
        return rows.length === 2;
      });
      expect(await recover(100_000)).toEqual(nothing);
      const recovered = await recover(102_000);
      expect(recovered.retryable.map(({ id }) => id)).toEqual([child.waiting]);
      expect(recovered.unknown.map(({ id }) => id)).toEqual([child.sent]);
      expect(await living.placements.findById(livingId)).toMatchObject({ state: 'PENDING' });
    });
  });

  describe('a database that stops', () => {
    it('gives clear errors meanwhile, and everything works again when it is back', async () => {
      const url = await postgres.createDatabase();
      await using store = await openLedgerStore({ url, connectTimeoutMs: 1_000 });
      await using other = await openLedgerStore({ url, connectTimeoutMs: 1_000 });
      const kept = newPlacement();
      await store.placements.insertPending(kept);
      const writing = Promise.allSettled(
        Array.from({ length: 50 }, () => store.placements.insertPending(newPlacement())),
      );
      await postgres.stop();
      for (const result of await writing) {
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'STORE_UNAVAILABLE' });
      }
      const failure = await store.placements.insertPending(newPlacement()).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'STORE_UNAVAILABLE' });
      expect(String(failure)).not.toContain(POSTGRES_PASSWORD);
      await expect(store.ping()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      await until(() => !store.owner.isHeld());
      await expect(openLedgerStore({ url, connectTimeoutMs: 500 })).rejects.toMatchObject({
        code: 'STORE_UNAVAILABLE',
      });
      const hinted = new Promise<string>((resolve) => other.changes.subscribe(resolve));
      await postgres.start();
      await hinted;
      await until(() => store.owner.isHeld() && other.owner.isHeld());
      await store.ping();
      expect(await store.placements.findById(kept.id)).toMatchObject({ state: 'PENDING' });
      expect(await other.placements.recoverAbandoned({ running: new Set(), at: 99_999 })).toEqual({
        retryable: [],
        unknown: [],
      });
      expect(await store.placements.markSent(kept.id, { attempt: 1 }, { at: 5 })).toBe(true);
    });

    it('loses a connection that an operator ends, and makes another', async () => {
      const url = await postgres.createDatabase();
      await using store = await openLedgerStore({ url });
      const database = await openDatabase({ url });
      const end = () =>
        sql`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`.execute(database.db);
      await store.ping();
      await end();
      await until(() =>
        store.ping().then(
          () => true,
          () => false,
        ),
      );
      await until(() => store.owner.isHeld());
      await database.close();
    });

    it('that is silent holds nobody longer than its time limits, and is used again when it speaks', async () => {
      await using line = await openLine(await postgres.createDatabase());
      await using store = await openLedgerStore({ url: line.url, connectTimeoutMs: 5_000, statementTimeoutMs: 2_000 });
      await store.ping();
      line.silence();
      await expect(store.ping()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      await until(() => !store.owner.isHeld());
      line.speak();
      await store.ping();
      await until(() => store.owner.isHeld());
    });

    it('gives up a statement that takes too long, and its connection can be used again', async () => {
      const url = await postgres.createDatabase();
      const database = await openDatabase({ url, statementTimeoutMs: 1_000, poolSize: 1 });
      await expect(sql`select pg_sleep(5)`.execute(database.db)).rejects.toMatchObject({
        code: 'STORE_UNAVAILABLE',
        message: "The ledger's database took too long to answer.",
      });
      expect((await sql`select 1 as one`.execute(database.db)).rows).toEqual([{ one: 1 }]);
      await database.close();
    });
  });

  it('has many gateways, to which a write that failed may be committed all the same', async () => {
    await using store = await openLedgerStore({ url: await postgres.createDatabase() });
    expect(store).toMatchObject({ isShared: true, hasCertainCommits: false });
  });

  it('filters a large ledger by an index in the order of the list, whatever the filter', async () => {
    const database = await openDatabase({ url: await postgres.createDatabase() });
    await sql`insert into placements (id, caller, idempotency_key, fingerprint, reference, panel, panel_host,
        panel_dialect, service_number, details, state, order_status, is_retryable, owner, attempt, created_at)
      select 'id' || n, 'caller' || (n % 3), 'k' || n, 'f', case when n % 10 = 0 then 'ref' || (n % 1000) end,
        'panel' || (n % 7), 'h', 'd', '1', '{}', case when n % 100 = 0 then 'UNKNOWN' when n % 9999 = 0 then 'PENDING' else 'PLACED' end,
        case when n % 100 = 0 or n % 9999 = 0 then '' else 'COMPLETED' end, 0, 'o', 1, n
      from generate_series(1, 30000) as numbers (n)`.execute(database.db);
    await sql`analyze placements`.execute(database.db);
    const filters = [
      {},
      { callers: ['caller1'] },
      { states: ['UNKNOWN'] },
      { states: ['PENDING'] },
      { callers: ['caller1'], panels: ['panel3'], states: ['PENDING'] },
      { panels: ['panel1', 'panel2'] },
      { callers: ['caller1'], panels: ['panel3'], states: ['UNKNOWN', 'REJECTED'] },
      { callers: ['caller1'], statuses: ['FAILED'] },
      { reference: 'ref10' },
    ] as const;
    for (const filter of filters) {
      const query = placementListQuery(filter, { limit: 50, after: { createdAt: 20_000, seq: 20_000 } })!;
      const { rows } = await sql<Record<string, string>>`explain ${query}`.execute(database.db);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).not.toContain('Seq Scan on placements');
      expect(plan).toMatch(/Index.* Scan.* using placements_/);
    }
    await database.close();
  });

  it('does not say the password when it cannot connect', async () => {
    const url = await postgres.createDatabase();
    const wrong = url.replace(POSTGRES_PASSWORD, 'wrong-secret');
    const failure = await openLedgerStore({ url: wrong }).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: "The ledger's database refuses the configured user.",
    });
    const unreadable = await openLedgerStore({ url: 'postgres://u:secret@[bad/x' }).catch((error: unknown) => error);
    expect(unreadable).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(JSON.stringify([String(failure), String(unreadable)])).not.toContain('secret');
  });

  it('reads for an operator beside the gateways, and writes nothing', async () => {
    const url = await postgres.createDatabase();
    await expect(openLedgerStore({ url, mode: 'reader' })).rejects.toThrow('There is no ledger here yet');
    await using gateway = await openLedgerStore({ url });
    await place(gateway, '1');
    await using reader = await openLedgerStore({ url, mode: 'reader' });
    expect(await reader.placements.countPlacements({})).toBe(1);
    await expect(reader.placements.insertPending(newPlacement())).rejects.toThrow('for reading only');
  });
});
