/**
 * Shares the event loop among long work. Whoever works in slices takes a turn before each slice: it goes on at once while
 * the present turn of the loop is young, and otherwise waits until the loop has served what has come in meanwhile.
 * Waiters are served one a turn, in their order.
 */

/** How long the work of one turn may take, in ms, before the next slice waits. */
const TURN_MS = 5;

export class Turns {
  readonly #now: () => number;
  readonly #waiting: (() => void)[] = [];
  /** When the present turn began; null between turns. */
  #startedAt: number | null = null;
  #isNextPlanned = false;

  /** `now` gives milliseconds that never go back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Null where the work may go on at once; otherwise a promise that resolves in a later turn. Never rejects. */
  take(): Promise<void> | null {
    if (this.#waiting.length === 0 && !this.#isUsedUp()) return null;
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#planNext();
    });
  }

  #isUsedUp(): boolean {
    if (this.#startedAt !== null) return this.#now() - this.#startedAt >= TURN_MS;
    this.#startedAt = this.#now();
    this.#planNext();
    return false;
  }

  #planNext(): void {
    if (this.#isNextPlanned) return;
    this.#isNextPlanned = true;
    // It runs after the loop has taken in what is new. What it resolves runs as soon as it returns.
    setImmediate(() => this.#begin());
  }

  #begin(): void {
    this.#isNextPlanned = false;
    const next = this.#waiting.shift();
    this.#startedAt = next ? this.#now() : null;
    if (!next) return;
    this.#planNext();
    next();
  }
}

/** The turns of this process. */
export const turns = new Turns();
