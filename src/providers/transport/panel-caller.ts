/** Makes one call: posts the form, reads the reply, and tells pace, probes, statistics and telemetry how it went. */
import type { PanelConfig } from '../../config/config.ts';
import type { ProviderError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/time/clock.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import type { Action } from '../dialect.ts';
import type { Dispatcher } from '../pacing/dispatcher.ts';
import type { CallFailures } from './call-failures.ts';
import type { CallStats } from './call-stats.ts';
import { isSick } from './circuit/circuits.ts';
import type { ProbeChoice } from './circuit/probe-choice.ts';
import type { PanelHttp } from './http/panel-http.ts';
import type { PanelCall } from './panel-call.ts';
import type { ReplyReader } from './reply-reader.ts';

export interface PanelCallerOptions {
  readonly config: Pick<PanelConfig, 'id' | 'key'>;
  readonly dispatcher: Dispatcher;
  readonly probes: ProbeChoice;
  readonly reader: ReplyReader;
  readonly failures: CallFailures;
  readonly stats: CallStats;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  /** For the instants that are shown. */
  readonly wallClock: Clock;
}

export interface MakeCallOptions {
  /** Over which connection. */
  readonly http: Pick<PanelHttp, 'post'>;
  /** From the post to the end of the answer. */
  readonly timeoutMs: number;
}

const MAX_LIST_BYTES = 32 * 1024 * 1024;
/** A longer list goes to the reader of long lists. Reading this much takes some five milliseconds. */
const MAX_LIST_TEXT_BYTES = 32 * 1024;
/** A thousand orders with a hundred children each. */
const MAX_REPLY_BYTES = 1024 * 1024;
const SPENDS: ReadonlySet<Action> = new Set(['add', 'refill', 'cancel']);

/** When a call was let go, and when it went out. */
interface CallTimes {
  readonly startedAt: number;
  readonly sentAt: number;
}

export class PanelCaller {
  readonly #options: PanelCallerOptions;

  constructor(options: PanelCallerOptions) {
    this.#options = options;
  }

  /** Sends once. The caller holds leave for it. @throws ProviderError */
  async make<T>(call: PanelCall<T>, { http, timeoutMs }: MakeCallOptions): Promise<T> {
    const { config, clock, wallClock, dispatcher, failures, reader } = this.#options;
    const { action, form } = call;
    const startedAt = clock.now();
    let sentAt = startedAt;
    const onStart = (): void => {
      dispatcher.departed(startedAt);
      sentAt = clock.now();
    };
    const body = new URLSearchParams({ key: config.key.reveal(), ...form }).toString();
    const sizes =
      action === 'services'
        ? { maxBytes: MAX_LIST_BYTES, maxTextBytes: MAX_LIST_TEXT_BYTES }
        : { maxBytes: MAX_REPLY_BYTES };
    try {
      const reply = await http.post({ body, timeoutMs, ...sizes, onStart });
      const result = await reader.read(call, reply, new Date(wallClock.now()));
      this.#ended(call, { startedAt, sentAt }, null);
      return result;
    } catch (error) {
      const failure = failures.describe(error, action);
      this.#ended(call, { startedAt, sentAt }, failure);
      throw failure;
    }
  }

  #ended(call: PanelCall<unknown>, times: CallTimes, failure: ProviderError | null): void {
    const { config, clock, wallClock, probes, stats, telemetry } = this.#options;
    const { action } = call;
    if (!SPENDS.has(action)) probes.ended(call, isSick(failure));
    this.#tellThePace(action, times, failure);
    const ms = clock.now() - times.startedAt;
    const error = failure && failure.outcome !== 'rejected' ? failure.message : null;
    stats.record({ at: wallClock.now(), ms, error });
    telemetry.panelCallEnded({ panel: config.id, action, ms, code: failure?.code ?? null });
  }

  #tellThePace(action: Action, { sentAt }: CallTimes, failure: ProviderError | null): void {
    const { dispatcher } = this.#options;
    const call = { isAdd: action === 'add', sentAt };
    if (failure?.code === 'RATE_LIMITED') {
      dispatcher.refusedByPanel({ ...call, retryAfterMs: failure.retryAfterMs });
    } else if (failure === null || failure.outcome === 'rejected') {
      dispatcher.acceptedByPanel(call);
    }
  }
}
