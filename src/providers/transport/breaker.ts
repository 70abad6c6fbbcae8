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
import type { Clock } from '../../domain/clock.ts';
import type { CircuitState } from '../provider.ts';
import { steadyClock } from '../steady-clock.ts';

export interface BreakerOptions {
  /** Failures in a row that open the circuit. */
  readonly consecutiveFailures: number;
  /** Milliseconds until an open circuit is probed. */
  readonly halfOpenAfterMs: number;
  /** Whether an error tells of a sick panel; a refusal does not. */
  readonly isFailure: (error: unknown) => boolean;
  /** Asks the panel for its balance; throws where it did not answer, or could not be asked. */
  readonly probe: () => Promise<void>;
  /** The circuit was closed, and calls have opened it. Must not throw. */
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

export interface Breaker {
  readonly state: CircuitState;
  /** Returns where calls may go, after a probe if one is due. @throws CircuitOpenError */
  admit(): Promise<void>;
  /** Runs one call and counts its end. @throws CircuitOpenError where the circuit has opened meanwhile */
  run<T>(call: () => Promise<T>): Promise<T>;
  /** Opens the circuit, unless a call succeeds in the same moment. */
  trip(): Promise<void>;
}

export function createBreaker(options: BreakerOptions): Breaker {
  const { consecutiveFailures, halfOpenAfterMs, isFailure, probe, onOpen, clock = steadyClock } = options;
  const counter = new ConsecutiveBreaker(consecutiveFailures);
  const policy = circuitBreaker(
    handleWhen((error) => error instanceof ProbeFailed || isFailure(error)),
    {
      // The library would measure the pause on the wall clock; it is measured below.
      halfOpenAfter: Number.NEGATIVE_INFINITY,
      breaker: counter,
    },
  );
  let openedAt = 0;
  let timesOpened = 0;
  let probing: Promise<void> | undefined;
  policy.onBreak(() => {
    openedAt = clock.now();
    timesOpened += 1;
    if (!probing) onOpen?.();
  });

  const pauseLeftMs = (): number => Math.max(0, openedAt + halfOpenAfterMs - clock.now());

  /** What keeps a probe from being sent is no answer either: only one that was given may close the circuit. */
  const probeOnce = (): Promise<void> =>
    policy.execute(async () => {
      await probe().catch((cause: unknown) => {
        throw new ProbeFailed(cause);
      });
    });

  return {
    get state() {
      return STATES[policy.state];
    },
    async admit() {
      if (policy.state === BreakerState.Closed) return;
      if (!probing && pauseLeftMs() > 0) throw new CircuitOpenError(pauseLeftMs());
      probing ??= probeOnce().finally(() => {
        probing = undefined;
      });
      try {
        await probing;
      } catch {
        throw new CircuitOpenError(pauseLeftMs());
      }
    },
    async run(call) {
      // Never the library's own half-open trial: only `admit` may probe.
      if (policy.state !== BreakerState.Closed) throw new CircuitOpenError(pauseLeftMs());
      const begunAfter = timesOpened;
      try {
        return await policy.execute(async () => {
          try {
            return await call();
          } catch (error) {
            throw timesOpened === begunAfter ? error : new OutdatedFailure(error);
          }
        });
      } catch (error) {
        if (error instanceof BrokenCircuitError) throw new CircuitOpenError(pauseLeftMs());
        throw error instanceof OutdatedFailure ? error.cause : error;
      }
    },
    async trip() {
      if (policy.state !== BreakerState.Closed) return;
      counter.state = consecutiveFailures;
      await policy.execute(() => Promise.reject(new ProbeFailed('tripped'))).catch(() => undefined);
    },
  };
}

class ProbeFailed extends Error {
  constructor(cause: unknown) {
    super('The probe did not reach the panel.', { cause });
    this.name = 'ProbeFailed';
  }
}

/** Of a call that began before the circuit opened: it says nothing of the panel after the probe. */
class OutdatedFailure extends Error {
  constructor(cause: unknown) {
    super('The circuit has opened meanwhile.', { cause });
    this.name = 'OutdatedFailure';
  }
}

const STATES: Record<BreakerState, CircuitState> = {
  [BreakerState.Closed]: 'CLOSED',
  [BreakerState.Open]: 'OPEN',
  [BreakerState.HalfOpen]: 'HALF_OPEN',
  [BreakerState.Isolated]: 'OPEN',
};
