/**
 * What the gateway knows of an account's balance: the last reading from a time when no order was being placed, and the
 * orders placed since. This is all that is needed as evidence for the outcome of an order.
 */
import type { BalanceBefore, BalanceReading } from '../../domain/balance-evidence.ts';
import { placesOf } from '../../domain/balance-evidence.ts';
import { addDecimals, type Decimal, type Money, UNKNOWN_CURRENCY } from '../../domain/money.ts';
import type { Clock } from '../../domain/time/clock.ts';

/** An order that was placed after a reading. */
export interface PlacedOrder {
  readonly number: string;
  /** The estimated charge; null where it could not be estimated. */
  readonly charge: Money | null;
}

/** After this time without an order, something else may have moved the balance: a refund, a payment, an order by hand. */
const IDLE_MS = 10_000;
/** In a sequence of orders, one reading serves for this time and for this many orders. */
const SERVES_MS = 60_000;
const SERVES_ORDERS = 20;
/** How long a panel that has not told its balance is not asked again, so that not every order waits for it. */
const RETRY_MS = 60_000;

export class BalanceBook {
  /** A clock that does not go back. */
  readonly #clock: Clock;
  #reading: BalanceReading | null = null;
  #placed: PlacedOrder[] = [];
  #places = 0;
  #readAt = Number.NEGATIVE_INFINITY;
  #usedAt = Number.NEGATIVE_INFINITY;
  #notBefore = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The reading before the next order; null where there is none. */
  get before(): BalanceBefore | null {
    if (this.#reading === null) return null;
    return { reading: this.#reading, ordersBetween: this.#placed.length, chargedBetween: this.#estimated() };
  }

  /** Orders placed since the reading. */
  get placed(): readonly PlacedOrder[] {
    return this.#placed;
  }

  /** The most digits after the point that any reading had. */
  get places(): number {
    return this.#places;
  }

  /** Whether the balance should be asked for before the next order. */
  get isDue(): boolean {
    const now = this.#clock.now();
    if (now < this.#notBefore) return false;
    if (this.#reading === null || this.#placed.length >= SERVES_ORDERS) return true;
    return now - this.#usedAt > IDLE_MS || now - this.#readAt > SERVES_MS;
  }

  /** Takes a reading from a time when no order was being placed. It replaces the earlier one and the orders since. */
  noteReading(reading: BalanceReading): void {
    this.#reading = reading;
    this.#placed = [];
    this.#places = Math.max(this.#places, placesOf(reading.amount));
    this.#readAt = this.#clock.now();
    this.#usedAt = this.#readAt;
  }

  /** The panel was asked and did not tell its balance. The earlier reading can no longer be relied on. */
  noteUnread(): void {
    this.noteMoved();
    this.#notBefore = this.#clock.now() + RETRY_MS;
  }

  notePlaced(order: PlacedOrder): void {
    this.#usedAt = this.#clock.now();
    // Without a reading there is nothing to compare the order with.
    if (this.#reading !== null) this.#placed.push(order);
  }

  /** Something may move the balance at an unknown time by an unknown amount, such as a cancellation or an unclear order. */
  noteMoved(): void {
    this.#reading = null;
    this.#placed = [];
  }

  #estimated(): Decimal | null {
    const currency = this.#reading?.currency ?? UNKNOWN_CURRENCY;
    let sum: Decimal = '0';
    for (const { charge } of this.#placed) {
      if (charge?.currency !== currency) return null;
      sum = addDecimals(sum, charge.amount);
    }
    return sum;
  }
}
