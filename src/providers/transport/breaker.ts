/**
 * The circuit of one panel. Half-open is probed by the gateway's own `balance`, never by spending: the first caller
 * after the pause starts the probe, all wait for it, and go on where it succeeded.
 */
import {
  CircuitState as BreakerState,
  BrokenCircuitError,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel';
import type { CircuitState } from '../provider.ts';

export interface BreakerOptions {
  /** Failures in a row that open the circuit. */
  readonly consecutiveFailures: number;
  /** Milliseconds until an open circuit is probed. */
  readonly halfOpenAfterMs: number;
  /** Whether an error tells of a sick panel; a refusal does not. */
  readonly isFailure: (error: unknown) => boolean;
  /** Asks the panel for its balance; throws where it fails. */
  readonly probe: () => Promise<void>;
}

/** Thrown instead of calling a panel whose circuit is open. */
export class CircuitOpenError extends Error {
  /** Milliseconds until the next probe. */
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super('The circuit of the panel is open.');
    this.name = 'CircuitOpenError';
    this.retryAfterMs = retryAfterMs;
  }
}

export interface Breaker {
  readonly state: CircuitState;
  /** Returns where calls may go, after a probe if one is due. @throws CircuitOpenError */
  admit(): Promise<void>;
  /** Runs one call and counts its end. @throws CircuitOpenError where the circuit has opened meanwhile */
  run<T>(call: () => Promise<T>): Promise<T>;
}

export function createBreaker({ consecutiveFailures, halfOpenAfterMs, isFailure, probe }: BreakerOptions): Breaker {
  const policy = circuitBreaker(handleWhen(isFailure), {
    halfOpenAfter: halfOpenAfterMs,
    breaker: new ConsecutiveBreaker(consecutiveFailures),
  });
  let openedAt = 0;
  let probing: Promise<void> | undefined;
  policy.onBreak(() => {
    openedAt = Date.now();
  });

  const refusal = (): CircuitOpenError => new CircuitOpenError(Math.max(0, openedAt + halfOpenAfterMs - Date.now()));

  return {
    get state() {
      return STATES[policy.state];
    },
    async admit() {
      if (policy.state === BreakerState.Closed) return;
      probing ??= policy.execute(probe).finally(() => {
        probing = undefined;
      });
      try {
        await probing;
      } catch {
        throw refusal();
      }
    },
    async run(call) {
      // Never the library's own half-open trial: only `admit` may probe.
      if (policy.state !== BreakerState.Closed) throw refusal();
      try {
        return await policy.execute(call);
      } catch (error) {
        throw error instanceof BrokenCircuitError ? refusal() : error;
      }
    },
  };
}

const STATES: Record<BreakerState, CircuitState> = {
  [BreakerState.Closed]: 'CLOSED',
  [BreakerState.Open]: 'OPEN',
  [BreakerState.HalfOpen]: 'HALF_OPEN',
  [BreakerState.Isolated]: 'OPEN',
};
