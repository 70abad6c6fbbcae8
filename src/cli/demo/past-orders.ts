/** What was ordered before anybody opens the demo: an order at every stage, so that each example has one to show. */
import type { OrderPlan } from '../../demo/orders/course.ts';

export interface PastOrder {
  /** Stands in its idempotency key and its reference. */
  readonly name: string;
  readonly panel: 'plus' | 'cloud' | 'pica';
  /** How long ago, in milliseconds. */
  readonly agoMs: number;
  readonly plan: OrderPlan;
  /** What its service has to allow. */
  readonly needs: { readonly refill?: true; readonly cancel?: true };
  /** What was asked for afterwards. */
  readonly afterwards?: 'cancel' | 'refill';
  /** The panel took it, and its answer was lost. */
  readonly isAnswerLost?: boolean;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const DELIVERED: OrderPlan = { pendingMs: 5 * SECOND, lengthMs: 90 * SECOND, ending: 'Completed' };
/** Longer than anybody looks at a demo. */
const SLOW: OrderPlan = { pendingMs: 20 * SECOND, lengthMs: 8 * HOUR, ending: 'Completed' };

/** How long the refill takes that is under way. */
export const PAST_REFILL_MS = 2 * HOUR;

/** In the order of their placing at each panel. */
export const PAST_ORDERS: readonly PastOrder[] = [
  { name: 'delivered', panel: 'plus', agoMs: 10 * MINUTE, plan: DELIVERED, needs: { refill: true } },
  { name: 'canceled', panel: 'plus', agoMs: 8 * MINUTE, plan: SLOW, needs: { cancel: true }, afterwards: 'cancel' },
  { name: 'under way', panel: 'plus', agoMs: 3 * MINUTE, plan: SLOW, needs: { cancel: true } },
  {
    name: 'being refilled',
    panel: 'cloud',
    agoMs: 9 * MINUTE,
    plan: DELIVERED,
    needs: { refill: true },
    afterwards: 'refill',
  },
  { name: 'refillable', panel: 'cloud', agoMs: 7 * MINUTE, plan: DELIVERED, needs: { refill: true } },
  {
    name: 'waiting',
    panel: 'cloud',
    agoMs: 0,
    plan: { pendingMs: 2 * HOUR, lengthMs: 8 * HOUR, ending: 'Completed' },
    needs: { cancel: true },
  },
  // The first at its panel: nothing else has moved the balance, which shows that it was bought.
  { name: 'unknown', panel: 'pica', agoMs: 6 * MINUTE, plan: SLOW, needs: {}, isAnswerLost: true },
  { name: 'partial', panel: 'pica', agoMs: 5 * MINUTE, plan: { ...DELIVERED, ending: 'Partial' }, needs: {} },
];
