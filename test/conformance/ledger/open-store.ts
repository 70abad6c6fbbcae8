import type { LedgerStore } from '../../../src/storage/ledger/ledger-store.ts';

/** Opens a new, empty ledger, which is closed after the test. */
export type OpenStore = () => Promise<LedgerStore>;
