/**
 * A gateway's store in a process of its own, for tests to kill: opens the ledger at argv[2], records two placements,
 * marks the second as sent, says `ready` and waits.
 */
import { openLedgerStore } from '../../src/storage/open-ledger-store.ts';

const [, , url = '', panel = 'acme'] = process.argv;
const store = await openLedgerStore({ url });
const record = (id: string) =>
  store.placements.insertPending({
    id,
    caller: 'child',
    idempotencyKey: id,
    fingerprint: 'f',
    reference: null,
    panel,
    panelHost: 'acme.example',
    panelDialect: 'standard',
    serviceNumber: '1',
    details: {},
    estimatedCharge: null,
    maxCharge: null,
    createdAt: 1,
  });
const waiting = await record(crypto.randomUUID());
const sent = await record(crypto.randomUUID());
await store.placements.markSent(sent.placement.id, { attempt: 1 }, { at: 2 });
console.log(JSON.stringify({ waiting: waiting.placement.id, sent: sent.placement.id }));
setInterval(() => undefined, 60_000);
