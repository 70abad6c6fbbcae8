/** Finds placements that no gateway works on any more, and settles them by what the ledger knows of them. */
import { type Kysely, sql } from 'kysely';
import { wholeMs } from '../../database/rows.ts';
import type { LedgerDatabase, LedgerTables, PlacementRow } from '../../database/tables.ts';
import type { Writer } from '../../database/writer.ts';
import type { OwnerPresence } from '../ledger-owner.ts';
import type { PlacementError, PlacementRecord, RecoveredPlacements, RecoveryRequest } from './placement-records.ts';
import { decodePlacement, encodeError } from './placement-rows.ts';

const NOT_SENT: PlacementError = {
  code: 'SHUTTING_DOWN',
  message: 'The gateway stopped before the order was sent; nothing was bought.',
  panelMessage: null,
  retryAfterMs: null,
};
const OUTCOME_LOST: PlacementError = {
  code: 'PANEL_ERROR',
  message: "The gateway stopped after the order was sent and before the panel's answer was stored.",
  panelMessage: null,
  retryAfterMs: null,
};
const GRACE_MS = 2_000;

type Candidate = Pick<PlacementRow, 'seq' | 'id' | 'owner' | 'attempt' | 'sent_at'>;

/** There is one for each store, because it remembers since when the lock of each owner has been missing. */
export class PlacementRecovery {
  readonly #db: LedgerDatabase;
  readonly #writer: Writer;
  readonly #owner: OwnerPresence;
  readonly #missingSince = new Map<string, number>();

  constructor(parts: { readonly db: LedgerDatabase; readonly writer: Writer; readonly owner: OwnerPresence }) {
    this.#db = parts.db;
    this.#writer = parts.writer;
    this.#owner = parts.owner;
  }

  async recover(request: RecoveryRequest): Promise<RecoveredPlacements> {
    const pending = await this.#db
      .selectFrom('placements')
      .select(['seq', 'id', 'owner', 'attempt', 'sent_at'])
      // A literal, which shows the database that its index of pending placements fits.
      .where(sql<boolean>`state = 'PENDING'`)
      .execute();
    const gone = await this.#findGone(pending, request);
    const abandoned = pending.filter(({ id, owner }) =>
      owner === this.#owner.id ? !request.running.has(id) : gone.has(owner),
    );
    if (abandoned.length === 0) return { retryable: [], unknown: [] };
    return this.#writer.transact((db) => settleAbandoned(db, abandoned, request.at));
  }

  async #findGone(pending: readonly Candidate[], { at, graceMs }: RecoveryRequest): Promise<ReadonlySet<string>> {
    const others = new Set(pending.map(({ owner }) => owner).filter((owner) => owner !== this.#owner.id));
    const alive = others.size === 0 ? new Set<string>() : await this.#owner.findAlive([...others]);
    const missing = [...others].filter((owner) => !alive.has(owner));
    for (const owner of this.#missingSince.keys()) {
      if (!missing.includes(owner)) this.#missingSince.delete(owner);
    }
    const waitMs = this.#owner.needsGrace ? (graceMs ?? GRACE_MS) : 0;
    return new Set(missing.filter((owner) => at - this.#sinceOf(owner, at) >= waitMs));
  }

  #sinceOf(owner: string, at: number): number {
    const since = this.#missingSince.get(owner) ?? at;
    this.#missingSince.set(owner, since);
    return since;
  }
}

async function settleAbandoned(
  db: Kysely<LedgerTables>,
  abandoned: readonly Candidate[],
  at: number,
): Promise<RecoveredPlacements> {
  const retryable: PlacementRecord[] = [];
  const unknown: PlacementRecord[] = [];
  for (const candidate of abandoned) {
    const changed = await settleOne(db, candidate, at);
    if (changed) (candidate.sent_at === null ? retryable : unknown).push(decodePlacement(changed));
  }
  return { retryable, unknown };
}

/** Changes nothing unless the placement is still as it was read: by now it may have been sent, settled or taken over. */
async function settleOne(
  db: Kysely<LedgerTables>,
  { seq, owner, attempt, sent_at: sentAt }: Candidate,
  at: number,
): Promise<PlacementRow | undefined> {
  const asSeen = db
    .updateTable('placements')
    .where('seq', '=', seq)
    .where('state', '=', 'PENDING')
    .where('owner', '=', owner)
    .where('attempt', '=', attempt);
  return sentAt === null
    ? asSeen
        .set({ state: 'REJECTED', is_retryable: 1, settled_at: wholeMs(at), ...encodeError(NOT_SENT) })
        .where('sent_at', 'is', null)
        .returningAll()
        .executeTakeFirst()
    : asSeen
        .set({ state: 'UNKNOWN', ...encodeError(OUTCOME_LOST) })
        .where('sent_at', '=', sentAt)
        .returningAll()
        .executeTakeFirst();
}
