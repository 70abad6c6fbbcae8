/** The states of orders and refills, as panels report them. */
import type { Decimal } from './money.ts';

export const ORDER_STATUSES = [
  'PENDING',
  'PROCESSING',
  'IN_PROGRESS',
  'COMPLETED',
  'PARTIAL',
  'CANCELED',
  'REFUNDED',
  'FAILED',
  'UNKNOWN',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export const REFILL_STATUSES = ['PENDING', 'IN_PROGRESS', 'COMPLETED', 'REJECTED', 'FAILED', 'UNKNOWN'] as const;
export type RefillStatus = (typeof REFILL_STATUSES)[number];

/** An amount as a panel reports it. The currency is null where the panel does not name one. */
export interface PanelAmount {
  readonly amount: Decimal;
  readonly currency: string | null;
}

export interface OrderState {
  readonly status: OrderStatus;
  /** The panel's own word, trimmed. */
  readonly statusText: string;
  readonly charge: PanelAmount | null;
  readonly startCount: number | null;
  /** May be negative; null where the panel does not say. */
  readonly remains: number | null;
  /** Numbers of the orders that a drip-feed or a subscription has made so far. */
  readonly childNumbers: readonly string[];
  readonly checkedAt: Date;
}

export interface RefillState {
  readonly status: RefillStatus;
  readonly statusText: string;
  readonly checkedAt: Date;
}

const FINAL_ORDER: ReadonlySet<OrderStatus> = new Set(['COMPLETED', 'PARTIAL', 'CANCELED', 'REFUNDED', 'FAILED']);
const FINAL_REFILL: ReadonlySet<RefillStatus> = new Set(['COMPLETED', 'REJECTED', 'FAILED']);

/** Whether the panel has finished with the order. */
export function isFinalOrder(status: OrderStatus): boolean {
  return FINAL_ORDER.has(status);
}

/** Whether the panel has finished with the refill. */
export function isFinalRefill(status: RefillStatus): boolean {
  return FINAL_REFILL.has(status);
}
