/** Requests for refills and cancellations over Kysely, on SQLite and PostgreSQL alike. */
import type { ProviderCode } from '../../../domain/errors.ts';
import { oneOf, storable, wholeMs } from '../../database/rows.ts';
import type { OrderRequestRow } from '../../database/tables.ts';
import type { OrderRequestStore } from '../ledger-store.ts';
import type { NewOrderRequest, OrderRequestOutcome, OrderRequestRecord } from '../orders/order-records.ts';
import type { StoreParts } from '../store-parts.ts';

/** Each request has six columns to fill. */
const INSERT_SIZE = 1_000;

export function createOrderRequestStore({ db, writer }: StoreParts): OrderRequestStore {
  return {
    insertRequests: async (requests) => {
      if (requests.length === 0) return;
      await writer.transact(async (transaction) => {
        for (let start = 0; start < requests.length; start += INSERT_SIZE) {
          const values = requests.slice(start, start + INSERT_SIZE).map(encodeRequest);
          await transaction
            .insertInto('order_requests')
            .values(values)
            .onConflict((conflict) => conflict.column('id').doNothing())
            .execute();
        }
      });
    },
    answerRequests: async (answers) => {
      if (answers.length === 0) return;
      await writer.transact(async (transaction) => {
        for (const answer of answers) {
          await transaction
            .updateTable('order_requests')
            .set({
              outcome: answer.outcome,
              code: answer.code,
              panel_message: storable(answer.panelMessage),
              refill_number: answer.refillNumber,
              answered_at: wholeMs(answer.answeredAt),
            })
            .where('id', '=', answer.id)
            .where('outcome', 'is', null)
            .execute();
        }
      });
    },
    listRequests: async (panel, orderNumber) => {
      const rows = await db
        .selectFrom('order_requests')
        .selectAll()
        .where('panel', '=', panel)
        .where('order_number', '=', orderNumber)
        .orderBy('requested_at', 'desc')
        .orderBy('id', 'desc')
        .execute();
      return rows.map(decodeRequest);
    },
  };
}

const KINDS = ['refill', 'cancel'] as const;
const OUTCOMES = ['accepted', 'rejected', 'not-sent', 'unknown'] as const;

function encodeRequest(request: NewOrderRequest) {
  return {
    id: request.id,
    kind: request.kind,
    panel: request.panel,
    order_number: request.orderNumber,
    caller: request.caller,
    requested_at: wholeMs(request.requestedAt),
  };
}

function decodeRequest(row: OrderRequestRow): OrderRequestRecord {
  return {
    id: row.id,
    kind: oneOf(KINDS, row.kind, 'order_requests.kind'),
    panel: row.panel,
    orderNumber: row.order_number,
    caller: row.caller,
    requestedAt: row.requested_at,
    answer: decodeAnswer(row),
  };
}

function decodeAnswer(row: OrderRequestRow): OrderRequestOutcome | null {
  if (row.outcome === null || row.answered_at === null) return null;
  return {
    outcome: oneOf(OUTCOMES, row.outcome, 'order_requests.outcome'),
    code: row.code as ProviderCode | null,
    panelMessage: row.panel_message,
    refillNumber: row.refill_number,
    answeredAt: row.answered_at,
  };
}
