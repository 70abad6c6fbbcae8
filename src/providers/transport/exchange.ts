/**
 * All calls to one panel: the one place where retry, circuits, pace and timeout are put together. What a failed call
 * means for the money, call-failures.ts says.
 *
 *   retry( leave( circuits( post within a timeout -> HTTP status -> JSON -> the dialect's reading ) ) )
 *
 * What reads is asked again where that may help (retry.ts). What spends goes out once.
 */
import type { PanelConfig } from '../../config/config.ts';
import type { ProviderError } from '../../domain/errors.ts';
import { type Clock, steadyClock, systemClock } from '../../domain/time/clock.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import type { Action, Dialect, Refusal } from '../dialect.ts';
import type { LongListReader } from '../lists/long-list.ts';
import type { CallSlot, Priority } from '../pacing/call-slot.ts';
import { Dispatcher } from '../pacing/dispatcher.ts';
import type { CircuitState, MayRepeat } from '../provider.ts';
import { CallFailures, type MinuteLimit } from './call-failures.ts';
import { CallStats, type CallStatsSnapshot } from './call-stats.ts';
import { CircuitProbes } from './circuit/circuit-probes.ts';
import { type Circuits, createCircuits } from './circuit/circuits.ts';
import { ProbeChoice } from './circuit/probe-choice.ts';
import { createPanelHttp, type PanelHttp } from './http/panel-http.ts';
import type { PanelCall } from './panel-call.ts';
import { PanelCaller } from './panel-caller.ts';
import { PanelGate, type ReserveCallOptions } from './panel-gate.ts';
import { createRedaction } from './redaction.ts';
import { ReplyReader } from './reply-reader.ts';
import { askAgain } from './retry.ts';

export interface ExchangeOptions {
  readonly config: PanelConfig;
  readonly dialect: Pick<Dialect, 'balance' | 'services' | 'decodeRefusal'>;
  readonly telemetry: Telemetry;
  readonly longLists: LongListReader;
  readonly clock?: Clock;
}

export interface AskOptions<T> extends ReserveCallOptions, PanelCall<T> {
  /** Leave that is held already, for the first attempt. */
  readonly slot?: CallSlot | undefined;
  /** How often at most; three times by default. */
  readonly attempts?: number | undefined;
  readonly mayRepeat?: MayRepeat | undefined;
}

export interface SpendOptions<T> extends PanelCall<T> {
  readonly action: 'add' | 'refill' | 'cancel';
  /** Leave that is held already. */
  readonly slot?: CallSlot | undefined;
  /** Runs after everything else let the call pass, as the last thing before a byte goes out. */
  readonly beforeSend?: (() => Promise<void>) | undefined;
}

const CONNECT_TIMEOUT_MS = 10_000;
const READ_ATTEMPTS = 3;

export class Exchange {
  readonly #config: PanelConfig;
  readonly #clock: Clock;
  readonly #http: PanelHttp;
  readonly #dispatcher: Dispatcher;
  readonly #circuits: Circuits;
  readonly #gate: PanelGate;
  readonly #caller: PanelCaller;
  readonly #failures: CallFailures;
  readonly #stats = new CallStats();
  readonly #closing = new AbortController();

  constructor({ config, dialect, telemetry, longLists, ...clocks }: ExchangeOptions) {
    const { clock = steadyClock } = clocks;
    const { clock: wallClock = systemClock } = clocks;
    this.#config = config;
    this.#clock = clock;
    const { url, userAgent, concurrency: connections, timeoutMs } = config;
    const connectTimeoutMs = Math.min(CONNECT_TIMEOUT_MS, timeoutMs);
    const http = createPanelHttp({ url, userAgent, connections, connectTimeoutMs });
    const dispatcher = new Dispatcher({ ...config, clock });
    const redaction = createRedaction(config.key.reveal());
    const failures = new CallFailures({ panel: config.id, redaction, telemetry });
    const reader = new ReplyReader({ panel: config, longLists, redaction, failures });
    const choice = new ProbeChoice(dialect);
    const reporting = { probes: choice, failures, stats: this.#stats, telemetry };
    const caller = new PanelCaller({ config, dispatcher, reader, ...reporting, clock, wallClock });
    const probes = new CircuitProbes({ choice, caller, http, dispatcher, config, clock });
    this.#http = http;
    this.#dispatcher = dispatcher;
    this.#failures = failures;
    this.#caller = caller;
    this.#circuits = createCircuits({
      ...config.breaker,
      probe: (circuit) => probes.send(circuit),
      failsAltogether: () => probes.failsAltogether(),
      clock,
    });
    this.#gate = new PanelGate({ circuits: this.#circuits, dispatcher, failures });
  }

  /** Whether orders are sent. */
  get circuit(): CircuitState {
    return this.#circuits.state;
  }

  stats(): CallStatsSnapshot {
    return this.#stats.snapshot();
  }

  /** How long a call that came after `callsAhead` others would wait for the panel's pace, in ms. */
  waitMs(priority: Priority, callsAhead: number): number {
    return this.#dispatcher.waitMs(priority, false, callsAhead);
  }

  /** As `PanelGate.reserve`. @throws ProviderError `not-sent` */
  reserve(options: ReserveCallOptions): Promise<CallSlot> {
    return this.#gate.reserve(options);
  }

  /** As `PanelGate.reserveAddNow`. */
  reserveAddNow(): CallSlot | null {
    return this.#gate.reserveAddNow();
  }

  /** Asks for something that costs nothing, again where that may help, until the deadline. @throws ProviderError */
  ask<T>(options: AskOptions<T>): Promise<T> {
    const { attempts = READ_ATTEMPTS, deadlineAt, mayRepeat } = options;
    let { slot } = options;
    const attempt = (): Promise<T> => {
      const held = slot;
      slot = undefined;
      return this.#askOnce(options, held);
    };
    return askAgain(attempt, { attempts, deadlineAt, mayRepeat, clock: this.#clock, signal: this.#closing.signal });
  }

  /** Sends what may cost money: one attempt on a fresh connection, never repeated. @throws ProviderError */
  async spend<T>({ slot: held, beforeSend, ...call }: SpendOptions<T>): Promise<T> {
    const { action } = call;
    const deadlineAt = this.#clock.now() + this.#config.deadlineMs;
    const slot = held ?? (await this.reserve({ action, priority: 'spending', deadlineAt }));
    return this.#gate.pass(action, slot, async (onSending) => {
      // It connects while `beforeSend` commits that the order is sent.
      const connection = this.#http.open();
      try {
        await beforeSend?.();
      } catch (error) {
        connection.close();
        throw error;
      }
      onSending();
      return this.#caller.make(call, { http: connection, timeoutMs: this.#config.addTimeoutMs });
    });
  }

  /** A failure of `action` that the panel worded. */
  refused(action: Action, refusal: Refusal): ProviderError {
    return this.#failures.refused(action, refusal);
  }

  /** A failure of `action` whose answer cannot be read. */
  unreadable(action: Action, what: string): ProviderError {
    return this.#failures.unreadable(action, what);
  }

  /** See `CallFailures.noCallsLeft`. */
  noCallsLeft(action: Action): ProviderError {
    return this.#failures.noCallsLeft(action);
  }

  /** See `CallFailures.leftOut`. */
  leftOut(action: Action, limit: MinuteLimit): ProviderError {
    return this.#failures.leftOut(action, limit);
  }

  /** Tells all that wait so at once; returns when the calls under way are done. */
  close(): Promise<void> {
    this.#closing.abort();
    this.#dispatcher.close();
    return this.#http.close();
  }

  async #askOnce<T>(options: AskOptions<T>, held: CallSlot | undefined): Promise<T> {
    const { action, form, read, deadlineAt } = options;
    const slot = held ?? (await this.reserve(options));
    return this.#gate.pass(action, slot, (onSending) => {
      onSending();
      const timeoutMs = Math.max(1, Math.min(this.#config.timeoutMs, deadlineAt - this.#clock.now()));
      return this.#caller.make({ action, form, read }, { http: this.#http, timeoutMs });
    });
  }
}
