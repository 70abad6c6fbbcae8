import type { DemoService } from '../catalogue/generate-services.ts';
import { type Course, type Ending, standingAt } from './course.ts';

interface Placed {
  id: number;
  service: DemoService;
  /** The link, or the username of a subscription. */
  link: string;
  placedAt: number;
}

/** An order that delivers something itself. */
export interface SingleOrder extends Placed {
  kind: 'single';
  /** The drip-feed or subscription it belongs to. */
  parent: DripOrder | SubscriptionOrder | null;
  quantity: number;
  /** The charge of the whole quantity, in units of 10^-8. */
  price: bigint;
  startCount: number;
  course: Course;
  end: { status: Ending; arrived: number; charge: bigint } | null;
  /** The id of its latest refill. */
  refill: number | null;
}

/** The words of a finished drip-feed or subscription. */
export type ParentEnding = 'Completed' | 'Canceled' | 'Expired';

/** A drip-feed: an order a run. All runs are paid at the start. */
export interface DripOrder extends Placed {
  kind: 'drip';
  quantity: number;
  runs: number;
  /** The price of one run. */
  price: bigint;
  children: SingleOrder[];
  end: ParentEnding | null;
}

/** A subscription: an order a post. Each post is paid as it comes. */
export interface SubscriptionOrder extends Placed {
  kind: 'subscription';
  min: number;
  max: number;
  posts: number | null;
  oldPosts: number;
  /** The last day as it was sent, `d/m/Y`; empty for none. */
  expiry: string;
  expiresAt: number | null;
  children: SingleOrder[];
  end: ParentEnding | null;
}

/** Any order. */
export type Order = SingleOrder | DripOrder | SubscriptionOrder;

/** What `status` says of a single order at an instant; `charge` in units of 10^-8. */
export function singleAt(order: SingleOrder, now: number): { status: string; remains: number; charge: bigint } {
  if (order.end !== null) {
    return { status: order.end.status, remains: order.quantity - order.end.arrived, charge: order.end.charge };
  }
  const { status, arrived } = standingAt(order.course, now);
  return { status, remains: order.quantity - arrived, charge: order.price };
}

/** Whether all children have come and ended; never of a subscription without a number of posts. */
export function isDelivered(order: DripOrder | SubscriptionOrder): boolean {
  const total = order.kind === 'drip' ? order.runs : order.posts === null ? Infinity : order.oldPosts + order.posts;
  return order.children.length >= total && order.children.every((child) => child.end !== null);
}

/** The panel's word for the status of any order at an instant. */
export function statusAt(order: Order, now: number): string {
  switch (order.kind) {
    case 'single':
      return singleAt(order, now).status;
    case 'drip':
      return order.end ?? (order.children.length === 0 ? 'Pending' : 'In progress');
    case 'subscription':
      return order.end ?? 'Active';
    default:
      return order satisfies never;
  }
}
