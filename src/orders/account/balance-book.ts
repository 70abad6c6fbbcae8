/**
 * The balance of one account as the gateway knows it: the last reading that was taken while no order was being placed,
 * and the orders placed since. It is the evidence for what became of an order, so nothing else is kept.
 *
 * Some panels keep a balance for a while, charge later, or use up a bonus or a credit first. So each reading is also held
 * against the orders placed before it: where the balance did not fall with those, an unchanged one proves nothing.
 */
import {
  type BalanceBefore,
  type BalanceReading,
  type Precision,
  placesOf,
  showsPlaced,
} from '../../domain/balance-evidence.ts';
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
/** Where adds overlap without end there is no moment for another reading. So many orders are asked for in one call. */
const MOST_ORDERS = 100;
/** A panel that does not report its balance is not asked before each order. */
const RETRY_MS = 60_000;
/** The first order has had a reading before it, and an order should cost one call at most. */
const LEARN_FROM_ORDERS = 2;
/** A balance that shows an order later than this is not waited for. */
const MOST_LAG_MS = 2_000;
/** How long a panel that did not answer an order may take to pay its charge back. */
const UNCLEAR_MS = 60_000;

export class BalanceBook {
  /** Of a clock that does not go back. */
  readonly #clock: Clock;
  #reading: BalanceReading | null = null;
  #placed: PlacedOrder[] = [];
  #places = 0;
  #isRounded = false;
  #readAt = Number.NEGATIVE_INFINITY;
  #usedAt = Number.NEGATIVE_INFINITY;
  #notBefore = Number.NEGATIVE_INFINITY;
  /** The shortest time between two readings in which the balance fell by what was placed. */
  #showsAfterMs = Number.POSITIVE_INFINITY;
  /** Whether the last reading that tells did not show the orders placed before it. */
  #isBehind = false;
  #learnNotBefore = Number.NEGATIVE_INFINITY;
  #placedInAll = 0;
  #unclearUntil = Number.NEGATIVE_INFINITY;

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

  /** How exact the panel's balance is. */
  get precision(): Precision {
    return { places: this.#places, isRounded: this.#isRounded };
  }

  /** Why the balance may look unchanged after an order that has taken its charge; null where nothing suggests it. */
  get doubt(): string | null {
    if (this.#isBehind) return 'The balance did not fall with the orders that were placed last.';
    if (this.#clock.now() < this.#unclearUntil) return 'The charge of an unclear order may just have been paid back.';
    return null;
  }

  /** How long from now a reading shows what was placed since the last one. */
  get showsInMs(): number {
    if (this.#showsAfterMs > MOST_LAG_MS) return 0;
    return Math.max(0, this.#showsAfterMs - (this.#clock.now() - this.#readAt));
  }

  /** Whether a reading now, just after an order was placed, is worth a call: it may tell how soon the balance shows one. */
  get mayLearn(): boolean {
    const isKnown = this.#showsAfterMs <= MOST_LAG_MS;
    if (isKnown || this.#placed.length === 0 || this.#placedInAll < LEARN_FROM_ORDERS) return false;
    return this.#clock.now() >= this.#learnNotBefore;
  }

  /** Whether the balance should be asked before the next order. */
  get isDue(): boolean {
    const now = this.#clock.now();
    if (now < this.#notBefore) return false;
    if (this.#reading === null || this.#placed.length >= SERVES_ORDERS) return true;
    return now - this.#usedAt > IDLE_MS || now - this.#readAt > SERVES_MS;
  }

  /** The panel reported its balance while no order was being placed: what was before it is settled. */
  noteReading(reading: BalanceReading): void {
    this.#places = Math.max(this.#places, placesOf(reading.amount));
    this.#learn(reading);
    this.#reading = reading;
    this.#placed = [];
    this.#readAt = this.#clock.now();
    this.#usedAt = this.#readAt;
  }

  /** The panel was asked and did not report it: the reading before says nothing of what comes now. */
  noteUnread(): void {
    this.noteMoved();
    this.#notBefore = this.#clock.now() + RETRY_MS;
  }

  notePlaced(order: PlacedOrder): void {
    this.#usedAt = this.#clock.now();
    this.#placedInAll += 1;
    // Without a reading there is nothing that they could be held against.
    if (this.#reading !== null) this.#placed.push(order);
    if (this.#placed.length > MOST_ORDERS) this.noteMoved();
  }

  /** The panel did not answer an order, and may have taken its charge. */
  noteUnclear(): void {
    this.#unclearUntil = this.#clock.now() + UNCLEAR_MS;
  }

  /** Something else may move the balance, at an unknown time and by an unknown amount: a cancellation, an unclear order. */
  noteMoved(): void {
    this.#reading = null;
    this.#placed = [];
  }

  /** Holds a reading against the orders that were placed before it. */
  #learn(after: BalanceReading): void {
    const { before } = this;
    if (before === null || before.ordersBetween === 0) return;
    this.#learnNotBefore = this.#clock.now() + RETRY_MS;
    if (before.chargedBetween === null) return;
    if (placesOf(before.chargedBetween) > this.#places) this.#isRounded = true;
    const isShown = showsPlaced(before, after, this.precision);
    const tookMs = this.#clock.now() - this.#readAt;
    if (isShown === false) {
      this.#isBehind = true;
      this.#showsAfterMs = Number.POSITIVE_INFINITY;
    } else if (isShown && tookMs <= MOST_LAG_MS) {
      this.#isBehind = false;
      this.#showsAfterMs = Math.min(this.#showsAfterMs, tookMs);
    }
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
