/**
 * What an open circuit is probed with: the balance, as long as the panel answers that. Where the balance is broken no
 * circuit would ever close again, so the probe is a read that the panel has answered, or its list of services.
 */
import type { Action, Dialect } from '../../dialect.ts';
import { callWithoutInput, type PanelCall } from '../panel-call.ts';

/** A call that costs nothing. */
export type Read = PanelCall<unknown>;

export class ProbeChoice {
  readonly #balance: Read;
  readonly #list: Read;
  #isBalanceSick = false;
  #answered: Read | undefined;
  #chosen: Read | undefined;

  constructor(dialect: Pick<Dialect, 'balance' | 'services' | 'decodeRefusal'>) {
    this.#balance = callWithoutInput(dialect, 'balance', dialect.balance);
    this.#list = callWithoutInput(dialect, 'services', dialect.services);
  }

  /** The probe for the circuit of an action, or of the panel; never one that spends. */
  choose(circuit: Action | 'panel'): Read {
    const isBalance = circuit === 'balance' || !this.#isBalanceSick;
    this.#chosen = isBalance ? this.#balance : (this.#answered ?? this.#list);
    return this.#chosen;
  }

  /** Two reads; a panel that is well answers at least one of them. */
  witnesses(): readonly Read[] {
    return [this.#balance, this.#answered ?? this.#list];
  }

  /** Notes how a read has ended: after a probe that failed, another read is chosen. */
  ended(call: Read, isSick: boolean): void {
    if (call.action === 'balance') this.#isBalanceSick = isSick;
    else if (!isSick && call.action !== 'services') this.#answered = call;
    else if (isSick && call.form === this.#chosen?.form) {
      this.#answered = undefined;
      this.#isBalanceSick = false;
    }
  }
}
