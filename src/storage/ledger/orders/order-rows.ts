/** Turns orders from rows into records, and back. */
import { isFinalOrder, ORDER_STATUSES, type OrderState } from '../../../domain/order.ts';
import { decodeWord, storable } from '../../database/rows.ts';
import type { OrderRow } from '../../database/tables.ts';
import type { OrderRecord } from './order-records.ts';

export type OrderStateColumns = Pick<
  OrderRow,
  | 'status'
  | 'status_text'
  | 'charge_amount'
  | 'charge_currency'
  | 'start_count'
  | 'remains'
  | 'child_numbers'
  | 'checked_at'
  | 'is_final'
>;

export function decodeOrder(row: OrderRow): OrderRecord {
  return {
    panel: row.panel,
    number: row.number,
    caller: row.caller,
    placementId: row.placement_id,
    state: {
      status: decodeWord(ORDER_STATUSES, row.status, 'orders.status'),
      statusText: row.status_text,
      charge: row.charge_amount === null ? null : { amount: row.charge_amount, currency: row.charge_currency },
      startCount: row.start_count,
      remains: row.remains,
      childNumbers: JSON.parse(row.child_numbers),
      checkedAt: new Date(row.checked_at),
    },
    version: row.version,
    changeSeq: row.change_seq,
    isFinal: row.is_final === 1,
    nextCheckAt: row.next_check_at,
    watchedUntil: row.watched_until,
    trackedSince: row.tracked_since,
  };
}

export function encodeOrderState(state: OrderState): OrderStateColumns {
  return {
    status: state.status,
    status_text: storable(state.statusText),
    charge_amount: state.charge?.amount ?? null,
    charge_currency: state.charge?.currency ?? null,
    start_count: state.startCount,
    remains: state.remains,
    child_numbers: JSON.stringify(state.childNumbers),
    checked_at: state.checkedAt.getTime(),
    is_final: isFinalOrder(state.status) ? 1 : 0,
  };
}

const VISIBLE = ['status', 'status_text', 'charge_amount', 'charge_currency', 'start_count', 'remains'] as const;

/** Whether the difference is one that subscribers are told of. */
export function differsVisibly(before: OrderRow, after: OrderStateColumns): boolean {
  return VISIBLE.some((column) => before[column] !== after[column]);
}
