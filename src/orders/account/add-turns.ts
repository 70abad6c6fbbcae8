/**
 * Limits how many adds go to one account of a panel at a time, since some panels answer parallel adds with nothing after
 * they have bought. Turns are given in the order in which they are requested.
 */

/** The right to send one `add`, until it is released. */
export interface AddTurn {
  /** Whether no other turn is held. */
  readonly isOnly: boolean;
  /**
   * Runs `work` once every other holder of a turn has released it or waits here as well. No new turn is given until all
   * of this work has ended, so that the balance meanwhile tells only about the orders whose turns wait here.
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
  /** How many holders wait to be alone, or are alone. */
  #alone = 0;
  #whenAlone = Promise.withResolvers<void>();

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Null where the turn would have to be waited for. */
  takeNow(): AddTurn | null {
    return this.#isFree && this.#waiting.size === 0 ? this.#give() : null;
  }

  /** Null where no turn became free within `waitMs`. */
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
