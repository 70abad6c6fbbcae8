/**
 * The panel's words for the state of an order and of a refill. Without case; spaces, `_` and `-` do not count.
 * Source: docs/panel-protocol.md, "Words of statuses".
 */
import type { OrderStatus, RefillStatus } from '../../../../domain/order.ts';

/** A longer word is cut before it is shown or stored. */
export const MOST_WORD_LENGTH = 200;

const ORDER_WORDS: Readonly<Record<Exclude<OrderStatus, 'UNKNOWN'>, readonly string[]>> = {
  PENDING: ['pending', 'queued', 'awaiting', 'held'],
  PROCESSING: ['processing'],
  IN_PROGRESS: ['inprogress', 'active'],
  COMPLETED: ['completed'],
  PARTIAL: ['partial'],
  CANCELED: ['canceled', 'cancelled'],
  REFUNDED: ['refunded'],
  FAILED: ['fail', 'failed', 'error', 'rejected', 'expired'],
};

const REFILL_WORDS: Readonly<Record<Exclude<RefillStatus, 'UNKNOWN'>, readonly string[]>> = {
  PENDING: ['pending', 'awaiting'],
  IN_PROGRESS: ['inprogress'],
  COMPLETED: ['completed'],
  REJECTED: ['rejected', 'canceled', 'cancelled'],
  FAILED: ['error', 'fail', 'failed'],
};

const ORDER_STATUS = byWord<OrderStatus>(ORDER_WORDS);
const REFILL_STATUS = byWord<RefillStatus>(REFILL_WORDS);

/** UNKNOWN for a word that the protocol does not name: a guess could close an order that is still running. */
export function orderStatusOf(word: string): OrderStatus {
  return ORDER_STATUS.get(keyOf(word)) ?? 'UNKNOWN';
}

export function refillStatusOf(word: string): RefillStatus {
  return REFILL_STATUS.get(keyOf(word)) ?? 'UNKNOWN';
}

function byWord<T extends string>(words: Readonly<Partial<Record<T, readonly string[]>>>): ReadonlyMap<string, T> {
  const rows = Object.entries(words) as [T, readonly string[]][];
  return new Map(rows.flatMap(([status, each]) => each.map((word) => [word, status] as const)));
}

function keyOf(word: string): string {
  return word.toLowerCase().replace(/[\s_-]+/g, '');
}
