/** Turns of adds on PostgreSQL. Taking one locks the row of its account until the transaction ends. */
import { type Kysely, sql } from 'kysely';
import { wholeMs } from '../database/rows.ts';
import type { LedgerTables } from '../database/tables.ts';
import type { AddTurnStore } from '../ledger/add-turn-store.ts';
import type { StoreParts } from '../ledger/store-parts.ts';

export function createAddTurnStore({ db, writer, owner }: StoreParts): AddTurnStore {
  return {
    take: (id, { account, atOnce }) =>
      writer.transact(async (transaction) => {
        // If a crash of the database loses the turn, the worst is that another gateway takes it too.
        await sql`set local synchronous_commit = off`.execute(transaction);
        const turn = await nextTurn(transaction, account);
        if ((await countHeld(transaction, account)) >= atOnce) return null;
        const row = await transaction
          .updateTable('placements')
          .set({ account, turn })
          .where('id', '=', id)
          .where('state', '=', 'PENDING')
          .where('owner', '=', owner.id)
          .returning('seq')
          .executeTakeFirst();
        return row === undefined ? null : turn;
      }),
    placedByOthers: async (account, { after, before }) => {
      const rows = await db
        .selectFrom('placements')
        .select(['state', 'order_number', 'estimated_amount', 'estimated_currency'])
        .where('account', '=', account)
        .where('turn', '>', after)
        .where('turn', '<', before)
        .where('owner', '<>', owner.id)
        .where('sent_at', 'is not', null)
        .where('state', '<>', 'REJECTED')
        .execute();
      if (rows.some(({ state }) => state !== 'PLACED')) return null;
      return rows.map(({ order_number: number, estimated_amount: amount, estimated_currency: currency }) => ({
        number: number ?? '',
        charge: amount === null || currency === null ? null : { amount, currency },
      }));
    },
    isCancelAsked: async ({ panels, since }) => {
      const asked = await db
        .selectFrom('order_requests')
        .select('id')
        .where('panel', 'in', panels)
        .where('kind', '=', 'cancel')
        .where('requested_at', '>=', wholeMs(since))
        .limit(1)
        .executeTakeFirst();
      return asked !== undefined;
    },
  };
}

/** Locks the account's row until the transaction ends: of two gateways that count at once, one waits for the other. */
async function nextTurn(db: Kysely<LedgerTables>, account: string): Promise<number> {
  const { rows } = await sql<{ turn: number }>`
    insert into add_turns (account, turn) values (${account}, 1)
    on conflict (account) do update set turn = add_turns.turn + 1
    returning turn`.execute(db);
  return rows[0]!.turn;
}

/** A placement holds its turn while it is PENDING: until it has an outcome, or is recovered from a dead gateway. */
async function countHeld(db: Kysely<LedgerTables>, account: string): Promise<number> {
  const { held } = await db
    .selectFrom('placements')
    .select((each) => each.fn.countAll<number>().as('held'))
    .where(sql<boolean>`state = 'PENDING'`)
    .where('account', '=', account)
    .where('turn', 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(held);
}
