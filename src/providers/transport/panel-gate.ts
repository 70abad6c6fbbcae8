/** What every call to a panel passes before it goes out: the circuits, and the pace. */
import type { Action } from '../dialect.ts';
import type { CallSlot, Priority } from '../pacing/call-slot.ts';
import type { Dispatcher } from '../pacing/dispatcher.ts';
import type { CallFailures } from './call-failures.ts';
import type { Circuits } from './circuit/circuits.ts';

export interface ReserveCallOptions {
  readonly action: Action;
  readonly priority: Priority;
  /** Instant in ms until which waiting and retries may last. */
  readonly deadlineAt: number;
}

export interface PanelGateOptions {
  readonly circuits: Circuits;
  readonly dispatcher: Dispatcher;
  readonly failures: CallFailures;
}

export class PanelGate {
  readonly #circuits: Circuits;
  readonly #dispatcher: Dispatcher;
  readonly #failures: CallFailures;

  constructor({ circuits, dispatcher, failures }: PanelGateOptions) {
    this.#circuits = circuits;
    this.#dispatcher = dispatcher;
    this.#failures = failures;
  }

  /** Waits for leave to make one call. @throws ProviderError `not-sent`: CIRCUIT_OPEN, RATE_LIMITED, SHUTTING_DOWN */
  async reserve(options: ReserveCallOptions): Promise<CallSlot> {
    const { action } = options;
    try {
      if (!this.#circuits.isClosed(action)) await this.#circuits.admit(action);
      return await this.#dispatcher.acquire({ ...options, isAdd: action === 'add' });
    } catch (error) {
      throw this.#failures.notSent(error, action);
    }
  }

  /** Leave to send one `add`, where it need not wait for circuit, pace or other calls; null where it would. */
  reserveAddNow(): CallSlot | null {
    return this.#circuits.isClosed('add') ? this.#dispatcher.acquireNow({ isAdd: true }) : null;
  }

  /**
   * Makes a call with the leave that it has, and ends the leave: `call` says by `onSending` that it goes out. Where it
   * does not, its place in the pace is given back.
   * @throws ProviderError `not-sent`, CIRCUIT_OPEN, where the circuit has opened since the leave was given
   */
  async pass<T>(action: Action, slot: CallSlot, call: (onSending: () => void) => Promise<T>): Promise<T> {
    let isSent = false;
    const onSending = (): void => {
      isSent = true;
    };
    try {
      return await this.#circuits.run(action, () => call(onSending));
    } catch (error) {
      throw this.#failures.notSent(error, action);
    } finally {
      if (isSent) slot.release();
      else slot.giveBack();
    }
  }
}
