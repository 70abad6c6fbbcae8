/** Reads from a ledger what was asked for about orders, as it is committed. */
import { openDatabase } from '../../src/storage/open-database.ts';

/** The requests about one order, newest first, each with its answer; null where none is recorded. */
export async function readOrderRequests(url: string, panel: string, orderNumber: string) {
  const database = await openDatabase({ url, mode: 'reader' });
  try {
    const rows = await database.db
      .selectFrom('order_requests')
      .selectAll()
      .where('panel', '=', panel)
      .where('order_number', '=', orderNumber)
      .orderBy('requested_at', 'desc')
      .orderBy('id', 'desc')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      panel: row.panel,
      orderNumber: row.order_number,
      caller: row.caller,
      requestedAt: row.requested_at,
      answer:
        row.outcome === null
          ? null
          : {
              outcome: row.outcome,
              code: row.code,
              panelMessage: row.panel_message,
              refillNumber: row.refill_number,
              answeredAt: row.answered_at,
            },
    }));
  } finally {
    await database.close();
  }
}
