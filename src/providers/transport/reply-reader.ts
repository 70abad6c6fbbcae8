/** What an HTTP reply says: by its status first, then by its JSON, then by the words of the panel. */
import type { PanelConfig } from '../../config/config.ts';
import type { ServiceList } from '../../domain/service.ts';
import type { Action, Refusal, WireValue } from '../dialect.ts';
import { mayHoldMoreThan } from '../json/count-values.ts';
import { parseExactJson } from '../json/exact-json.ts';
import type { LongListReader } from '../lists/long-list.ts';
import { NOT_THE_PROTOCOL, UnreadableAnswerError } from '../unreadable-answer.ts';
import type { CallFailures } from './call-failures.ts';
import type { HttpReply } from './http/http-reply.ts';
import type { Answer, PanelCall } from './panel-call.ts';
import type { Redaction } from './redaction.ts';

export interface ReplyReaderOptions {
  readonly panel: Pick<PanelConfig, 'id' | 'key' | 'dialect' | 'refusals'>;
  readonly longLists: LongListReader;
  readonly redaction: Redaction;
  readonly failures: CallFailures;
}

const TOO_MANY_REQUESTS: Refusal = {
  code: 'RATE_LIMITED',
  outcome: 'not-sent',
  isRecognised: true,
  panelMessage: 'HTTP 429',
};

/** A hundred orders with a hundred children each hold fewer. Parsing as many takes some 30 ms. */
const MOST_VALUES = 50_000;

export class ReplyReader {
  readonly #panel: ReplyReaderOptions['panel'];
  readonly #longLists: LongListReader;
  readonly #redaction: Redaction;
  readonly #failures: CallFailures;

  constructor({ panel, longLists, redaction, failures }: ReplyReaderOptions) {
    this.#panel = panel;
    this.#longLists = longLists;
    this.#redaction = redaction;
    this.#failures = failures;
  }

  /** @throws ProviderError where the reply is a refusal, a failure of the panel, or cannot be read */
  async read<T>({ action, read }: PanelCall<T>, reply: HttpReply, at: Date): Promise<T> {
    const { status, retryAfterMs, bytes } = reply;
    if (status === 429) throw this.#failures.refused(action, TOO_MANY_REQUESTS, retryAfterMs);
    if (status >= 500 || (status >= 300 && status < 400)) throw this.#failures.badStatus(action, status, retryAfterMs);
    const answer = bytes
      ? ((await this.#readLongList(bytes, { at, status })) as Answer<T>)
      : this.#readText(action, reply, (value) => read(value, { panel: this.#panel.id, at, httpStatus: status }));
    if (answer.kind === 'refused') throw this.#failures.refused(action, answer.refusal, retryAfterMs);
    if (status >= 400) throw this.#failures.badStatus(action, status, retryAfterMs);
    if (answer.kind === 'unreadable') throw this.#failures.unreadable(action, answer.why ?? NOT_THE_PROTOCOL);
    return answer.value;
  }

  /** Only answers to `services` come as bytes. */
  async #readLongList(
    bytes: ArrayBuffer,
    { at, status }: { readonly at: Date; readonly status: number },
  ): Promise<Answer<ServiceList>> {
    const { id: panel, key, dialect, refusals } = this.#panel;
    const reading = await this.#longLists.read({
      bytes,
      key: key.reveal(),
      dialect,
      refusals,
      panel,
      at: at.getTime(),
      httpStatus: status,
    });
    return reading.kind === 'found' ? { kind: 'found', value: reading.list } : reading;
  }

  #readText<T>(action: Action, reply: HttpReply, read: (value: WireValue) => Answer<T>): Answer<T> {
    try {
      return read(this.#parse(action, reply));
    } catch (error) {
      if (error instanceof UnreadableAnswerError) return { kind: 'unreadable', why: error.message };
      throw error;
    }
  }

  #parse(action: Action, { status, text }: HttpReply): WireValue {
    if (mayHoldMoreThan(MOST_VALUES, text)) {
      if (status >= 400) throw this.#failures.badStatus(action, status, null);
      throw this.#failures.unreadable(action, `it holds more than ${MOST_VALUES} values`);
    }
    try {
      return parseExactJson(this.#redaction.body(text));
    } catch {
      if (status >= 400) throw this.#failures.badStatus(action, status, null);
      throw this.#failures.unreadable(action, text.trim() === '' ? 'it is empty' : 'it is no whole JSON');
    }
  }
}
