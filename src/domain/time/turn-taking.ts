/**
 * Shares the event loop: long work does a few milliseconds of it in each turn of the loop, and lets everything else that
 * is ready run in between.
 */

/** What turns are measured and begun by. Replaced in tests. */
export interface LoopTurns {
  /** Milliseconds, never going back. */
  now(): number;
  /** Runs `begin` in the next turn of the loop. */
  next(begin: () => void): void;
}

/** How much of one turn all work that takes turns may use together, in ms. */
const TURN_MS = 5;

const AT_ONCE = Promise.resolve();
/** Taken when the module is read: tests that replace the timers do not stop the work. */
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

  /** Whether work that is under way should `take` another turn before it goes on. Costs as much as reading the time. */
  isOver(): boolean {
    this.#measure();
    return this.#loop.now() - this.#startedAt >= this.#turnMs;
  }

  /**
   * Resolves at once where the present turn of the loop has time left, and otherwise in a later turn. Those who ask
   * together are let in one after another, each when the one before has done its piece, as long as the turn has time.
   * Whoever has waited longest goes first. Ask before each piece of work that may take a millisecond or more.
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

/** Node runs ticks again once all microtasks are done, also those that the microtasks made. */
function afterMicrotasks(work: () => void): void {
  queueMicrotask(() => process.nextTick(work));
}

/** The turns of this process. */
export const turns = new TurnTaking();
