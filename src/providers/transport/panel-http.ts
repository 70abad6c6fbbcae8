/**
 * Form POSTs to a panel: over undici's kept connections, or on one of its own. Follows no redirect (the key would go along), bounds time and size, and
 * tells a call that cannot have reached the panel from one that may have.
 */
import { Pool } from 'undici';
import { type FreshConnection, openFreshConnection } from './fresh-connection.ts';
import { describeFailure } from './http-failure.ts';
import { type HttpReply, type PostOptions, readRetryAfter, readText } from './http-reply.ts';

export interface PanelHttp {
  /** Over a connection that is kept for others. @throws HttpFailure */
  post(options: PostOptions): Promise<HttpReply>;
  /** Begins to connect for one post that spends. */
  open(): FreshConnection;
  /** Ends idle connections at once; returns when the calls under way are done. */
  close(): Promise<void>;
}

export interface PanelHttpOptions {
  readonly url: string;
  readonly userAgent: string;
  readonly connections: number;
  /** To connect, TLS included. */
  readonly connectTimeoutMs: number;
}

export function createPanelHttp({ url, userAgent, connections, connectTimeoutMs }: PanelHttpOptions): PanelHttp {
  const target = new URL(url);
  const { origin, pathname, search } = target;
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    keepAliveTimeout: 30_000,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: connectTimeoutMs },
  });
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
    'user-agent': userAgent,
  };
  const spending = new Set<Promise<unknown>>();

  async function post({ body, timeoutMs, maxBytes }: PostOptions): Promise<HttpReply> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(TIMED_OUT), timeoutMs);
    try {
      const { signal } = abort;
      const reply = await pool.request({ method: 'POST', path: pathname + search, headers, body, signal });
      const retryAfterMs = readRetryAfter(reply.headers['retry-after']);
      return { status: reply.statusCode, retryAfterMs, text: await readText(reply.body, maxBytes) };
    } catch (error) {
      throw describeFailure(error, { timedOut: abort.signal.aborted, connected: true });
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    post,
    open() {
      const connection = openFreshConnection({ url: target, headers, connectTimeoutMs });
      return {
        close: connection.close,
        post(options) {
          const posted = connection.post(options);
          const ended = posted.catch(() => undefined).finally(() => spending.delete(ended));
          spending.add(ended);
          return posted;
        },
      };
    },
    async close() {
      await Promise.allSettled([pool.close(), ...spending]);
    },
  };
}

const TIMED_OUT = new Error('timed out');
