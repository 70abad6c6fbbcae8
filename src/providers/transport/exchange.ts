/**
 * One question to one panel and its answer: the one place that composes retry, breaker, limit and timeout. What a failed
 * call means for the money, call-failures.ts says.
 *
 *   retry( leave( breaker( post within a timeout -> HTTP status -> JSON -> the dialect's reading ) ) )
 *
 * Retry is a table: `not-sent`, or `unknown` where the action only reads. What spends goes out once.
 */
import { handleWhen, retry } from 'cockatiel';
import type { PanelConfig } from '../../config/config.ts';
import { type Clock, systemClock } from '../../domain/clock.ts';
import { ProviderError } from '../../domain/errors.ts';
import { pause } from '../../domain/pause.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import type { Action, DecodeContext, Dialect, Refusal, WireForm, WireValue } from '../dialect.ts';
import type { CircuitState } from '../provider.ts';
import { steadyClock } from '../steady-clock.ts';
import { CallFailures } from './call-failures.ts';
import { CallStats, type CallStatsSnapshot } from './call-stats.ts';
import { type Circuits, createCircuits, isSick } from './circuits.ts';
import { type CallSlot, Dispatcher, type Priority } from './dispatcher.ts';
import { parseExactJson } from './exact-json.ts';
import type { FreshConnection } from './fresh-connection.ts';
import type { HttpReply } from './http-reply.ts';
import { createPanelHttp, type PanelHttp } from './panel-http.ts';
import { ProbeChoice, type Read } from './probe-choice.ts';
import { createRedaction, type Redaction } from './redaction.ts';

export interface ReserveOptions {
  readonly action: Action;
  readonly priority: Priority;
  /** Instant in ms until which waiting and retries may last. */
  readonly deadlineAt: number;
}

export interface AskOptions<T> extends ReserveOptions {
  readonly form: WireForm;
  /** Leave that is held already, for the first attempt. */
  readonly slot?: CallSlot | undefined;
  /** How often at most; three times by default. */
  readonly attempts?: number | undefined;
  /** Reads an answer that is no refusal; null where it cannot be read. */
  readonly read: (value: WireValue, context: DecodeContext) => T | null;
}

export interface SpendOptions<T> {
  readonly action: 'add' | 'refill' | 'cancel';
  readonly form: WireForm;
  /** Leave that is held already. */
  readonly slot?: CallSlot | undefined;
  /** Runs after everything else let the call pass, as the last thing before a byte goes out. */
  readonly beforeSend?: (() => Promise<void>) | undefined;
  readonly read: (value: WireValue, context: DecodeContext) => T | null;
}

const MAX_LIST_BYTES = 32 * 1024 * 1024;
const MAX_REPLY_BYTES = 4 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 10_000;
const READ_ATTEMPTS = 3;
const BACKOFF_MS = 250;

export class Exchange {
  readonly #config: PanelConfig;
  readonly #dialect: Dialect;
  readonly #clock: Clock;
  /** For the instants that are shown. */
  readonly #wallClock: Clock;
  readonly #telemetry: Telemetry;
  readonly #http: PanelHttp;
  readonly #dispatcher: Dispatcher;
  readonly #circuits: Circuits;
  readonly #probes: ProbeChoice;
  readonly #redaction: Redaction;
  readonly #failures: CallFailures;
  readonly #stats = new CallStats();
  readonly #closing = new AbortController();

  constructor(options: { config: PanelConfig; dialect: Dialect; telemetry: Telemetry; clock?: Clock }) {
    const { config, dialect, telemetry, clock = steadyClock } = options;
    this.#config = config;
    this.#dialect = dialect;
    this.#clock = clock;
    this.#wallClock = options.clock ?? systemClock;
    this.#telemetry = telemetry;
    this.#http = createPanelHttp({
      url: config.url,
      userAgent: config.userAgent,
      connections: config.concurrency,
      connectTimeoutMs: Math.min(CONNECT_TIMEOUT_MS, config.timeoutMs),
    });
    this.#dispatcher = new Dispatcher({ ...config, clock });
    this.#circuits = createCircuits({
      ...config.breaker,
      probe: (circuit) => this.#probe(this.#probes.choose(circuit)),
      failsAltogether: () => this.#failsAltogether(),
      clock,
    });
    this.#probes = new ProbeChoice(dialect);
    this.#redaction = createRedaction(config.key.reveal());
    this.#failures = new CallFailures({ panel: config.id, redaction: this.#redaction, telemetry });
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

  /** Waits for leave to make one call. @throws ProviderError `not-sent`: CIRCUIT_OPEN, RATE_LIMITED, SHUTTING_DOWN */
  async reserve(options: ReserveOptions & { isAdd?: boolean }): Promise<CallSlot> {
    try {
      if (!this.#circuits.isClosed(options.action)) await this.#circuits.admit(options.action);
      return await this.#dispatcher.acquire(options);
    } catch (error) {
      throw this.#failures.notSent(error, options.action);
    }
  }

  /** Leave to send one `add`, where it need not wait for circuit, pace or others; null where it would. */
  reserveAddNow(): CallSlot | null {
    return this.#circuits.isClosed('add') ? this.#dispatcher.acquireNow({ isAdd: true }) : null;
  }

  /** Asks for something that costs nothing, again where that may help, until the deadline. @throws ProviderError */
  ask<T>(options: AskOptions<T>): Promise<T> {
    let { slot } = options;
    let failures = 0;
    let leastMs = 0;
    let delayMs = 0;
    const attempt = async (): Promise<T> => {
      const held = slot;
      slot = undefined;
      // Not the library's own waiting, which goes on after `close`.
      await pause(delayMs, this.#closing.signal);
      try {
        return await this.#askOnce(options, held);
      } catch (error) {
        // Waiting for one's turn is no failed attempt.
        if (!isRateLimit(error)) failures += 1;
        leastMs = delayAfter(error, failures);
        // The pace is waited for, and the calls behind it spread, by the dispatcher.
        delayMs = isRateLimit(error) ? 0 : leastMs;
        throw error;
      }
    };
    const mayRepeat = (error: unknown): boolean =>
      isRepeatable(error) &&
      failures < (options.attempts ?? READ_ATTEMPTS) &&
      this.#clock.now() + leastMs < options.deadlineAt;
    return retry(handleWhen(mayRepeat), { maxAttempts: Number.POSITIVE_INFINITY }).execute(attempt);
  }

  /** Sends what may cost money: one attempt on a fresh connection, never repeated. @throws ProviderError */
  async spend<T>({ action, form, slot: held, beforeSend, read }: SpendOptions<T>): Promise<T> {
    const deadlineAt = this.#clock.now() + this.#config.deadlineMs;
    const slot = held ?? (await this.reserve({ action, priority: 'spending', deadlineAt, isAdd: action === 'add' }));
    let sent = false;
    let connection: FreshConnection | undefined;
    try {
      return await this.#guarded(action, async () => {
        // It connects while what comes before is committed.
        connection = this.#http.open();
        await beforeSend?.();
        sent = true;
        return this.#call({ action, form, read, timeoutMs: this.#config.addTimeoutMs, http: connection });
      });
    } finally {
      if (sent) slot.release();
      else {
        connection?.close();
        slot.giveBack();
      }
    }
  }

  /** A failure of `action` that the panel worded. */
  refused(action: Action, refusal: Refusal): ProviderError {
    return this.#failures.refused(action, refusal);
  }

  /** A failure of `action` whose answer cannot be read. */
  unreadable(action: Action, what: string): ProviderError {
    return this.#failures.unreadable(action, what);
  }

  /** Who waits is told so at once; returns when the calls under way are done. */
  close(): Promise<void> {
    this.#closing.abort();
    this.#dispatcher.close();
    return this.#http.close();
  }

  async #askOnce<T>(options: AskOptions<T>, held: CallSlot | undefined): Promise<T> {
    const { action, form, read, deadlineAt } = options;
    const slot = held ?? (await this.reserve(options));
    let sent = false;
    try {
      return await this.#guarded(action, () => {
        sent = true;
        const timeoutMs = Math.max(1, Math.min(this.#config.timeoutMs, deadlineAt - this.#clock.now()));
        return this.#call({ action, form, read, timeoutMs, http: this.#http });
      });
    } finally {
      if (sent) slot.release();
      else slot.giveBack();
    }
  }

  async #guarded<T>(action: Action, call: () => Promise<T>): Promise<T> {
    try {
      return await this.#circuits.run(action, call);
    } catch (error) {
      throw this.#failures.notSent(error, action);
    }
  }

  /** A circuit's own question; it passes the pace like any other call. */
  async #probe(read: Read): Promise<void> {
    // Who waits for the probe waits no longer than for a call of its own.
    const deadlineAt = this.#clock.now() + Math.min(this.#config.timeoutMs, this.#config.deadlineMs);
    const slot = await this.#dispatcher.acquire({ priority: 'lookup', deadlineAt });
    try {
      const timeoutMs = Math.max(1, deadlineAt - this.#clock.now());
      await this.#call({ ...read, timeoutMs, http: this.#http });
    } catch (error) {
      // A panel that refuses is a panel that answers.
      if (isSick(error) || !(error instanceof ProviderError)) throw error;
    } finally {
      slot.release();
    }
  }

  async #failsAltogether(): Promise<boolean> {
    for (const read of this.#probes.witnesses()) {
      const failure = await this.#probe(read).catch((error: unknown) => error);
      // One that could not be sent proves nothing.
      if (!isSick(failure)) return false;
    }
    return true;
  }

  async #call<T>(call: {
    action: Action;
    form: WireForm;
    read: (value: WireValue, context: DecodeContext) => T | null;
    timeoutMs: number;
    http: Pick<PanelHttp, 'post'>;
  }): Promise<T> {
    const { action, form, read, timeoutMs, http } = call;
    const startedAt = this.#clock.now();
    let sentAt = startedAt;
    const onStart = (): void => {
      this.#dispatcher.departed(startedAt);
      sentAt = this.#clock.now();
    };
    const body = new URLSearchParams({ key: this.#config.key.reveal(), ...form }).toString();
    const maxBytes = action === 'services' ? MAX_LIST_BYTES : MAX_REPLY_BYTES;
    try {
      const reply = await http.post({ body, timeoutMs, maxBytes, onStart });
      const result = this.#interpret(action, reply, read);
      this.#ended(call, { startedAt, sentAt }, null);
      return result;
    } catch (error) {
      const failure = this.#failures.describe(error, action);
      this.#ended(call, { startedAt, sentAt }, failure);
      throw failure;
    }
  }

  #ended(
    read: Read,
    { startedAt, sentAt }: { readonly startedAt: number; readonly sentAt: number },
    failure: ProviderError | null,
  ): void {
    const { action } = read;
    if (!SPENDS.has(action)) this.#probes.ended(read, isSick(failure));
    const call = { isAdd: action === 'add', sentAt };
    if (failure?.code === 'RATE_LIMITED') {
      this.#dispatcher.refusedByPanel({ ...call, retryAfterMs: failure.retryAfterMs });
    } else if (failure === null || failure.outcome === 'rejected') {
      this.#dispatcher.acceptedByPanel(call);
    }
    const at = this.#wallClock.now();
    const ms = this.#clock.now() - startedAt;
    this.#stats.record({ at, ms, error: failure && failure.outcome !== 'rejected' ? failure.message : null });
    this.#telemetry.panelCallEnded({ panel: this.#config.id, action, ms, code: failure?.code ?? null });
  }

  #interpret<T>(action: Action, reply: HttpReply, read: AskOptions<T>['read']): T {
    const { status, retryAfterMs } = reply;
    if (status === 429) {
      const refusal = {
        code: 'RATE_LIMITED',
        outcome: 'not-sent',
        isRecognised: true,
        panelMessage: 'HTTP 429',
      } as const;
      throw this.#failures.refused(action, refusal, retryAfterMs);
    }
    if (status >= 500 || (status >= 300 && status < 400)) throw this.#failures.badStatus(action, status, retryAfterMs);
    const value = this.#parse(action, reply);
    const refusal = this.#dialect.decodeRefusal(value, action, { httpStatus: status });
    if (refusal) throw this.#failures.refused(action, refusal, retryAfterMs);
    if (status >= 400) throw this.#failures.badStatus(action, status, retryAfterMs);
    const result = read(value, { panel: this.#config.id, at: new Date(this.#wallClock.now()) });
    if (result === null) throw this.#failures.unreadable(action, 'not what the protocol says');
    return result;
  }

  #parse(action: Action, { status, text }: HttpReply): WireValue {
    try {
      return parseExactJson(this.#redaction.body(text));
    } catch {
      if (status >= 400) throw this.#failures.badStatus(action, status, null);
      throw this.#failures.unreadable(action, text.trim() === '' ? 'it is empty' : 'it is no whole JSON');
    }
  }
}

const SPENDS: ReadonlySet<Action> = new Set(['add', 'refill', 'cancel']);

function isRepeatable(error: unknown): boolean {
  return error instanceof ProviderError && error.outcome !== 'rejected' && !POINTLESS_TO_REPEAT.has(error.code);
}
const POINTLESS_TO_REPEAT: ReadonlySet<string> = new Set(['CIRCUIT_OPEN', 'SHUTTING_DOWN']);

function isRateLimit(error: unknown): boolean {
  return error instanceof ProviderError && error.code === 'RATE_LIMITED';
}

/** What the panel asks for, else exponential. */
function delayAfter(error: unknown, failures: number): number {
  const asked = error instanceof ProviderError ? error.retryAfterMs : null;
  return asked ?? (isRateLimit(error) ? 0 : BACKOFF_MS * 2 ** Math.max(0, failures - 1));
}
