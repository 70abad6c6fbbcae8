/**
 * A connection of its own for one post that spends: a reset on a reused connection cannot be told from a lost answer.
 * By Node's own client, since an undici `Client`, made for many requests, costs half a millisecond more.
 */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
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
export function openFreshConnection({ url, headers, connectTimeoutMs }: FreshConnectionOptions): FreshConnection {
  const isEncrypted = url.protocol === 'https:';
  // Node writes the header together with the body: nothing goes out before the post.
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
  // Not `once`: an error after the answer concerns nobody, but without a listener it would end the process.
  request.on('error', (error) => reject(failureOf(error)));
  // Some ends have no other event, such as an answer 101 to a request that asked for no other protocol.
  request.once('close', () => reject(failureOf(new Error('closed'))));
  // Before the post nobody awaits this promise.
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
        // Later: the answer need not wait until the connection is closed.
        setImmediate(close);
      }
    },
  };
}
