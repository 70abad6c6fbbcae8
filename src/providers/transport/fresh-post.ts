/**
 * One post on a connection of its own, by Node's own client: an undici `Client` is made for many requests, and making
 * one for each purchase costs half a millisecond more (docs/decisions/0010-compiled-queries.md).
 */
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { describeFailure } from './http-failure.ts';
import { type HttpReply, readRetryAfter, readText } from './http-reply.ts';

export interface FreshPost {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** To connect, TLS included. */
  readonly connectTimeoutMs: number;
  /** From the start of the call to the end of the answer. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** Never sends twice, and follows nothing. @throws HttpFailure */
export async function postOnFreshConnection(options: FreshPost): Promise<HttpReply> {
  const { url, headers, body, connectTimeoutMs, timeoutMs, maxBytes } = options;
  const isEncrypted = url.protocol === 'https:';
  const request = (isEncrypted ? httpsRequest : httpRequest)(url, {
    method: 'POST',
    // None: a connection is opened for this request and closed after it.
    agent: false,
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
  });
  const progress = { timedOut: false, connected: false };
  const giveUpAfter = (ms: number): NodeJS.Timeout =>
    setTimeout(() => {
      progress.timedOut = true;
      request.destroy(new Error('timed out'));
    }, ms);
  const startedAt = performance.now();
  let timer = giveUpAfter(Math.min(connectTimeoutMs, timeoutMs));
  request.once('socket', (socket) => {
    socket.setNoDelay();
    // Before it no byte of the request is written.
    socket.once(isEncrypted ? 'secureConnect' : 'connect', () => {
      progress.connected = true;
      clearTimeout(timer);
      timer = giveUpAfter(Math.max(1, timeoutMs - (performance.now() - startedAt)));
    });
  });
  try {
    const response = await send(request, body);
    const retryAfterMs = readRetryAfter(response.headers['retry-after']);
    return { status: response.statusCode ?? 0, retryAfterMs, text: await readText(response, maxBytes) };
  } catch (error) {
    throw describeFailure(error, progress);
  } finally {
    clearTimeout(timer);
    request.destroy();
  }
}

function send(request: ClientRequest, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    // Not once: one that comes after the answer is nobody's, and without a listener it would end the process.
    request.on('error', reject);
    request.end(body);
  });
}
