/** Orders over Kysely, on SQLite and PostgreSQL alike. */
import { sql } from 'kysely';
import type { OrderState } from '../../../domain/order.ts';
import type { DatabaseCapabilities } from '../../database/capabilities.ts';
import { inOrderOf, parts, wholeMs } from '../../database/rows.ts';
import type { LedgerDatabase } from '../../database/tables.ts';
import type { Writer } from '../../database/writer.ts';
import type { CheckSchedule, DueClaim, SavedState } from '../due-checks.ts';
import { claimDueRows, findNextCheck, findRows, scheduleNumbers } from '../due-table.ts';
import type { StoreParts } from '../store-parts.ts';
import type { ForeignOrder, OrderRecord } from './order-records.ts';
import { decodeOrder, encodeOrderState } from './order-rows.ts';
import type { OrderStore } from './order-store.ts';
import { ORDER_CHANGE, saveOrderStates } from './save-order-states.ts';

export class SqlOrderStore implements OrderStore {
  readonly #capabilities: DatabaseCapabilities;
  readonly #db: LedgerDatabase;
  readonly #writer: Writer;

  constructor({ capabilities, db, writer }: StoreParts) {
    this.#capabilities = capabilities;
    this.#db = db;
    this.#writer = writer;
  }

  async findOrders(panel: string, numbers: readonly string[]): Promise<(OrderRecord | null)[]> {
    const rows = await findRows(this.#db, 'orders', { panel, numbers });
    return inOrderOf(numbers, rows.map(decodeOrder), ({ number }) => number);
  }

  async insertForeignOrder(order: ForeignOrder): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#writer.run((db) =>
      db
        .insertInto('orders')
        .values({
          panel: order.panel,
          number: order.number,
          caller: order.caller,
          placement_id: null,
          ...encodeOrderState(order.state),
          version: 1,
          change_seq: 0,
          next_check_at: wholeMs(order.nextCheckAt),
          watched_until: null,
          tracked_since: wholeMs(order.at),
        })
        .onConflict((conflict) => conflict.columns(['panel', 'number']).doNothing())
        .executeTakeFirst(),
    );
    return numInsertedOrUpdatedRows === 1n;
  }

  saveStates(panel: string, states: readonly SavedState<OrderState>[]): Promise<OrderRecord[]> {
    if (states.length === 0) return Promise.resolve([]);
    const { needsRowLocks } = this.#capabilities;
    return this.#writer.transact((db) => saveOrderStates(db, { panel, states, needsRowLocks }));
  }

  async claimDue(claim: DueClaim): Promise<OrderRecord[]> {
    const { needsRowLocks } = this.#capabilities;
    const rows = await this.#writer.transact((db) => claimDueRows(db, 'orders', { claim, needsRowLocks }));
    return rows.map(decodeOrder);
  }

  schedule(panel: string, checks: readonly CheckSchedule[]): Promise<void> {
    if (checks.length === 0) return Promise.resolve();
    return this.#writer.transact((db) => scheduleNumbers(db, 'orders', { panel, checks }));
  }

  async watch(
    panel: string,
    numbers: readonly string[],
    { until, checkBy }: { readonly until: number; readonly checkBy: number },
  ): Promise<void> {
    const watched = wholeMs(until);
    const due = wholeMs(checkBy);
    await this.#writer.transact(async (db) => {
      for (const part of parts([...numbers].sort())) {
        await sql`update orders set
            watched_until = case when watched_until > ${watched} then watched_until else ${watched} end,
            next_check_at = case when is_final = 0 and next_check_at > ${due} then ${due} else next_check_at end
          where panel = ${panel} and number in (${sql.join(part)})`.execute(db);
      }
    });
  }

  nextCheckAt(panel: string): Promise<number | null> {
    return findNextCheck(this.#db, 'orders', panel);
  }

  async latestChange(): Promise<number> {
    const row = await this.#db
      .selectFrom('counters')
      .select('value')
      .where('name', '=', ORDER_CHANGE)
      .executeTakeFirstOrThrow();
    return row.value;
  }

  async changesSince(changeSeq: number, limit: number): Promise<OrderRecord[]> {
    const rows = await this.#db
      .selectFrom('orders')
      .selectAll()
      .where('change_seq', '>', changeSeq)
      // A literal, which shows the database that its index of changed orders fits.
      .where(sql<boolean>`change_seq > 0`)
      .orderBy('change_seq')
      .limit(limit)
      .execute();
    return rows.map(decodeOrder);
  }
}
