import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { BalanceEvidence } from '../../src/domain/balance-evidence.ts';
import type { LedgerStore, NewPlacement } from '../../src/storage/ledger/ledger-store.ts';
import { openLedgerStore } from '../../src/storage/open-ledger-store.ts';
import { createDirectory } from '../config/config-file.ts';
import { NO_ANSWER, newPlacement, PANEL_SAID_NO, place } from '../conformance/ledger/ledger-samples.ts';
import { type TestPostgres, tryStartPostgres } from '../support/postgres.ts';
import { type Ended, runPanelgraph } from './run-panelgraph.ts';

const KEY = 'hunter2hunter2';
const CREATED_AT = Date.UTC(2026, 2, 1, 12);

const postgres = await tryStartPostgres();
const reason = typeof postgres === 'string' ? postgres : null;
afterAll(async () => {
  if (reason === null) await (postgres as TestPostgres).close();
});

describe('panelgraph placements', () => {
  it('shows an unknown one with all that a person needs, and how to settle it, beside a running gateway', async () => {
    await using ledger = await createLedger();
    const placement = await recordUnknown(ledger.store, {
      reference: 'invoice 7',
      idempotencyKey: 'order-7',
      serviceNumber: '1448',
      details: { default: { link: 'https://example.com/x', quantity: 100, runs: 3, interval: null } },
      estimatedCharge: { amount: '0.27', currency: 'USD' },
      panelHost: 'acme.example',
    });
    await place(ledger.store, '23501');
    const { code, stdout, stderr } = await ledger.run(['--state', 'unknown']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [card, ...rest] = stdout.split('\n\n');
    expect(card?.split('\n')).toEqual([
      `placement   Placement:${placement.id}`,
      'state       UNKNOWN',
      'created     2026-03-01T12:00:00.000Z',
      'sent        2026-03-01T12:00:01.000Z',
      'panel       acme (acme.example)',
      'service     1448',
      'link        https://example.com/x',
      'quantity    100',
      'details     runs 3',
      'charge      0.27 USD, estimated',
      'balance     fell by what it would have cost; 100.84 USD at 2026-03-01T12:00:00.000Z before; 100.57 USD at 2026-03-01T12:00:02.000Z after',
      'error       PANEL_TIMEOUT: The panel did not answer.',
      'panel said  Gateway time-out',
      'reference   invoice 7',
      'key         order-7',
    ]);
    const below = rest.join('\n\n');
    expect(below).toContain(
      `resolvePlacement(input: { id: "Placement:${placement.id}", outcome: { orderNumber: "<number at acme>" } })`,
    );
    expect(below).toContain('outcome: { notPlaced: true }');
    expect(below).not.toContain('23501');
    expect(stdout).not.toContain(KEY);
  });

  it('lists only the states and the panel that were asked for, newest first', async () => {
    await using ledger = await createLedger();
    const { store } = ledger;
    const older = await recordUnknown(store, { createdAt: CREATED_AT - 1000 });
    const newer = await recordUnknown(store, {});
    const elsewhere = await recordUnknown(store, { panel: 'gone' });
    const rejected = await recordRejected(store);
    const idsOf = async (...args: string[]): Promise<string[]> =>
      JSON.parse((await ledger.run([...args, '--json'])).stdout).map(({ id }: { id: string }) => id.slice(10));
    expect(await idsOf('--state', 'unknown', '--panel', 'acme')).toEqual([newer.id, older.id]);
    expect(await idsOf('--panel', 'gone')).toEqual([elsewhere.id]);
    expect(await idsOf('--state', 'rejected')).toEqual([rejected.id]);
    expect((await idsOf()).toSorted()).toEqual([older.id, newer.id, elsewhere.id, rejected.id].toSorted());
    const { stdout } = await ledger.run(['--state', 'unknown', '--limit', '1']);
    expect(stdout).toContain('There are more: see --limit.');
  });

  it('prints the same as JSON', async () => {
    await using ledger = await createLedger();
    const placement = await recordUnknown(ledger.store, { reference: 'invoice 7', idempotencyKey: 'order-7' });
    const { stdout } = await ledger.run(['--state', 'unknown', '--json']);
    expect(JSON.parse(stdout)).toEqual([
      {
        id: `Placement:${placement.id}`,
        state: 'UNKNOWN',
        createdAt: '2026-03-01T12:00:00.000Z',
        sentAt: '2026-03-01T12:00:01.000Z',
        settledAt: null,
        settledBy: null,
        panel: 'acme',
        panelHost: 'acme.example',
        serviceId: `Service:acme:${placement.serviceNumber}`,
        details: placement.details,
        estimatedCharge: placement.estimatedCharge,
        balanceEvidence: {
          finding: 'FELL_BY_CHARGE',
          reason: null,
          before: { amount: '100.84', currency: 'USD', at: '2026-03-01T12:00:00.000Z' },
          ordersBetween: 0,
          chargedBetween: '0',
          after: { amount: '100.57', currency: 'USD', at: '2026-03-01T12:00:02.000Z' },
        },
        error: { ...NO_ANSWER, panelMessage: 'Gateway time-out' },
        orderId: null,
        orderStatus: null,
        reference: 'invoice 7',
        idempotencyKey: 'order-7',
        caller: 'shop',
        attempt: 1,
      },
    ]);
    expect((await ledger.run(['--state', 'pending', '--json'])).stdout).toBe('[]\n');
  });

  it('lets no text of a panel or a caller write to the terminal', async () => {
    await using ledger = await createLedger();
    const details = {
      other: [
        { name: 'link', value: '\u001b[2Jx' },
        { name: 'colour', value: 'red\nstate  PLACED' },
      ],
    };
    await recordUnknown(ledger.store, { details, reference: '\u001b[31mred\u202e' });
    const { stdout } = await ledger.run([]);
    for (const character of ['\u001b', '\u202e']) expect(stdout).not.toContain(character);
    expect(stdout).toMatch(/^link {8}\?\[2Jx$/m);
    expect(stdout).toMatch(/^details {5}colour red state PLACED$/m);
  });

  it('says that there are none, and where there is no ledger', async () => {
    await using ledger = await createLedger();
    expect(await ledger.run(['--state', 'unknown', '--panel', 'acme'])).toEqual({
      code: 0,
      stdout: 'There are no unknown placements of the panel acme.\n',
      stderr: '',
    });
    const missing = path.join(ledger.directory, 'missing.db');
    expect(await ledger.run(['--store', `sqlite:${missing}`])).toEqual({
      code: 1,
      stdout: '',
      stderr: `There is no ledger at ${missing}. The gateway makes it when it starts.\n`,
    });
  });

  it('needs no configuration where the store is named', async () => {
    await using ledger = await createLedger();
    const placement = await recordUnknown(ledger.store, {});
    await using empty = await createDirectory();
    const store = `sqlite:${path.join(ledger.directory, 'ledger.db')}`;
    for (const [args, env] of [
      [['--store', store], {}],
      [['-s', store], {}],
      [[], { PANELGRAPH_STORE: store }],
    ] as const) {
      const { code, stdout, stderr } = await runPanelgraph(['placements', ...args], { cwd: empty.path, env });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain(`Placement:${placement.id}`);
    }
    const { code, stderr } = await runPanelgraph(['placements', '-s', 'hunter2'], { cwd: empty.path });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: '--store: must be sqlite:PATH or a postgres:// URL (such as sqlite:./panelgraph.db)\n',
    });
  });

  it('refuses another state and a limit that is none', async () => {
    const { code, stderr } = await runPanelgraph(['placements', '--state', 'lost']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('Allowed choices are pending') });
    const limited = await runPanelgraph(['placements', '--limit', '0']);
    expect(limited.stderr).toContain('It must be a whole number, 1 to 5000.');
  });

  it('reads a ledger in PostgreSQL', async (context) => {
    if (reason !== null) return context.skip(reason);
    await using ledger = await createLedger(await (postgres as TestPostgres).createDatabase());
    const placement = await recordUnknown(ledger.store, {});
    const { code, stdout } = await ledger.run(['--state', 'unknown']);
    expect(code).toBe(0);
    expect(stdout).toContain(`Placement:${placement.id}`);
  });
});

interface TestLedger extends AsyncDisposable {
  /** As a gateway holds it. */
  readonly store: LedgerStore;
  readonly directory: string;
  run(args: readonly string[]): Promise<Ended>;
}

async function createLedger(url?: string): Promise<TestLedger> {
  await using stack = new AsyncDisposableStack();
  const { path: directory } = stack.use(await createDirectory());
  const file = path.join(directory, 'panelgraph.json');
  const store = url ?? `sqlite:${path.join(directory, 'ledger.db')}`;
  const panels = [{ id: 'acme', url: 'https://acme.example/api/v2', key: KEY }];
  await writeFile(file, JSON.stringify({ panels, store }));
  const opened = stack.use(await openLedgerStore({ url: store }));
  const owned = stack.move();
  return {
    store: opened,
    directory,
    run: (args) => runPanelgraph(['placements', '--config', file, ...args]),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

const EVIDENCE: BalanceEvidence = {
  before: { reading: { amount: '100.84', currency: 'USD', at: CREATED_AT }, ordersBetween: 0, chargedBetween: '0' },
  after: { amount: '100.57', currency: 'USD', at: CREATED_AT + 2000 },
  finding: 'FELL_BY_CHARGE',
  reason: null,
};

async function recordUnknown(store: LedgerStore, changes: Partial<NewPlacement>): Promise<NewPlacement> {
  const { placement } = await store.placements.insertPending(newPlacement({ createdAt: CREATED_AT, ...changes }));
  const { id } = placement;
  await store.placements.markSent(id, { attempt: 1 }, { at: CREATED_AT + 1000 });
  const error = { ...NO_ANSWER, panelMessage: 'Gateway time-out' };
  await store.placements.settle(id, { state: 'UNKNOWN', error, at: CREATED_AT + 2000 }, { attempt: 1 });
  await store.placements.noteEvidence(id, EVIDENCE);
  return placement;
}

async function recordRejected(store: LedgerStore): Promise<NewPlacement> {
  const { placement } = await store.placements.insertPending(newPlacement());
  const settlement = { state: 'REJECTED', isRetryable: false, error: PANEL_SAID_NO, at: CREATED_AT } as const;
  await store.placements.settle(placement.id, settlement, { attempt: 1 });
  return placement;
}
