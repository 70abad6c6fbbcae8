/** Refills over Kysely, on SQLite and PostgreSQL alike. */
import type { Kysely } from 'kysely';
import { isFinalRefill, REFILL_STATUSES, type RefillState } from '../../../domain/order.ts';
import type { DatabaseCapabilities } from '../../database/capabilities.ts';
import { decodeWord, inOrderOf, parts, storable, wholeMs } from '../../database/rows.ts';
import type { LedgerDatabase, LedgerTables, RefillRow } from '../../database/tables.ts';
import type { Writer } from '../../database/writer.ts';
import type { CheckSchedule, DueClaim, SavedState } from '../due-checks.ts';
import { claimDueRows, findNextCheck, findRows, scheduleNumbers } from '../due-table.ts';
import type { StoreParts } from '../store-parts.ts';
import type { NewRefill, RefillRecord, RefillStore } from './refill-store.ts';

export class SqlRefillStore implements RefillStore {
  readonly #capabilities: DatabaseCapabilities;
  readonly #db: LedgerDatabase;
  readonly #writer: Writer;

  constructor({ capabilities, db, writer }: StoreParts) {
    this.#capabilities = capabilities;
    this.#db = db;
    this.#writer = writer;
  }

  async insertRefill(refill: NewRefill): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#writer.run((db) =>
      db
        .insertInto('refills')
        .values({
          panel: refill.panel,
          number: refill.number,
          order_number: refill.orderNumber,
          caller: refill.caller,
          ...encodeState(refill.state),
          next_check_at: wholeMs(refill.nextCheckAt),
          created_at: wholeMs(refill.createdAt),
        })
        .onConflict((conflict) => conflict.columns(['panel', 'number']).doNothing())
        .executeTakeFirst(),
    );
    return numInsertedOrUpdatedRows === 1n;
  }

  async findRefills(panel: string, numbers: readonly string[]): Promise<(RefillRecord | null)[]> {
    const rows = await findRows(this.#db, 'refills', { panel, numbers });
    return inOrderOf(numbers, rows.map(decodeRefill), ({ number }) => number);
  }

  async listByOrders(panel: string, orderNumbers: readonly string[]): Promise<RefillRecord[][]> {
    const found = await Promise.all(
      parts(orderNumbers).map((part) =>
        this.#db
          .selectFrom('refills')
          .selectAll()
          .where('panel', '=', panel)
          .where('order_number', 'in', part)
          .orderBy('created_at', 'desc')
          .orderBy('number', 'desc')
          .execute(),
      ),
    );
    const byOrder = Map.groupBy(found.flat().map(decodeRefill), ({ orderNumber }) => orderNumber);
    return orderNumbers.map((orderNumber) => byOrder.get(orderNumber) ?? []);
  }

  saveStates(panel: string, states: readonly SavedState<RefillState>[]): Promise<RefillRecord[]> {
    if (states.length === 0) return Promise.resolve([]);
    const { needsRowLocks } = this.#capabilities;
    const inOrder = states.toSorted((left, right) => (left.number < right.number ? -1 : 1));
    return this.#writer.transact(async (db) => {
      const changed: RefillRecord[] = [];
      for (const saved of inOrder) {
        const record = await saveOne(db, { panel, saved, needsRowLocks });
        if (record) changed.push(record);
      }
      return changed;
    });
  }

  async claimDue(claim: DueClaim): Promise<RefillRecord[]> {
    const { needsRowLocks } = this.#capabilities;
    const rows = await this.#writer.transact((db) => claimDueRows(db, 'refills', { claim, needsRowLocks }));
    return rows.map(decodeRefill);
  }

  schedule(panel: string, checks: readonly CheckSchedule[]): Promise<void> {
    if (checks.length === 0) return Promise.resolve();
    return this.#writer.transact((db) => scheduleNumbers(db, 'refills', { panel, checks }));
  }

  nextCheckAt(panel: string): Promise<number | null> {
    return findNextCheck(this.#db, 'refills', panel);
  }
}

interface SaveStep extends Pick<DatabaseCapabilities, 'needsRowLocks'> {
  readonly panel: string;
  readonly saved: SavedState<RefillState>;
}

/** Resolves to the record if it changed visibly, else to null. */
async function saveOne(
  db: Kysely<LedgerTables>,
  { panel, saved, needsRowLocks }: SaveStep,
): Promise<RefillRecord | null> {
  const before = await db
    .selectFrom('refills')
    .selectAll()
    .where('panel', '=', panel)
    .where('number', '=', saved.number)
    .$if(needsRowLocks, (query) => query.forUpdate())
    .executeTakeFirst();
  const columns = encodeState(saved.state);
  if (before === undefined || columns.checked_at < before.checked_at) return null;
  const unsaid = columns.is_final === 1 ? null : before.next_check_at;
  const nextCheckAt = saved.nextCheckAt === undefined ? unsaid : wholeMs(saved.nextCheckAt);
  const after = { ...columns, next_check_at: nextCheckAt };
  await db.updateTable('refills').set(after).where('panel', '=', panel).where('number', '=', saved.number).execute();
  const isSame = before.status === after.status && before.status_text === after.status_text;
  return isSame ? null : decodeRefill({ ...before, ...after });
}

function decodeRefill(row: RefillRow): RefillRecord {
  return {
    panel: row.panel,
    number: row.number,
    orderNumber: row.order_number,
    caller: row.caller,
    state: {
      status: decodeWord(REFILL_STATUSES, row.status, 'refills.status'),
      statusText: row.status_text,
      checkedAt: new Date(row.checked_at),
    },
    isFinal: row.is_final === 1,
    nextCheckAt: row.next_check_at,
    createdAt: row.created_at,
  };
}

function encodeState(state: RefillState) {
  return {
    status: state.status,
    status_text: storable(state.statusText),
    checked_at: state.checkedAt.getTime(),
    is_final: isFinalRefill(state.status) ? 1 : 0,
  };
}
