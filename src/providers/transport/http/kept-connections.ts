/**
 * Posts over connections that are kept: for reading, where a call may be repeated. By undici's `dispatch`, since its
 * `request` makes a stream and an iterator for each reply, which takes time of each look-up.
 */
import { type Dispatcher, Pool } from 'undici';
import { describeFailure, type HttpFailure } from './http-failure.ts';
import { type HttpReply, type PostOptions, readRetryAfter, TextReader } from './http-reply.ts';

export interface KeptConnections {
  /** Follows no redirect. @throws HttpFailure */
  post(options: PostOptions): Promise<HttpReply>;
  /** Ends idle connections at once; returns when the calls under way are done. */
  close(): Promise<void>;
}

export interface KeptConnectionsOptions {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  /** To connect, TLS included. */
  readonly connectTimeoutMs: number;
}

export function createKeptConnections(options: KeptConnectionsOptions): KeptConnections {
  const { origin, pathname, search } = options.url;
  const pool = new Pool(origin, {
    connections: options.connections,
    pipelining: 1,
    keepAliveTimeout: 30_000,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: options.connectTimeoutMs },
  });
  const request = { method: 'POST', path: pathname + search, headers: options.headers } as const;
  return {
    post: ({ body, ...limits }) =>
      new Promise((resolve, reject) => {
        pool.dispatch({ ...request, body }, new ReplyHandler(limits, { resolve, reject }));
      }),
    close: () => pool.close(),
  };
}

interface Outcome {
  resolve(reply: HttpReply): void;
  reject(failure: HttpFailure): void;
}

/** Gathers one reply. What comes after its outcome is ignored. */
class ReplyHandler implements Dispatcher.DispatchHandler {
  readonly #outcome: Outcome;
  readonly #onStart: (() => void) | undefined;
  readonly #timer: NodeJS.Timeout;
  readonly #text: TextReader;
  readonly #maxTextBytes: number;
  #controller: Dispatcher.DispatchController | undefined;
  #failure: HttpFailure | undefined;
  #status = 0;
  #retryAfterMs: number | null = null;

  constructor({ timeoutMs, maxBytes, maxTextBytes = maxBytes, onStart }: Omit<PostOptions, 'body'>, outcome: Outcome) {
    this.#outcome = outcome;
    this.#onStart = onStart;
    this.#text = new TextReader(maxBytes);
    this.#maxTextBytes = maxTextBytes;
    this.#timer = setTimeout(() => this.#giveUp(new Error('timed out'), true), timeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // The time was over before there was a connection.
    if (this.#failure) controller.abort(this.#failure);
    else this.#onStart?.();
  }

  onResponseStart(_: unknown, status: number, headers: Record<string, string | string[] | undefined>): void {
    this.#status = status;
    this.#retryAfterMs = readRetryAfter(headers['retry-after']);
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    try {
      this.#text.add(chunk);
    } catch (error) {
      this.#giveUp(error);
    }
  }

  onResponseEnd(): void {
    clearTimeout(this.#timer);
    const head = { status: this.#status, retryAfterMs: this.#retryAfterMs };
    const isText = this.#text.size <= this.#maxTextBytes;
    this.#outcome.resolve(
      isText ? { ...head, text: this.#text.end() } : { ...head, text: '', bytes: this.#text.endAsBytes() },
    );
  }

  onResponseError(_: unknown, error: Error): void {
    this.#fail(error);
  }

  #giveUp(error: unknown, timedOut = false): void {
    // The failure comes first: before there is a connection there is nothing to abort, and no event to wait for.
    const failure = this.#fail(error, timedOut);
    this.#controller?.abort(failure);
  }

  #fail(error: unknown, timedOut = false): HttpFailure {
    clearTimeout(this.#timer);
    this.#failure ??= describeFailure(error, { timedOut, connected: true });
    this.#outcome.reject(this.#failure);
    return this.#failure;
  }
}
