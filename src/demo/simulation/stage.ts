import type { FaultKind } from '../demo-panel-options.ts';
import type { OrderPlan } from '../orders/course.ts';

/**
 * What a person decides of a running panel instead of chance and the clock: it is for a demo that begins with a history.
 * A panel that nobody directs goes as it would without a stage.
 */
export class Stage {
  readonly #now: () => number;
  readonly #orders: OrderPlan[] = [];
  readonly #refillLengths: number[] = [];
  readonly #addFaults: FaultKind[] = [];
  #behindMs = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The panel's clock in milliseconds since 1970. It never goes back. */
  now(): number {
    return this.#now() - this.#behindMs;
  }

  /** Sets the panel's clock behind the real one. What falls due in between happens at the next call. */
  setBehind(ms: number): void {
    this.#behindMs = ms;
  }

  /** The next order goes by this plan. Plans that are given together are used one after the other. */
  planOrder(plan: OrderPlan): void {
    this.#orders.push(plan);
  }

  /** The next refill takes this long, and is completed. */
  planRefill(lengthMs: number): void {
    this.#refillLengths.push(lengthMs);
  }

  /** The next `add` is carried out and answered badly. */
  failAdd(kind: FaultKind): void {
    this.#addFaults.push(kind);
  }

  takeOrderPlan(): OrderPlan | undefined {
    return this.#orders.shift();
  }

  takeRefillLength(): number | undefined {
    return this.#refillLengths.shift();
  }

  takeAddFault(): FaultKind | undefined {
    return this.#addFaults.shift();
  }
}
