/**
 * Form POSTs to a panel, over connections that are kept or over a fresh one. Follows no redirect, since the key would
 * go along; bounds time and size; and tells a call that cannot have reached the panel from one that may have.
 */
import { type FreshConnection, openFreshConnection } from './fresh-connection.ts';
import type { HttpReply, PostOptions } from './http-reply.ts';
import { createKeptConnections } from './kept-connections.ts';

export interface PanelHttp {
  /** Over a connection that is kept for further calls. @throws HttpFailure */
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
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
    'user-agent': userAgent,
  };
  const kept = createKeptConnections({ url: target, headers, connections, connectTimeoutMs });
  const spending = new Set<Promise<unknown>>();
  return {
    post: (options) => kept.post(options),
    open() {
      const connection = openFreshConnection({ url: target, headers, connectTimeoutMs });
      return {
        close: () => connection.close(),
        post(options) {
          const posted = connection.post(options);
          const ended = posted.catch(() => undefined).finally(() => spending.delete(ended));
          spending.add(ended);
          return posted;
        },
      };
    },
    async close() {
      await Promise.allSettled([kept.close(), ...spending]);
    },
  };
}
