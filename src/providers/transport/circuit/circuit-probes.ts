/** The circuits' own questions to the panel. They wait for the pace like any other call, and cost nothing. */
import type { PanelConfig } from '../../../config/config.ts';
import { ProviderError } from '../../../domain/errors.ts';
import type { Clock } from '../../../domain/time/clock.ts';
import type { Action } from '../../dialect.ts';
import type { Dispatcher } from '../../pacing/dispatcher.ts';
import type { PanelHttp } from '../http/panel-http.ts';
import type { PanelCall } from '../panel-call.ts';
import type { PanelCaller } from '../panel-caller.ts';
import { isSick } from './circuits.ts';
import type { ProbeChoice } from './probe-choice.ts';

export interface CircuitProbesOptions {
  readonly choice: ProbeChoice;
  readonly caller: PanelCaller;
  readonly http: Pick<PanelHttp, 'post'>;
  readonly dispatcher: Dispatcher;
  readonly config: Pick<PanelConfig, 'timeoutMs' | 'deadlineMs'>;
  readonly clock: Clock;
}

export class CircuitProbes {
  readonly #options: CircuitProbesOptions;

  constructor(options: CircuitProbesOptions) {
    this.#options = options;
  }

  /** Probes the circuit of an action, or of the panel. Throws where the panel did not answer, or was not asked. */
  send(circuit: Action | 'panel'): Promise<void> {
    return this.#ask(this.#options.choice.choose(circuit));
  }

  /** Whether the panel fails at whatever it has answered before. Never throws. */
  async failsAltogether(): Promise<boolean> {
    for (const call of this.#options.choice.witnesses()) {
      const failure = await this.#ask(call).catch((error: unknown) => error);
      // A question that could not be sent proves nothing.
      if (!isSick(failure)) return false;
    }
    return true;
  }

  async #ask(call: PanelCall<unknown>): Promise<void> {
    const { caller, http, dispatcher, config, clock } = this.#options;
    // A call that waits for the probe must not wait longer than for an answer of its own.
    const deadlineAt = clock.now() + Math.min(config.timeoutMs, config.deadlineMs);
    const slot = await dispatcher.acquire({ priority: 'lookup', deadlineAt });
    try {
      await caller.make(call, { http, timeoutMs: Math.max(1, deadlineAt - clock.now()) });
    } catch (error) {
      // A panel that refuses is a panel that answers.
      if (isSick(error) || !(error instanceof ProviderError)) throw error;
    } finally {
      slot.release();
    }
  }
}
