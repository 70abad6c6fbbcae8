/**
 * One circuit of a panel. An open circuit is probed by the gateway's own `balance`, never by spending: the first caller
 * after the pause starts the probe, all callers wait for it, and go on where it succeeded. Our own code, since the
 * libraries try a half-open circuit with the call that happens to come (docs/decisions/0013-own-circuits.md).
 */
import { type Clock, steadyClock } from '../../../domain/time/clock.ts';
import type { CircuitState } from '../../provider.ts';

export interface BreakerOptions {
  /** Failures in a row that open the circuit. */
  readonly consecutiveFailures: number;
  /** Milliseconds until an open circuit is probed. */
  readonly halfOpenAfterMs: number;
  /** Whether an error tells of a panel that fails; a refusal does not. */
  readonly isFailure: (error: unknown) => boolean;
  /** Asks the panel for its balance; throws where it did not answer, or could not be asked. */
  readonly probe: () => Promise<void>;
  /** Told when calls have opened the circuit, and not when a probe has failed. Must not throw. */
  readonly onOpen?: () => void;
  readonly clock?: Clock;
}

/** Thrown instead of calling a panel whose circuit is open. */
export class CircuitOpenError extends Error {
  /** Milliseconds until the next probe. */
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super('The circuit of the panel is open.');
    this.name = 'CircuitOpenError';
    this.retryAfterMs = Math.ceil(retryAfterMs);
  }
}

type State =
  | { readonly name: 'CLOSED' }
  | { readonly name: 'OPEN' }
  /** `isWell` tells whether the panel has answered the probe. */
  | { readonly name: 'HALF_OPEN'; readonly isWell: Promise<boolean> };

export class Breaker {
  readonly #options: BreakerOptions;
  readonly #clock: Clock;
  #state: State = { name: 'CLOSED' };
  #failuresInRow = 0;
  #openedAt = 0;
  #timesOpened = 0;

  constructor(options: BreakerOptions) {
    this.#options = options;
    this.#clock = options.clock ?? steadyClock;
  }

  get state(): CircuitState {
    return this.#state.name;
  }

  /** Returns where calls may go, after a probe if one is due. @throws CircuitOpenError */
  async admit(): Promise<void> {
    if (this.#state.name === 'CLOSED') return;
    if (this.#state.name === 'OPEN') {
      if (this.#pauseLeftMs() > 0) throw this.#refusal();
      this.#state = { name: 'HALF_OPEN', isWell: this.#probe() };
    }
    if (!(await this.#state.isWell)) throw this.#refusal();
  }

  /** Makes one call and counts how it ends. @throws CircuitOpenError where the circuit has opened meanwhile */
  async run<T>(call: () => Promise<T>): Promise<T> {
    // Only `admit` may probe: a call never is the trial.
    if (this.#state.name !== 'CLOSED') throw this.#refusal();
    const begunAfter = this.#timesOpened;
    try {
      const result = await call();
      this.#failuresInRow = 0;
      return result;
    } catch (error) {
      // A call that began before the circuit opened says nothing of the panel after the probe.
      if (this.#timesOpened === begunAfter && this.#options.isFailure(error)) this.#countFailure();
      throw error;
    }
  }

  /** Opens the circuit, whatever its calls have met with. */
  trip(): void {
    if (this.#state.name === 'CLOSED') this.#openByCalls();
  }

  #countFailure(): void {
    this.#failuresInRow += 1;
    if (this.#failuresInRow >= this.#options.consecutiveFailures) this.#openByCalls();
  }

  #openByCalls(): void {
    this.#open();
    this.#options.onOpen?.();
  }

  /** A probe that could not be sent is no answer either: only one that was given closes the circuit. */
  async #probe(): Promise<boolean> {
    try {
      await this.#options.probe();
    } catch {
      this.#open();
      return false;
    }
    this.#failuresInRow = 0;
    this.#state = { name: 'CLOSED' };
    return true;
  }

  #open(): void {
    this.#state = { name: 'OPEN' };
    this.#openedAt = this.#clock.now();
    this.#timesOpened += 1;
  }

  #refusal(): CircuitOpenError {
    return new CircuitOpenError(this.#pauseLeftMs());
  }

  #pauseLeftMs(): number {
    return Math.max(0, this.#openedAt + this.#options.halfOpenAfterMs - this.#clock.now());
  }
}
