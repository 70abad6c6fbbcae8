/**
 * One form POST to a panel, over undici. Follows no redirect (the key would go along), bounds time and size, and
 * tells a call that cannot have reached the panel from one that may have.
 */
import { buildConnector, Client, type Dispatcher as HttpDispatcher, Pool } from 'undici';
import type { NotSentCode, UnknownCode } from '../../domain/errors.ts';

export interface HttpReply {
  readonly status: number;
  /** From Retry-After, in ms; null where it is not said. */
  readonly retryAfterMs: number | null;
  readonly text: string;
}

/** A call without an answer. */
export class HttpFailure extends Error {
  readonly code: NotSentCode | UnknownCode;
  /** False where no byte of the request can have reached the panel. */
  readonly maybeSent: boolean;

  constructor(code: NotSentCode | UnknownCode, maybeSent: boolean, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'HttpFailure';
    this.code = code;
    this.maybeSent = maybeSent;
  }
}

export interface PostOptions {
  /** The form with its key, url-encoded. */
  readonly body: string;
  /** From the start of the call to the end of the answer. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** A connection of its own: a reset on a reused one cannot be told from a lost answer. */
  readonly freshConnection: boolean;
}

export interface PanelHttp {
  /** @throws HttpFailure */
  post(options: PostOptions): Promise<HttpReply>;
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
  const { origin, pathname, search } = new URL(url);
  const limits = { headersTimeout: 0, bodyTimeout: 0, connect: { timeout: connectTimeoutMs } };
  const pool = new Pool(origin, { ...limits, connections, pipelining: 1, keepAliveTimeout: 30_000 });
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
    'user-agent': userAgent,
  };

  const underWay = new Set<Promise<unknown>>();

  async function send(client: HttpDispatcher, options: PostOptions, isConnected: () => boolean): Promise<HttpReply> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(TIMED_OUT), options.timeoutMs);
    try {
      const reply = await client.request({
        method: 'POST',
        path: pathname + search,
        headers,
        body: options.body,
        signal: abort.signal,
        reset: options.freshConnection,
      });
      const retryAfterMs = readRetryAfter(reply.headers['retry-after']);
      return { status: reply.statusCode, retryAfterMs, text: await readText(reply.body, options.maxBytes) };
    } catch (error) {
      throw error instanceof HttpFailure ? error : describeFailure(error, abort.signal.aborted, isConnected());
    } finally {
      clearTimeout(timer);
    }
  }

  async function postOnce(options: PostOptions): Promise<HttpReply> {
    let connected = false;
    const connect = buildConnector({ timeout: connectTimeoutMs });
    const client = new Client(origin, {
      ...limits,
      connect: (target, callback) => {
        connect(target, (...result) => {
          connected ||= result[0] === null;
          callback(...result);
        });
      },
    });
    try {
      return await send(client, options, () => connected);
    } finally {
      void client.destroy();
    }
  }

  return {
    post(options) {
      if (!options.freshConnection) return send(pool, options, () => true);
      const posted = postOnce(options).finally(() => underWay.delete(posted));
      underWay.add(posted);
      return posted;
    },
    async close() {
      await Promise.allSettled([pool.close(), ...underWay]);
    },
  };
}

const TIMED_OUT = new Error('timed out');

/** What the system was doing when no connection came about. */
const CONNECTING = new Set(['connect', 'getaddrinfo']);

async function readText(body: AsyncIterable<Buffer>, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    // Leaving the loop destroys the stream, and with it the rest of the answer.
    if (size > maxBytes)
      throw new HttpFailure('UNREADABLE_REPLY', true, `The answer is larger than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function describeFailure(error: unknown, timedOut: boolean, connected: boolean): HttpFailure {
  const { code, syscall } = reasonOf(error);
  if (code === 'UND_ERR_CLOSED' || code === 'UND_ERR_DESTROYED') {
    return new HttpFailure('SHUTTING_DOWN', false, 'The gateway is closing.', error);
  }
  if (!connected || code === 'UND_ERR_CONNECT_TIMEOUT' || CONNECTING.has(syscall)) {
    const reason = timedOut || code === 'UND_ERR_CONNECT_TIMEOUT' ? 'no connection in time' : code || 'no connection';
    return new HttpFailure('PANEL_UNREACHABLE', false, `The panel cannot be reached (${reason}).`, error);
  }
  if (code.startsWith('CERT_') || TLS_CODES.has(code)) {
    return new HttpFailure('PANEL_UNREACHABLE', false, `The panel's certificate is refused (${code}).`, error);
  }
  if (timedOut) return new HttpFailure('PANEL_TIMEOUT', true, 'The panel did not answer in time.', error);
  const reason = code || 'no reason given';
  return new HttpFailure('PANEL_ERROR', true, `The connection broke before the answer was whole (${reason}).`, error);
}

const TLS_CODES = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

interface Reason {
  readonly code: string;
  /** What the system was doing; empty where it was not the system that failed. */
  readonly syscall: string;
}

function reasonOf(error: unknown): Reason {
  for (let each = error; each instanceof Error; each = each.cause) {
    // Several addresses of one name were tried: the first one's reason stands for all.
    if (each instanceof AggregateError && each.errors.length > 0) return reasonOf(each.errors[0]);
    if ('code' in each && typeof each.code === 'string') {
      return { code: each.code, syscall: 'syscall' in each ? String(each.syscall) : '' };
    }
  }
  return { code: '', syscall: '' };
}

/** Longer says no more than "not today", and would not fit where clients read it. */
const MAX_RETRY_AFTER_MS = 86_400_000;

function readRetryAfter(header: string | string[] | undefined): number | null {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return null;
  const ms = /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(0, Math.ceil(ms)), MAX_RETRY_AFTER_MS) : null;
}
