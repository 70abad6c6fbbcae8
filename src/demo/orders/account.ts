import { Refused } from '../refused.ts';

/** The client's money at the panel, in units of 10^-8; it never falls below zero. */
export class Account {
  #balance: bigint;

  constructor(balance: bigint) {
    this.#balance = balance;
  }

  get balance(): bigint {
    return this.#balance;
  }

  /** Throws {@link Refused} if the balance is below `price`. */
  demand(price: bigint): void {
    if (price > this.#balance) throw new Refused('Not enough funds on balance');
  }

  /** Takes a price off the balance. Throws {@link Refused}, with nothing taken, if there is less. */
  spend(price: bigint): void {
    this.demand(price);
    this.#balance -= price;
  }

  /** Adds to the balance what an order did not cost in the end. */
  giveBack(amount: bigint): void {
    this.#balance += amount;
  }
}
