/**
 * The calls that a coalescer makes: how many wait for leave, how many are under way, and how long one usually takes.
 */
import type { Clock } from '../../../domain/time/clock.ts';

export interface CallsUnderWayOptions {
  /** Calls at once. */
  readonly concurrency: number;
  /** How long a look-up behind so many calls would wait for the pace, in ms. */
  readonly waitMs: (callsAhead: number) => number;
  readonly clock: Clock;
}

/** The weight of the latest call in the usual duration of one. */
const LATEST_WEIGHT = 0.2;

export class CallsUnderWay {
  readonly #options: CallsUnderWayOptions;
  #waitingForLeave = 0;
  #sent = 0;
  #usualMs = 0;

  constructor(options: CallsUnderWayOptions) {
    this.#options = options;
  }

  get waitingForLeave(): number {
    return this.#waitingForLeave;
  }

  get isIdle(): boolean {
    return this.#sent + this.#waitingForLeave === 0;
  }

  /** Whether one more call may be made now. */
  get hasRoom(): boolean {
    return this.#sent + this.#waitingForLeave < this.#options.concurrency;
  }

  /** How long a look-up behind so many batches waits: for the pace, or for calls to end where they last longer. */
  waitMs(batchesAhead: number): number {
    const { concurrency, waitMs } = this.#options;
    // The dispatcher counts the calls that wait for leave itself.
    const pacedMs = waitMs(Math.max(0, batchesAhead - this.#waitingForLeave));
    const slots = Math.max(1, concurrency - 1);
    const rounds = Math.floor((this.#sent + Math.max(batchesAhead, this.#waitingForLeave)) / slots);
    return Math.max(pacedMs, rounds * this.#usualMs);
  }

  /** A call waits for leave, until `endWaiting`. */
  beginWaiting(): void {
    this.#waitingForLeave += 1;
  }

  /** A call has got leave, or will get none. */
  endWaiting(): void {
    this.#waitingForLeave -= 1;
  }

  /** A call goes out. @returns what ends it: true the first time, false after that */
  begin(): () => boolean {
    const { clock } = this.#options;
    const begunAt = clock.now();
    let isUnderWay = true;
    this.#sent += 1;
    return () => {
      if (!isUnderWay) return false;
      isUnderWay = false;
      this.#sent -= 1;
      const ms = clock.now() - begunAt;
      this.#usualMs = this.#usualMs === 0 ? ms : this.#usualMs * (1 - LATEST_WEIGHT) + ms * LATEST_WEIGHT;
      return true;
    };
  }
}
