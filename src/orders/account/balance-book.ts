/**
 * The balance of one account as the gateway knows it: the last reading that was taken while no order was being placed,
 * and the orders placed since. It is the evidence for what became of an order, so that nothing else is kept.
 */
import type { BalanceBefore, BalanceReading } from '../../domain/balance-evidence.ts';
import { placesOf } from '../../domain/balance-evidence.ts';
import { addDecimals, type Decimal, type Money, UNKNOWN_CURRENCY } from '../../domain/money.ts';
import type { Clock } from '../../domain/time/clock.ts';

/** An order that was placed after a reading. */
export interface PlacedOrder {
  readonly number: string;
  /** As it was estimated; null where that could not be. */
  readonly charge: Money | null;
}

/** After so long without an order the balance may have been moved by others: by hand, by refunds, by payments. */
const IDLE_MS = 10_000;
/** While orders follow each other a reading serves them so long, and so many of them. */
const SERVES_MS = 60_000;
const SERVES_ORDERS = 20;
/** A panel that does not tell its balance is not asked before each order. */
const RETRY_MS = 60_000;

export class BalanceBook {
  /** Of a clock that does not go back. */
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

  /** Null where there is no reading to begin with. */
  get before(): BalanceBefore | null {
    if (this.#reading === null) return null;
    return { reading: this.#reading, ordersBetween: this.#placed.length, chargedBetween: this.#estimated() };
  }

  /** Orders placed since the reading. */
  get placed(): readonly PlacedOrder[] {
    return this.#placed;
  }

  /** The most digits after the point that were seen. */
  get places(): number {
    return this.#places;
  }

  /** Whether the balance should be asked before the next order. */
  get isDue(): boolean {
    const now = this.#clock.now();
    if (now < this.#notBefore) return false;
    if (this.#reading === null || this.#placed.length >= SERVES_ORDERS) return true;
    return now - this.#usedAt > IDLE_MS || now - this.#readAt > SERVES_MS;
  }

  /** The panel told its balance while no order was being placed: what was before it is settled. */
  noteReading(reading: BalanceReading): void {
    this.#reading = reading;
    this.#placed = [];
    this.#places = Math.max(this.#places, placesOf(reading.amount));
    this.#readAt = this.#clock.now();
    this.#usedAt = this.#readAt;
  }

  /** It was asked and did not tell: the reading before says nothing of what comes now. */
  noteUnread(): void {
    this.noteMoved();
    this.#notBefore = this.#clock.now() + RETRY_MS;
  }

  notePlaced(order: PlacedOrder): void {
    this.#usedAt = this.#clock.now();
    // Without a reading there is nothing that they could be held against.
    if (this.#reading !== null) this.#placed.push(order);
  }

  /** Something else may move the balance, nobody knows when or by how much: a cancellation, an order that is unclear. */
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
