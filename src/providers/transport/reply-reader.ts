/** What an HTTP reply says: by its status first, then by its JSON, then by the words of the panel. */
import type { Action, Refusal, WireValue } from '../dialect.ts';
import type { CallFailures } from './call-failures.ts';
import { parseExactJson } from './exact-json.ts';
import type { HttpReply } from './http/http-reply.ts';
import type { PanelCall } from './panel-call.ts';
import type { Redaction } from './redaction.ts';

export interface ReplyReaderOptions {
  readonly panel: string;
  readonly redaction: Redaction;
  readonly failures: CallFailures;
}

const TOO_MANY_REQUESTS: Refusal = {
  code: 'RATE_LIMITED',
  outcome: 'not-sent',
  isRecognised: true,
  panelMessage: 'HTTP 429',
};

export class ReplyReader {
  readonly #panel: string;
  readonly #redaction: Redaction;
  readonly #failures: CallFailures;

  constructor({ panel, redaction, failures }: ReplyReaderOptions) {
    this.#panel = panel;
    this.#redaction = redaction;
    this.#failures = failures;
  }

  /** @throws ProviderError where the reply is a refusal, a failure of the panel, or cannot be read */
  read<T>({ action, read }: PanelCall<T>, reply: HttpReply, at: Date): T {
    const { status, retryAfterMs } = reply;
    if (status === 429) throw this.#failures.refused(action, TOO_MANY_REQUESTS, retryAfterMs);
    if (status >= 500 || (status >= 300 && status < 400)) throw this.#failures.badStatus(action, status, retryAfterMs);
    const answer = read(this.#parse(action, reply), { panel: this.#panel, at, httpStatus: status });
    if (answer.kind === 'refused') throw this.#failures.refused(action, answer.refusal, retryAfterMs);
    if (status >= 400) throw this.#failures.badStatus(action, status, retryAfterMs);
    if (answer.kind === 'unreadable') throw this.#failures.unreadable(action, 'not what the protocol says');
    return answer.value;
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
