/**
 * The circuits of one panel: one for each action, opened by failures that may be that action's own, and one for the
 * whole panel, opened by its silence. A panel that lacks an action fails whenever it is asked for it, and is otherwise
 * well (docs/decisions/0012-a-circuit-an-action.md).
 */

import { ProviderError } from '../../../domain/errors.ts';
import type { Clock } from '../../../domain/time/clock.ts';
import type { Action } from '../../dialect.ts';
import type { CircuitState } from '../../provider.ts';
import { Breaker, type BreakerOptions } from './breaker.ts';

export interface CircuitsOptions extends Pick<BreakerOptions, 'consecutiveFailures' | 'halfOpenAfterMs'> {
  /**
   * Asks the panel something that costs nothing, for the circuit of `action` or of the panel; as in `BreakerOptions`.
   */
  readonly probe: (circuit: Action | 'panel') => Promise<void>;
  /**
   * Whether the panel fails at everything that it has answered before. Asked when the circuit of one action opens: the
   * whole panel may have broken down, and no order may be what finds that out. Must not throw.
   */
  readonly failsAltogether: () => Promise<boolean>;
  readonly clock: Clock;
}

export interface Circuits {
  /** The worse of the whole panel's state and that of `add`: whether orders are sent. */
  readonly state: CircuitState;
  /** Whether a call of `action` may go without a probe. */
  isClosed(action: Action): boolean;
  /** As `Breaker`, for both circuits that a call of `action` passes. @throws CircuitOpenError */
  admit(action: Action): Promise<void>;
  run<T>(action: Action, call: () => Promise<T>): Promise<T>;
}

export function createCircuits({ probe, failsAltogether, ...settings }: CircuitsOptions): Circuits {
  const panel = new Breaker({ ...settings, isFailure: isSilence, probe: () => probe('panel') });
  const byAction = new Map<Action, Breaker>();

  function circuitOf(action: Action): Breaker {
    const known = byAction.get(action);
    if (known) return known;
    const made = new Breaker({
      ...settings,
      isFailure: isFailedAnswer,
      probe: () => probe(action),
      onOpen: () => void suspectPanel(),
    });
    byAction.set(action, made);
    return made;
  }

  let isSuspected = false;
  async function suspectPanel(): Promise<void> {
    if (isSuspected || panel.state !== 'CLOSED') return;
    isSuspected = true;
    if (await failsAltogether()) panel.trip();
    isSuspected = false;
  }

  return {
    get state() {
      return worse(panel.state, circuitOf('add').state);
    },
    isClosed: (action) => panel.state === 'CLOSED' && circuitOf(action).state === 'CLOSED',
    async admit(action) {
      await panel.admit();
      await circuitOf(action).admit();
    },
    run: (action, call) => panel.run(() => circuitOf(action).run(call)),
  };
}

/** Whether an error tells of a panel that fails, or of an action that it cannot serve; refusals and 429s do not. */
export function isSick(error: unknown): boolean {
  return isSilence(error) || isFailedAnswer(error);
}

/** No answer at all, whatever was asked. */
function isSilence(error: unknown): boolean {
  return hasCode(error, 'PANEL_UNREACHABLE', 'PANEL_TIMEOUT');
}

/** A refusal in unknown words is an answer: the order is in doubt, but the panel is well. */
function isFailedAnswer(error: unknown): boolean {
  return hasCode(error, 'PANEL_ERROR', 'UNREADABLE_REPLY') && !(error as ProviderError).isUnrecognisedRefusal;
}

function hasCode(error: unknown, ...codes: readonly ProviderError['code'][]): boolean {
  return error instanceof ProviderError && codes.includes(error.code);
}

const SEVERITY: readonly CircuitState[] = ['CLOSED', 'HALF_OPEN', 'OPEN'];

function worse(left: CircuitState, right: CircuitState): CircuitState {
  return SEVERITY.indexOf(left) > SEVERITY.indexOf(right) ? left : right;
}
