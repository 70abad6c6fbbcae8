/**
 * Shares the event loop: long work runs for a few milliseconds in each turn of the loop, and everything else that is
 * ready runs in between.
 */

/** How turns are measured and begun. */
export interface LoopTurns {
  /** Milliseconds, never going back. */
  now(): number;
  /** Runs `begin` in the next turn of the loop. */
  next(begin: () => void): void;
}

/** How much of one turn all work that takes turns may use together, in ms. */
const TURN_MS = 5;

const AT_ONCE = Promise.resolve();
/** Read when the module is loaded, so that tests that replace the timers do not stop the work. */
const { setImmediate: nextTurn } = globalThis;
const realTurns: LoopTurns = { now: () => performance.now(), next: (begin) => void nextTurn(begin) };

export class TurnTaking {
  readonly #loop: LoopTurns;
  readonly #turnMs: number;
  readonly #waiting: (() => void)[] = [];
  #head = 0;
  #startedAt = 0;
  #isMeasured = false;
  #isTurnAwaited = false;
  /** Somebody has been let in and may still be at work. */
  #isUsed = false;

  constructor(loop: LoopTurns = realTurns, turnMs = TURN_MS) {
    this.#loop = loop;
    this.#turnMs = turnMs;
  }

  /** Whether work that is under way should `take` another turn before it goes on. Takes as long as reading the clock. */
  isOver(): boolean {
    this.#measure();
    return this.#loop.now() - this.#startedAt >= this.#turnMs;
  }

  /**
   * Resolves at once where the present turn of the loop has time left, and otherwise in a later turn. Those who ask at the
   * same time are let in one after another, each when the one before has done its piece of work, while the turn has time.
   * Whoever has waited longest goes first. Call it before each piece of work that may take a millisecond or more.
   */
  take(): Promise<void> {
    if (!this.#isUsed && !this.#isWaitedFor() && !this.isOver()) {
      this.#use();
      return AT_ONCE;
    }
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (!this.#isUsed) this.#awaitTurn();
    });
  }

  #isWaitedFor(): boolean {
    return this.#head < this.#waiting.length;
  }

  /** A turn of the loop counts from the first question in it. */
  #measure(): void {
    if (this.#isMeasured) return;
    this.#isMeasured = true;
    this.#startedAt = this.#loop.now();
    this.#awaitTurn();
  }

  #awaitTurn(): void {
    if (this.#isTurnAwaited) return;
    this.#isTurnAwaited = true;
    this.#loop.next(() => {
      this.#isTurnAwaited = false;
      this.#isMeasured = false;
      if (this.#isWaitedFor() && !this.#isUsed) this.#admit();
    });
  }

  #admit(): void {
    this.#measure();
    const resolve = this.#waiting[this.#head];
    this.#head += 1;
    if (!this.#isWaitedFor()) {
      this.#waiting.length = 0;
      this.#head = 0;
    }
    this.#use();
    resolve?.();
  }

  #use(): void {
    this.#isUsed = true;
    afterMicrotasks(() => {
      this.#isUsed = false;
      if (!this.#isWaitedFor()) return;
      if (this.isOver()) this.#awaitTurn();
      else this.#admit();
    });
  }
}

/** Node runs a tick once all microtasks are done, with those that the microtasks queue. */
function afterMicrotasks(work: () => void): void {
  queueMicrotask(() => process.nextTick(work));
}

/** The turns of this process. */
export const turns = new TurnTaking();
