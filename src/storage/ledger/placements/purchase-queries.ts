/** The queries that every purchase waits for. */
import { fixedQuery } from '../../database/fixed-query.ts';
import type { PlacementRow } from '../../database/tables.ts';
import type { encodeSending, NewPlacementRow } from './placement-rows.ts';

export const selectByKey = fixedQuery<{ readonly caller: string; readonly idempotencyKey: string }, PlacementRow>(
  (db, { caller, idempotencyKey }) =>
    db.selectFrom('placements').selectAll().where('caller', '=', caller).where('idempotency_key', '=', idempotencyKey),
);

/** No row where the caller has used the key before. */
export const insertUnlessTaken = fixedQuery<NewPlacementRow, Pick<PlacementRow, 'seq'>>((db, values) =>
  db
    .insertInto('placements')
    .values(values)
    .onConflict((conflict) => conflict.columns(['caller', 'idempotency_key']).doNothing())
    .returning('seq'),
);

type Unsent = ReturnType<typeof encodeSending> & {
  readonly id: string;
  readonly owner: string;
  readonly attempt: number;
};

/** Marks an attempt as sent unless it is marked already; no row where it may not be sent. */
export const markUnsent = fixedQuery<Unsent, Pick<PlacementRow, 'seq'>>((db, { id, owner, attempt, ...columns }) =>
  db
    .updateTable('placements')
    .set(columns)
    .where('id', '=', id)
    .where('state', '=', 'PENDING')
    .where('owner', '=', owner)
    .where('attempt', '=', attempt)
    .where('sent_at', 'is', null)
    .returning('seq'),
);
