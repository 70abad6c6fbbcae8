/**
 * A connection of its own for one post that spends: a reset on a reused connection cannot be told from a lost answer.
 * By Node's own client, since an undici `Client`, made for many requests, costs half a millisecond more.
 */
import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { describeFailure, type HttpFailure } from './http-failure.ts';
import { type HttpReply, type PostOptions, readRetryAfter, readText } from './http-reply.ts';

export interface FreshConnection {
  /** To be called once. Never sends twice, and follows no redirect. @throws HttpFailure */
  post(options: PostOptions): Promise<HttpReply>;
  /** To be called where nothing is sent after all. */
  close(): void;
}

export interface FreshConnectionOptions {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** To connect, TLS included. */
  readonly connectTimeoutMs: number;
}

/** They keep no connections. Shared by all posts, since making an agent takes as long as connecting. */
const HTTP_AGENT = new HttpAgent({ keepAlive: false });
const HTTPS_AGENT = new HttpsAgent({ keepAlive: false });

/** Begins to connect, so that the connection may be there when the post is made. Where it fails, the post says why. */
export function openFreshConnection(options: FreshConnectionOptions): FreshConnection {
  return new SinglePost(options);
}

class SinglePost implements FreshConnection {
  readonly #request: ClientRequest;
  readonly #connecting: NodeJS.Timeout;
  readonly #answered: Promise<IncomingMessage>;
  #isTimedOut = false;
  #isConnected = false;
  #isPosted = false;

  constructor({ url, headers, connectTimeoutMs }: FreshConnectionOptions) {
    const isEncrypted = url.protocol === 'https:';
    // Node writes the header together with the body: nothing goes out before the post.
    this.#request = isEncrypted
      ? httpsRequest(url, { method: 'POST', agent: HTTPS_AGENT, headers })
      : httpRequest(url, { method: 'POST', agent: HTTP_AGENT, headers });
    this.#connecting = this.#giveUpAfter(connectTimeoutMs);
    this.#request.once('socket', (socket) => {
      socket.once(isEncrypted ? 'secureConnect' : 'connect', () => {
        this.#isConnected = true;
        clearTimeout(this.#connecting);
      });
    });
    this.#answered = this.#awaitAnswer();
  }

  async post({ body, timeoutMs, maxBytes }: PostOptions): Promise<HttpReply> {
    const timer = this.#giveUpAfter(timeoutMs);
    try {
      this.#isPosted = true;
      this.#request.end(body);
      const response = await this.#answered;
      const retryAfterMs = readRetryAfter(response.headers['retry-after']);
      return { status: response.statusCode ?? 0, retryAfterMs, text: await readText(response, maxBytes) };
    } catch (error) {
      throw this.#failureOf(error);
    } finally {
      clearTimeout(timer);
      // Later: the answer need not wait until the connection is closed.
      setImmediate(() => this.close());
    }
  }

  close(): void {
    clearTimeout(this.#connecting);
    this.#request.destroy();
  }

  #awaitAnswer(): Promise<IncomingMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    this.#request.once('response', resolve);
    // Not `once`: an error after the answer concerns nobody, but without a listener it would end the process.
    this.#request.on('error', (error) => reject(this.#failureOf(error)));
    // Some ends have no other event, such as an answer 101 to a request that asked for no other protocol.
    this.#request.once('close', () => reject(this.#failureOf(new Error('closed'))));
    // Before the post nobody awaits this promise.
    promise.catch(() => undefined);
    return promise;
  }

  #giveUpAfter(ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.#isTimedOut = true;
      this.#request.destroy(new Error('timed out'));
    }, ms);
  }

  #failureOf(error: unknown): HttpFailure {
    return describeFailure(error, { timedOut: this.#isTimedOut, connected: this.#isConnected && this.#isPosted });
  }
}
