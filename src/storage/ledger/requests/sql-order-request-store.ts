/** Requests for refills and cancellations over Kysely, on SQLite and PostgreSQL alike. */
import { storable, wholeMs } from '../../database/rows.ts';
import type { StoreParts } from '../store-parts.ts';
import type { NewOrderRequest, OrderRequestStore } from './order-request-store.ts';

/** Each request takes six parameters of the statement. */
const INSERT_SIZE = 1_000;

export function createOrderRequestStore({ writer }: StoreParts): OrderRequestStore {
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
  };
}

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
