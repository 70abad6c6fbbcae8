/** Turns failures of calls into errors that say what they mean for the money, and show no key. */
import { GatewayError, type NotSentCode, ProviderError, type ProviderErrorDetails } from '../../domain/errors.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import type { Action, Refusal } from '../dialect.ts';
import { NoCallsLeftError } from '../pacing/call-allowance.ts';
import { DispatcherClosedError, QueueFullError } from '../pacing/call-slot.ts';
import { CircuitOpenError } from './circuit/breaker.ts';
import { HttpFailure } from './http/http-failure.ts';
import type { Redaction } from './redaction.ts';

export interface CallFailuresOptions {
  readonly panel: string;
  readonly redaction: Redaction;
  readonly telemetry: Telemetry;
}

/** How often something may be done in a minute, and how long it is until the next time. */
export interface MinuteLimit {
  readonly most: number;
  readonly waitMs: number;
}

export class CallFailures {
  readonly #panel: string;
  readonly #redaction: Redaction;
  readonly #telemetry: Telemetry;

  constructor({ panel, redaction, telemetry }: CallFailuresOptions) {
    this.#panel = panel;
    this.#redaction = redaction;
    this.#telemetry = telemetry;
  }

  /** A failure of `action` that the panel worded. */
  refused(action: Action, refusal: Refusal, retryAfterMs: number | null = null): ProviderError {
    const panelMessage = this.#redaction.message(refusal.panelMessage);
    const { isRecognised, ...classified } = refusal;
    if (action === 'add' && !isRecognised) {
      this.#telemetry.unknownRefusalPhrase({ panel: this.#panel, phrase: panelMessage });
    }
    return this.#error({
      action,
      ...classified,
      isUnrecognisedRefusal: !isRecognised,
      panelMessage,
      retryAfterMs,
      message: sentenceOf(refusal)(panelMessage),
    });
  }

  /** A failure of `action` whose answer cannot be read. */
  unreadable(action: Action, what: string): ProviderError {
    const message = `The panel's answer to \`${action}\` cannot be read (${what}).`;
    return this.#error({ action, outcome: 'unknown', code: 'UNREADABLE_REPLY', message });
  }

  /** A failure of `action` that only the HTTP status tells of. */
  badStatus(action: Action, status: number, retryAfterMs: number | null): ProviderError {
    const message = `The panel answered \`${action}\` with HTTP ${status}.`;
    return this.#error({ action, outcome: 'unknown', code: 'PANEL_ERROR', message, retryAfterMs });
  }

  /** The failure of an item that needs one more call, where the request has none left. */
  noCallsLeft(action: Action): ProviderError {
    return new NoCallsLeftError({ panel: this.#panel, action });
  }

  /** The failure of an item that a panel's answer to a list left out, and that cannot be asked about singly now. */
  leftOut(action: Action, { most, waitMs }: MinuteLimit): ProviderError {
    const message =
      'The panel left this number out of its answer to a list, and is asked about such numbers singly at most ' +
      `${most} times a minute.`;
    return this.#error({ action, outcome: 'not-sent', code: 'RATE_LIMITED', message, retryAfterMs: Math.ceil(waitMs) });
  }

  /** What became of a call that threw. An error that nobody foresaw counts as sent. */
  describe(error: unknown, action: Action): ProviderError {
    if (error instanceof ProviderError) return error;
    if (error instanceof HttpFailure) {
      const outcome = error.maybeSent ? 'unknown' : 'not-sent';
      return this.#error({ action, outcome, code: error.code, message: this.#redaction.message(error.message) });
    }
    // Nothing else is expected here. It is logged, and the money counts as perhaps spent.
    this.#telemetry.unexpectedError(`panel ${this.#panel}, ${action}`, error);
    return this.#error({ action, outcome: 'unknown', code: 'PANEL_ERROR', message: 'The call failed unexpectedly.' });
  }

  /** An error that kept a call from going out, as a ProviderError; any other error as it is. */
  notSent(error: unknown, action: Action): unknown {
    if (error instanceof GatewayError) return error;
    const refuse = (code: NotSentCode, message: string, retryAfterMs: number | null = null): ProviderError =>
      this.#error({ action, outcome: 'not-sent', code, message, retryAfterMs });
    if (error instanceof CircuitOpenError) {
      const message = 'The panel has been failing; the gateway is not calling it for the moment.';
      return refuse('CIRCUIT_OPEN', message, error.retryAfterMs);
    }
    if (error instanceof QueueFullError) {
      const message = 'More calls wait for the panel than it allows within the deadline.';
      return refuse('RATE_LIMITED', message, error.retryAfterMs);
    }
    if (error instanceof DispatcherClosedError) return refuse('SHUTTING_DOWN', error.message);
    return error;
  }

  #error(details: Omit<ProviderErrorDetails, 'panel'>): ProviderError {
    return new ProviderError({ panel: this.#panel, ...details });
  }
}

function sentenceOf({ outcome, isRecognised }: Refusal): (panelMessage: string) => string {
  if (isRecognised || outcome !== 'unknown') return SENTENCES[outcome];
  return (panelMessage) =>
    `The panel answered in words that the gateway does not know; whether it has done it is not known: ${panelMessage}`;
}

const SENTENCES: Record<ProviderError['outcome'], (panelMessage: string) => string> = {
  rejected: (panelMessage) => `The panel refused: ${panelMessage}`,
  'not-sent': () => 'The panel allows no more calls for the moment.',
  unknown: (panelMessage) => `The panel failed on its own side: ${panelMessage}`,
};
