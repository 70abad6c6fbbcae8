const MINUTE_MS = 60_000;

/** At most so many calls in any 60 seconds. Instants are in ms, of a clock that does not go back. */
export class CallsPerMinute {
  readonly most: number;
  /** When the last calls were taken, the oldest first; never more than `most` of them. */
  readonly #takenAt: number[] = [];

  constructor(most: number) {
    this.most = most;
  }

  /** How long until a call may be taken, in ms; 0 means now. */
  waitMs(now: number): number {
    const oldest = this.#takenAt[0];
    if (oldest === undefined || this.#takenAt.length < this.most) return 0;
    return Math.max(0, oldest + MINUTE_MS - now);
  }

  /** Takes one call, where `waitMs` is 0. */
  take(now: number): void {
    if (this.#takenAt.length >= this.most) this.#takenAt.shift();
    this.#takenAt.push(now);
  }
}
