/**
 * So many adds at a time go to one account of a panel: panels that take several at once have been seen to answer with
 * nothing, having bought. First come, first served.
 */

/** Leave to send one `add`, until it is released. */
export interface AddTurn {
  /** No other add is under way. */
  readonly isOnly: boolean;
  /**
   * Works when every other add has ended or waits here too, and nobody gets a turn until all of these are done: what
   * the balance says meanwhile is about them alone.
   */
  whileAlone<T>(work: () => Promise<T>): Promise<T>;
  /** A second release does nothing. */
  release(): void;
}

interface Waiter {
  readonly give: (turn: AddTurn) => void;
}

export class AddTurns {
  readonly #atOnce: number;
  readonly #waiting = new Set<Waiter>();
  #held = 0;
  /** How many of those held wait to be alone, or are. */
  #alone = 0;
  #whenAlone = Promise.withResolvers<void>();

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Null where others are before. */
  takeNow(): AddTurn | null {
    return this.#isFree && this.#waiting.size === 0 ? this.#give() : null;
  }

  /** Null where none was free within so many ms. */
  take(waitMs: number): Promise<AddTurn | null> {
    const turn = this.takeNow();
    if (turn) return Promise.resolve(turn);
    return new Promise((resolve) => {
      const waiter: Waiter = {
        give: (given) => {
          clearTimeout(timer);
          resolve(given);
        },
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(waiter);
        resolve(null);
      }, waitMs);
      this.#waiting.add(waiter);
    });
  }

  get #isFree(): boolean {
    return this.#held < this.#atOnce && this.#alone === 0;
  }

  #give(): AddTurn {
    this.#held += 1;
    let isHeld = true;
    const turns = this;
    return {
      get isOnly() {
        return turns.#held === 1;
      },
      whileAlone: async (work) => {
        this.#alone += 1;
        this.#tellAlone();
        try {
          await this.#whenAlone.promise;
          return await work();
        } finally {
          this.#alone -= 1;
          this.#tellAlone();
          this.#giveNext();
        }
      },
      release: () => {
        if (!isHeld) return;
        isHeld = false;
        this.#held -= 1;
        this.#tellAlone();
        this.#giveNext();
      },
    };
  }

  #tellAlone(): void {
    if (this.#alone === 0) this.#whenAlone = Promise.withResolvers<void>();
    else if (this.#alone === this.#held) this.#whenAlone.resolve();
  }

  #giveNext(): void {
    for (const waiter of this.#waiting) {
      if (!this.#isFree) return;
      this.#waiting.delete(waiter);
      waiter.give(this.#give());
    }
  }
}
