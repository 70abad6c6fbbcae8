import type { DemoService } from '../catalogue/generate-services.ts';
import { Refused } from '../refused.ts';
import { BoundedMap } from '../simulation/bounded-map.ts';
import { createChance } from '../simulation/chance.ts';
import { DueQueue } from '../simulation/due-queue.ts';
import type { Stage } from '../simulation/stage.ts';
import type { Account } from './account.ts';
import { drawCourse, type Ending, followPlan, standingAt } from './course.ts';
import {
  type DripOrder,
  isDelivered,
  type Order,
  type ParentEnding,
  type SingleOrder,
  type SubscriptionOrder,
} from './order.ts';
import { createPace, type OrderPace, POSTS_OF_UNLIMITED } from './order-pace.ts';
import { priceOf } from './price.ts';
import type { AddRequest } from './read-add.ts';

/** How an order book is set up. */
export interface OrderBookOptions {
  /** The words of the panel's own chance. */
  seed: string;
  account: Account;
  /** How much faster than at 1 orders move. */
  speed: number;
  /** The id of the first order; the next ones follow without gaps. */
  firstId: number;
  /** How many orders are kept. */
  limit: number;
  /** May decide how an order goes. */
  stage: Stage;
}

/**
 * The orders of a panel. Nothing runs by itself: every reader calls {@link OrderBook.advance} first.
 * Money is conserved: the balance, the charges and the unspent prices of drip-feeds add up to the first balance.
 */
export class OrderBook {
  readonly #options: OrderBookOptions;
  readonly #pace: OrderPace;
  readonly #orders: BoundedMap<number, Order>;
  readonly #openLinks = new Set<string>();
  readonly #due = new DueQueue();
  #count = 0;

  constructor(options: OrderBookOptions) {
    this.#options = options;
    this.#pace = createPace(options.speed);
    this.#orders = new BoundedMap(options.limit);
  }

  /** Brings orders, children and refunds up to `now`, in the order in which they fall due. */
  advance(now: number): void {
    this.#due.run(now);
  }

  find(id: number): Order | undefined {
    return this.#orders.get(id);
  }

  /** All orders that are kept, children too, oldest first. */
  list(): Order[] {
    return this.#orders.values();
  }

  /** Places an order and takes its charge. Throws {@link Refused} for an open one of the same link, or lack of funds. */
  place(service: DemoService, request: AddRequest, now: number): Order {
    if (this.#openLinks.has(linkKey(service, request.link))) {
      throw new Refused('You have active order with this link. Please wait until order being completed.');
    }
    const order = this.#create(service, request, now);
    this.#openLinks.add(linkKey(service, request.link));
    return order;
  }

  /** Cancels an open order with its open children and gives back what has not arrived. False if it has ended. */
  cancel(order: Order, now: number): boolean {
    if (order.end !== null) return false;
    if (order.kind === 'single') {
      this.#endSingle(order, 'Canceled', standingAt(order.course, now).arrived);
      return true;
    }
    if (order.kind === 'drip') this.#options.account.giveBack(order.price * BigInt(order.runs - order.children.length));
    this.#endParent(order, 'Canceled');
    for (const child of order.children) this.cancel(child, now);
    return true;
  }

  #create(service: DemoService, request: AddRequest, now: number): Order {
    const placed = { service, link: request.link, placedAt: now };
    switch (request.kind) {
      case 'single': {
        const price = priceOf(service, request.quantity);
        this.#options.account.spend(price);
        return this.#createSingle({ ...placed, quantity: request.quantity, price, parent: null });
      }
      case 'drip': {
        const price = priceOf(service, request.quantity);
        this.#options.account.spend(price * BigInt(request.runs));
        return this.#createDrip({ ...request, ...placed, id: this.#nextId(), price, children: [], end: null });
      }
      case 'subscription':
        this.#options.account.demand(priceOf(service, request.max));
        return this.#createSubscription({ ...request, ...placed, id: this.#nextId(), children: [], end: null });
      default:
        return request satisfies never;
    }
  }

  #createSingle(
    given: Pick<SingleOrder, 'service' | 'link' | 'placedAt' | 'quantity' | 'price' | 'parent'>,
  ): SingleOrder {
    const chance = createChance(this.#options.seed, 'order', this.#count);
    const startCount = chance.integer(0, 20_000);
    const drawn = drawCourse(chance, {
      now: given.placedAt,
      quantity: given.quantity,
      lengthMs: given.parent === null ? this.#pace.shortestMs : this.#pace.shortestChildMs,
    });
    const plan = given.parent === null ? this.#options.stage.takeOrderPlan() : undefined;
    const order: SingleOrder = {
      ...given,
      kind: 'single',
      id: this.#nextId(),
      startCount,
      course: plan === undefined ? drawn : followPlan(plan, given.placedAt, given.quantity),
      end: null,
      refill: null,
    };
    this.#orders.set(order.id, order);
    this.#due.push(order.course.endsAt, () => {
      if (order.end === null) this.#endSingle(order, order.course.ending, order.course.arrives);
    });
    return order;
  }

  #createDrip(order: DripOrder): DripOrder {
    const { service, link, quantity, price, runs, children } = order;
    this.#orders.set(order.id, order);
    const gap = this.#pace.runGapMs(runs);
    const startRun = (at: number) => {
      if (order.end !== null) return;
      children.push(this.#createSingle({ service, link, placedAt: at, quantity, price, parent: order }));
      if (children.length < runs) this.#due.push(at + gap, startRun);
    };
    this.#due.push(order.placedAt + gap, startRun);
    return order;
  }

  #createSubscription(order: SubscriptionOrder): SubscriptionOrder {
    this.#orders.set(order.id, order);
    const total = order.oldPosts + (order.posts ?? POSTS_OF_UNLIMITED);
    const startPost = (at: number) => {
      if (order.end !== null) return;
      this.#startPost(order, at);
      if (order.children.length < total) this.#due.push(at + this.#pace.postGapMs, startPost);
    };
    this.#due.push(order.placedAt + this.#pace.postGapMs, startPost);
    if (order.expiresAt !== null) {
      this.#due.push(order.expiresAt, () => {
        if (order.end === null) this.#endParent(order, 'Expired');
      });
    }
    return order;
  }

  /** Orders for the next post; a subscription that can no longer be paid ends. */
  #startPost(order: SubscriptionOrder, at: number): void {
    const { service, children } = order;
    const quantity = createChance(this.#options.seed, 'post', this.#count).integer(order.min, order.max);
    const price = priceOf(service, quantity);
    if (price > this.#options.account.balance) {
      this.#endParent(order, 'Canceled');
      return;
    }
    this.#options.account.spend(price);
    const link = `https://social.example/${encodeURIComponent(order.link)}/p/${children.length + 1}`;
    children.push(this.#createSingle({ service, link, placedAt: at, quantity, price, parent: order }));
  }

  /** Gives back the price of what has not arrived, rounded down: the sums stay exact. */
  #endSingle(order: SingleOrder, status: Ending, arrived: number): void {
    const rest = (order.price * BigInt(order.quantity - arrived)) / BigInt(order.quantity);
    order.end = { status, arrived, charge: order.price - rest };
    this.#options.account.giveBack(rest);
    const { parent } = order;
    if (parent === null) this.#openLinks.delete(linkKey(order.service, order.link));
    else if (parent.end === null && isDelivered(parent)) this.#endParent(parent, 'Completed');
  }

  #endParent(order: DripOrder | SubscriptionOrder, end: ParentEnding): void {
    order.end = end;
    this.#openLinks.delete(linkKey(order.service, order.link));
  }

  #nextId(): number {
    return this.#options.firstId + this.#count++;
  }
}

function linkKey(service: DemoService, link: string): string {
  return `${service.id} ${link}`;
}
