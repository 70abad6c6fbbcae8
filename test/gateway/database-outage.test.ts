/** The ledger goes away in the middle of orders, and comes back. PANELGRAPH_OUTAGE_MS says for how long it is away. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, type TestContext } from 'vitest';
import { LOCAL_CALLER } from '../../src/access/caller.ts';
import { pause } from '../../src/domain/time/pause.ts';
import type { PlacementRecord } from '../../src/storage/ledger/ledger-store.ts';
import { openLedgerStore } from '../../src/storage/open-ledger-store.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { createLedgerFile } from '../support/ledger-file.ts';
import { type AddOrderAnswer, addOrder } from '../support/orders.ts';
import { type TestPostgres, tryStartPostgres } from '../support/postgres.ts';
import { healthyPanel, type ScriptedPanel, startScriptedPanel } from '../support/scripted-panel.ts';

const OUTAGE_MS = Number(process.env['PANELGRAPH_OUTAGE_MS'] ?? 3_000);
/** What the gateway needs to come back by itself. */
const SOON = { timeout: 15_000, interval: 50 };

/** One for each test, since each stops its own. */
async function startOwnPostgres(context: TestContext): Promise<TestPostgres> {
  const postgres = await tryStartPostgres();
  if (typeof postgres === 'string') return context.skip(postgres);
  return postgres;
}

const buyUnder = (gateway: TestGateway, key: string): Promise<AddOrderAnswer> =>
  addOrder(gateway, { link: linkOf(key), idempotencyKey: key });
const linkOf = (key: string): string => `https://example.com/${key}`;
const addsOf = (panel: ScriptedPanel, key: string): number =>
  panel.callsOf('add').filter(({ link }) => link === linkOf(key)).length;
const readiness = async (gateway: TestGateway): Promise<number> =>
  (await fetch(new URL('/health/ready', gateway.url))).status;

async function findPlacements(url: string, keys: readonly string[]): Promise<(PlacementRecord | null)[]> {
  await using store = await openLedgerStore({ url, mode: 'reader' });
  return await Promise.all(keys.map((key) => store.placements.findByKey(LOCAL_CALLER.name, key)));
}

describe.concurrent('PostgreSQL stops', () => {
  it('in the middle of orders: clear errors, nothing sent unrecorded, and all goes on when it is back', {
    timeout: OUTAGE_MS + 60_000,
  }, async (context) => {
    const { expect } = context;
    await using postgres = await startOwnPostgres(context);
    const url = await postgres.createLedger();
    let next = 1;
    let underWay = 0;
    let stopping: Promise<void> | undefined;
    await using panel = await startScriptedPanel(
      healthyPanel({
        add: async () => {
          underWay += 1;
          await pause(100);
          // What is under way when the ledger goes is answered when it has gone.
          await stopping;
          underWay -= 1;
          return { order: next++ };
        },
      }),
    );
    // Several at a time, so that some are under way when it stops.
    await using gateway = await startGateway({ acme: { url: panel.url, addConcurrency: 4 } }, { store: url });
    const answers = new Map<string, Promise<AddOrderAnswer>>();
    const buySteadily = async (ms: number): Promise<void> => {
      for (const until = Date.now() + ms; Date.now() < until; await pause(40)) {
        const key = `outage-${answers.size}`;
        answers.set(key, buyUnder(gateway, key));
      }
    };
    const buying = buySteadily(OUTAGE_MS + 2_000);
    await expect.poll(() => next > 10 && underWay > 0, { ...SOON, interval: 1 }).toBe(true);
    stopping = postgres.stop();
    await stopping;
    const stoppedAt = Date.now();
    expect(await readiness(gateway)).toBe(503);
    const refused = await buyUnder(gateway, 'while it is away');
    expect(refused).toMatchObject({ __typename: 'PanelUnavailable', code: 'STORE_UNAVAILABLE' });
    expect(Date.now() - stoppedAt).toBeLessThan(2_000);
    await pause(OUTAGE_MS - (Date.now() - stoppedAt));
    await postgres.start();
    await buying;
    await expect.poll(() => readiness(gateway), SOON).toBe(200);

    const told = new Map(await Promise.all(Array.from(answers, async ([key, answer]) => [key, await answer] as const)));
    const keys = [...told.keys()];
    const by = (type: string): string[] => keys.filter((key) => told.get(key)?.__typename === type);
    expect([...new Set([...told.values()].map(({ __typename, code = '' }) => `${__typename} ${code}`))].sort()).toEqual(
      ['AddOrderSuccess ', 'OutcomeUnknown STORE_UNAVAILABLE', 'PanelUnavailable STORE_UNAVAILABLE'],
    );
    // What the panel has sold is stored, each with its number, also what was answered while the ledger was away.
    const bought = keys.filter((key) => addsOf(panel, key) > 0);
    await expect
      .poll(async () => (await findPlacements(url, bought)).map((placement) => placement?.state), SOON)
      .toEqual(bought.map(() => 'PLACED'));
    for (const key of [...by('AddOrderSuccess'), ...by('OutcomeUnknown')]) expect(addsOf(panel, key)).toBe(1);
    for (const key of by('PanelUnavailable')) expect(addsOf(panel, key)).toBe(0);
    for (const placement of await findPlacements(url, bought)) {
      expect(placement).toMatchObject({ sentAt: expect.any(Number), orderNumber: expect.any(String), attempt: 1 });
    }
    // Nobody has to do anything: each key may be repeated, and buys where it has not bought yet.
    const again = await Promise.all(keys.map((key) => buyUnder(gateway, key)));
    expect(again.filter(({ __typename }) => __typename !== 'AddOrderSuccess')).toEqual([]);
    expect(again.map(({ replayed }) => replayed)).toEqual(keys.map((key) => bought.includes(key)));
    expect(keys.filter((key) => addsOf(panel, key) !== 1)).toEqual([]);
  });

  it('between an `add` and its outcome: the outcome is unknown to the client, logged, and stored when it is back', {
    timeout: 60_000,
  }, async (context) => {
    const { expect } = context;
    await using postgres = await startOwnPostgres(context);
    const url = await postgres.createLedger();
    await using panel = await startScriptedPanel(
      healthyPanel({
        add: async () => {
          await postgres.stop();
          return { order: 777 };
        },
      }),
    );
    await using gateway = await startGateway({ acme: panel.url }, { store: url });
    const answer = await buyUnder(gateway, 'between');
    expect(answer).toMatchObject({ __typename: 'OutcomeUnknown', code: 'STORE_UNAVAILABLE' });
    expect(await readiness(gateway)).toBe(503);
    // The order number is not left to the memory of one process alone.
    const line = gateway.logs.find((text) => text.includes('outcome waits to be written'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ panel: 'acme', state: 'PLACED', orderNumber: '777' });
    const repeated = await buyUnder(gateway, 'between');
    expect(repeated).toMatchObject({ __typename: 'PanelUnavailable', code: 'STORE_UNAVAILABLE' });
    await postgres.start();
    await expect.poll(() => readiness(gateway), SOON).toBe(200);
    await expect
      .poll(async () => (await findPlacements(url, ['between']))[0], SOON)
      .toMatchObject({ state: 'PLACED', orderNumber: '777', settledBy: 'panel' });
    expect(await buyUnder(gateway, 'between')).toMatchObject({ number: '777', replayed: true });
    expect(panel.callsOf('add')).toHaveLength(1);
  });

  it('and stays away until the gateway ends: the next one calls what was sent UNKNOWN', {
    timeout: 60_000,
  }, async (context) => {
    const { expect } = context;
    await using postgres = await startOwnPostgres(context);
    const url = await postgres.createLedger();
    await using panel = await startScriptedPanel(
      healthyPanel({
        add: async () => {
          await postgres.stop();
          return { order: 778 };
        },
      }),
    );
    {
      await using gateway = await startGateway({ acme: panel.url }, { store: url });
      expect(await buyUnder(gateway, 'to the end')).toMatchObject({ __typename: 'OutcomeUnknown' });
    }
    await postgres.start();
    await using gateway = await startGateway({ acme: panel.url }, { store: url });
    await expect.poll(async () => (await findPlacements(url, ['to the end']))[0]?.state, SOON).toBe('UNKNOWN');
    expect(await buyUnder(gateway, 'to the end')).toMatchObject({ __typename: 'OutcomeUnknown' });
    expect(panel.callsOf('add')).toHaveLength(1);
  });
});

describe('the SQLite file is held by another process', () => {
  it('sends nothing, says so, and goes on when it is free', async () => {
    using ledger = createLedgerFile();
    await using panel = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway({ acme: panel.url }, { store: ledger.url });
    await gateway.ask('{ services { totalCount } }');
    const shell = new DatabaseSync(ledger.path);
    shell.exec('begin immediate');
    const refused = await buyUnder(gateway, 'held');
    expect(refused).toMatchObject({
      __typename: 'PanelUnavailable',
      code: 'STORE_UNAVAILABLE',
      message: "The ledger's file is locked by another process.",
    });
    expect(panel.callsOf('add')).toEqual([]);
    shell.exec('rollback');
    shell.close();
    expect(await buyUnder(gateway, 'held')).toMatchObject({ __typename: 'AddOrderSuccess', replayed: false });
    expect(panel.callsOf('add')).toHaveLength(1);
  });

  it('between an `add` and its outcome: stored when it is free', async () => {
    using ledger = createLedgerFile();
    const shell = { database: null as DatabaseSync | null };
    await using panel = await startScriptedPanel(
      healthyPanel({
        add: () => {
          shell.database = new DatabaseSync(ledger.path);
          shell.database.exec('begin immediate');
          return { order: 779 };
        },
      }),
    );
    await using gateway = await startGateway({ acme: panel.url }, { store: ledger.url });
    expect(await buyUnder(gateway, 'held')).toMatchObject({ __typename: 'OutcomeUnknown', code: 'STORE_UNAVAILABLE' });
    shell.database?.exec('rollback');
    shell.database?.close();
    // The key waits for the outcome that is being written.
    expect(await buyUnder(gateway, 'held')).toMatchObject({ number: '779', replayed: true });
    expect(panel.callsOf('add')).toHaveLength(1);
  });
});

describe('the disk is full', () => {
  it('sends nothing, says so, and goes on when there is room', async (context) => {
    using disk = mountSmallDisk();
    if (disk.reason !== null) return context.skip(disk.reason);
    await using panel = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway({ acme: panel.url }, { store: `sqlite:${join(disk.path, 'ledger.db')}` });
    expect(await buyUnder(gateway, 'before')).toMatchObject({ __typename: 'AddOrderSuccess' });
    disk.fill();
    const refused = await buyUnder(gateway, 'full');
    expect(refused).toMatchObject({
      __typename: 'PanelUnavailable',
      code: 'STORE_UNAVAILABLE',
      message: "The ledger's disk is full.",
    });
    expect(await buyUnder(gateway, 'before')).toMatchObject({ __typename: 'AddOrderSuccess', replayed: true });
    expect(panel.callsOf('add')).toHaveLength(1);
    disk.free();
    expect(await buyUnder(gateway, 'full')).toMatchObject({ __typename: 'AddOrderSuccess', replayed: false });
    expect(panel.callsOf('add')).toHaveLength(2);
  });

  it('between an `add` and its outcome: stored when there is room', async (context) => {
    using disk = mountSmallDisk();
    if (disk.reason !== null) return context.skip(disk.reason);
    await using panel = await startScriptedPanel(
      healthyPanel({
        add: () => {
          disk.fill();
          return { order: 780 };
        },
      }),
    );
    await using gateway = await startGateway({ acme: panel.url }, { store: `sqlite:${join(disk.path, 'ledger.db')}` });
    expect(await buyUnder(gateway, 'full')).toMatchObject({ __typename: 'OutcomeUnknown', code: 'STORE_UNAVAILABLE' });
    disk.free();
    expect(await buyUnder(gateway, 'full')).toMatchObject({ number: '780', replayed: true });
    expect(panel.callsOf('add')).toHaveLength(1);
  });
});

interface SmallDisk extends Disposable {
  readonly path: string;
  /** Why there is none. */
  readonly reason: string | null;
  /** Leaves no byte. */
  fill(): void;
  free(): void;
}

/** A file system of two megabytes in memory; only root may mount one. */
function mountSmallDisk(): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'panelgraph-disk-'));
  let problem: string | null = null;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', path], { stdio: 'pipe' });
  } catch {
    problem = 'no small disk can be mounted here (it takes root on Linux)';
  }
  const ballast = join(path, 'ballast');
  return {
    path,
    reason: problem,
    fill: () => {
      const { bavail, bsize } = statfsSync(path);
      writeFileSync(ballast, Buffer.alloc(bavail * bsize));
    },
    free: () => rmSync(ballast),
    [Symbol.dispose]: () => {
      if (problem === null) execFileSync('umount', ['--lazy', path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}
