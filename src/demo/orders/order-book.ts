import { BoundedMap } from '../bounded-map.ts';
import type { DemoService } from '../catalogue/generate-services.ts';
import { createChance } from '../chance.ts';
import { DueQueue } from '../due-queue.ts';
import { Refused } from '../refused.ts';
import { isPackageType } from '../service-types.ts';
import { parseUnits, priceOfQuantity } from '../units.ts';
import { drawCourse, type Ending, standingAt } from './course.ts';
import type { DripOrder, Order, SingleOrder, SubscriptionOrder } from './order.ts';
import type { AddRequest } from './read-add.ts';

/** How an order book is set up. */
export interface OrderBookOptions {
  /** The words of the panel's own chance. */
  seed: string;
  /** The balance at the start, in units of 10^-8. */
  balance: bigint;
  /** How much faster than at 1 orders move. */
  speed: number;
  /** The id of the first order; the next ones follow without gaps. */
  firstId: number;
  /** How many orders are kept. */
  limit: number;
}

const SHORTEST_MS = 60_000;
// A child lives half as long, and all runs start within a minute: a drip-feed ends within two minutes as well.
const SHORTEST_CHILD_MS = 30_000;
const RUNS_WITHIN_MS = 60_000;
const LONGEST_GAP_MS = 15_000;
const POST_GAP_MS = 10_000;
// An account whose subscription has no end stops posting, lest a long idle hour fills the book.
const POSTS_OF_UNLIMITED = 12;

/**
 * The orders and the money of a panel. Nothing runs by itself: every reader calls {@link advance} first.
 * Money is conserved: the balance, the charges and the unspent prices of drip-feeds add up to the first balance.
 */
export class OrderBook {
  readonly #options: OrderBookOptions;
  readonly #orders: BoundedMap<number, Order>;
  readonly #open = new Map<string, Order>();
  readonly #due = new DueQueue();
  #balance: bigint;
  #placed = 0;

  constructor(options: OrderBookOptions) {
    this.#options = options;
    this.#orders = new BoundedMap(options.limit);
    this.#balance = options.balance;
  }

  /** The balance in units of 10^-8, as of the latest {@link advance}. */
  get balance(): bigint {
    return this.#balance;
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
    const busy = busyKey(service, request.link);
    if (this.#open.has(busy)) {
      throw new Refused('You have active order with this link. Please wait until order being completed.');
    }
    const order = this.#open_(service, request, now);
    this.#open.set(busy, order);
    return order;
  }

  /** Cancels an open order with its open children and gives back what has not arrived. False if it has ended. */
  cancel(order: Order, now: number): boolean {
    if (order.end !== null) return false;
    if (order.kind === 'single') {
      this.#end(order, 'Canceled', standingAt(order.course, now).arrived);
      return true;
    }
    if (order.kind === 'drip') this.#balance += order.price * BigInt(order.runs - order.children.length);
    this.#close(order, 'Canceled');
    for (const child of order.children) this.cancel(child, now);
    return true;
  }

  #open_(service: DemoService, request: AddRequest, now: number): Order {
    switch (request.kind) {
      case 'single': {
        const price = this.#spend(priceOf(service, request.quantity));
        return this.#createSingle({ service, link: request.link, quantity: request.quantity, price, now, parent: null });
      }
      case 'drip': {
        const price = priceOf(service, request.quantity);
        this.#spend(price * BigInt(request.runs));
        return this.#createDrip({ service, request, price, now });
      }
      case 'subscription':
        if (priceOf(service, request.max) > this.#balance) throw new Refused('Not enough funds on balance');
        return this.#createSubscription({ service, request, now });
      default:
        return request satisfies never;
    }
  }

  #createSingle(given: Pick<SingleOrder, 'service' | 'link' | 'quantity' | 'price' | 'parent'> & { now: number }) {
    const { now, ...rest } = given;
    const id = this.#nextId();
    const chance = createChance(this.#options.seed, 'order', this.#placed);
    const lengthMs = (given.parent === null ? SHORTEST_MS : SHORTEST_CHILD_MS) / this.#options.speed;
    const course = drawCourse(chance, { now, quantity: given.quantity, lengthMs });
    const startCount = chance.integer(0, 20_000);
    const order: SingleOrder = { kind: 'single', id, ...rest, placedAt: now, startCount, course, end: null, refill: null };
    this.#orders.set(id, order);
    this.#due.push(course.endsAt, () => {
      if (order.end === null) this.#end(order, course.ending, course.arrives);
    });
    return order;
  }

  #createDrip(given: { service: DemoService; request: AddRequest & { kind: 'drip' }; price: bigint; now: number }) {
    const { service, request, price, now } = given;
    const { link, quantity, runs } = request;
    const order: DripOrder = {
      ...{ kind: 'drip', id: this.#nextId(), service, link, placedAt: now },
      ...{ quantity, runs, price, children: [], end: null },
    };
    this.#orders.set(order.id, order);
    const gap = Math.min(LONGEST_GAP_MS, RUNS_WITHIN_MS / runs) / this.#options.speed;
    const startRun = (at: number) => {
      if (order.end !== null) return;
      order.children.push(this.#createSingle({ service, link, quantity, price, now: at, parent: order }));
      if (order.children.length < runs) this.#due.push(at + gap, startRun);
    };
    this.#due.push(now + gap, startRun);
    return order;
  }

  #createSubscription(given: { service: DemoService; request: AddRequest & { kind: 'subscription' }; now: number }) {
    const { service, request, now } = given;
    const { link, min, max, posts, oldPosts, expiry, expiresAt } = request;
    const order: SubscriptionOrder = {
      ...{ kind: 'subscription', id: this.#nextId(), service, link, placedAt: now },
      ...{ min, max, posts, oldPosts, expiry, children: [], end: null },
    };
    this.#orders.set(order.id, order);
    const total = oldPosts + (posts ?? POSTS_OF_UNLIMITED);
    const gap = POST_GAP_MS / this.#options.speed;
    const startPost = (at: number) => {
      if (order.end !== null) return;
      this.#addPost(order, at);
      if (order.children.length < total) this.#due.push(at + gap, startPost);
    };
    this.#due.push(now + gap, startPost);
    if (expiresAt !== null) this.#due.push(expiresAt, () => order.end === null && this.#close(order, 'Expired'));
    return order;
  }

  #addPost(order: SubscriptionOrder, now: number): void {
    const { service, min, max, children } = order;
    const quantity = createChance(this.#options.seed, 'post', this.#placed).integer(min, max);
    const price = priceOf(service, quantity);
    if (price > this.#balance) return this.#close(order, 'Canceled');
    this.#spend(price);
    const link = `https://social.example/${encodeURIComponent(order.link)}/p/${children.length + 1}`;
    children.push(this.#createSingle({ service, link, quantity, price, now, parent: order }));
  }

  /** Ends a single order and gives back the price of what has not arrived; a part of the last unit stays charged. */
  #end(order: SingleOrder, status: Ending, arrived: number): void {
    const rest = (order.price * BigInt(order.quantity - arrived)) / BigInt(order.quantity);
    order.end = { status, arrived, charge: order.price - rest };
    this.#balance += rest;
    const { parent } = order;
    if (parent === null) this.#open.delete(busyKey(order.service, order.link));
    else if (parent.end === null && isDone(parent)) this.#close(parent, 'Completed');
  }

  #close(order: DripOrder | SubscriptionOrder, end: 'Completed' | 'Canceled' | 'Expired'): void {
    if (order.kind === 'subscription') order.end = end;
    else order.end = end === 'Expired' ? 'Canceled' : end;
    this.#open.delete(busyKey(order.service, order.link));
  }

  #spend(price: bigint): bigint {
    if (price > this.#balance) throw new Refused('Not enough funds on balance');
    this.#balance -= price;
    return price;
  }

  #nextId(): number {
    return this.#options.firstId + this.#placed++;
  }
}
