import type { DatabaseCapabilities } from '../database/capabilities.ts';

export const SQLITE_CAPABILITIES: DatabaseCapabilities = {
  isShared: false,
  hasCertainCommits: true,
  needsRowLocks: false,
  numbersRowsItself: true,
  storesRowsByKey: true,
};
