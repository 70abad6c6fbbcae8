/**
 * A connection of its own for one post that spends, by Node's own client: a reset on a reused connection cannot be
 * told from a lost answer, and an undici `Client`, made for many requests, costs half a millisecond more.
 */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { describeFailure, type HttpFailure } from './http-failure.ts';
import { type HttpReply, type PostOptions, readRetryAfter, readText } from './http-reply.ts';

export interface FreshConnection {
  /** Once. Never sends twice, and follows nothing. @throws HttpFailure */
  post(options: PostOptions): Promise<HttpReply>;
  /** Where nothing is to be sent after all. */
  close(): void;
}

export interface FreshConnectionOptions {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** To connect, TLS included. */
  readonly connectTimeoutMs: number;
}

/** They keep no connection; one for all, since making an agent takes as long as connecting. */
const HTTP_AGENT = new HttpAgent({ keepAlive: false });
const HTTPS_AGENT = new HttpsAgent({ keepAlive: false });

/** Begins to connect, so that it may be done by the time that something is sent. Why it fails, the post tells. */
export function openFreshConnection({ url, headers, connectTimeoutMs }: FreshConnectionOptions): FreshConnection {
  const isEncrypted = url.protocol === 'https:';
  // The header is written with the body: nothing goes out before the post.
  const request = isEncrypted
    ? httpsRequest(url, { method: 'POST', agent: HTTPS_AGENT, headers })
    : httpRequest(url, { method: 'POST', agent: HTTP_AGENT, headers });
  let timedOut = false;
  let connected = false;
  let posted = false;
  const giveUpAfter = (ms: number): NodeJS.Timeout =>
    setTimeout(() => {
      timedOut = true;
      request.destroy(new Error('timed out'));
    }, ms);
  const connecting = giveUpAfter(connectTimeoutMs);
  request.once('socket', (socket) => {
    socket.once(isEncrypted ? 'secureConnect' : 'connect', () => {
      connected = true;
      clearTimeout(connecting);
    });
  });
  const { promise: answered, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request.once('response', resolve);
  const failureOf = (error: unknown): HttpFailure =>
    describeFailure(error, { timedOut, connected: connected && posted });
  // Not once: one that comes after the answer is nobody's, and without a listener it would end the process.
  request.on('error', (error) => reject(failureOf(error)));
  // Some ends have no event of their own, such as the answer 101 to who asked for no other protocol.
  request.once('close', () => reject(failureOf(new Error('closed'))));
  // Before the post nobody waits for it.
  answered.catch(() => undefined);

  const close = (): void => {
    clearTimeout(connecting);
    request.destroy();
  };
  return {
    close,
    async post({ body, timeoutMs, maxBytes }) {
      const timer = giveUpAfter(timeoutMs);
      try {
        posted = true;
        request.end(body);
        const response = await answered;
        const retryAfterMs = readRetryAfter(response.headers['retry-after']);
        return { status: response.statusCode ?? 0, retryAfterMs, text: await readText(response, maxBytes) };
      } catch (error) {
        throw failureOf(error);
      } finally {
        clearTimeout(timer);
        // Not at once: the answer need not wait for the end of the connection.
        setImmediate(close);
      }
    },
  };
}
