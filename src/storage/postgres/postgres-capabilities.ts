import type { DatabaseCapabilities } from '../database/capabilities.ts';

export const POSTGRES_CAPABILITIES: DatabaseCapabilities = {
  isShared: true,
  hasCertainCommits: false,
  needsRowLocks: true,
  numbersRowsItself: false,
  storesRowsByKey: false,
};
