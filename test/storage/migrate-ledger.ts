/** Opens the ledger at argv[2] and closes it again: one of several gateways that start together. */
import { openLedgerStore } from '../../src/storage/open-ledger-store.ts';

const store = await openLedgerStore({ url: process.argv[2] ?? '' });
await store.close();
