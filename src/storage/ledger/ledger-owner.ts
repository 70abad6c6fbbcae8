/** The gateway process as the other gateways of its ledger see it: the owner of placements and leases. */
import { randomUUID } from 'node:crypto';

export interface LedgerOwner {
  /** A random id, new at each start. */
  readonly id: string;
  /**
   * Whether the other gateways see this one alive now. Nothing should be sent while they do not: `markSent` refuses a
   * placement that another gateway has taken over, but others may call one of ours UNKNOWN although we work on it.
   */
  isHeld(): boolean;
}

export interface OwnerPresence extends LedgerOwner {
  /** Those of these owners that are alive now. */
  findAlive(owners: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Whether an owner that is not alive now may be alive again in a moment: a restart of the database frees the locks
   * of living owners too.
   */
  readonly needsGrace: boolean;
  close(): Promise<void>;
}

/** The only owner of a ledger: every other one is gone, since a ledger that is not shared has one gateway at a time. */
export function createLocalOwner(): OwnerPresence {
  const id = randomUUID();
  return {
    id,
    isHeld: () => true,
    findAlive: async (owners) => new Set(owners.filter((owner) => owner === id)),
    needsGrace: false,
    close: async () => undefined,
  };
}

/** The owner of a store that is opened for reading; it owns nothing. */
export function createAbsentOwner(): OwnerPresence {
  return { ...createLocalOwner(), isHeld: () => false };
}
