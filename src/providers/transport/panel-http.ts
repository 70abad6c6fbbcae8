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

  return {
    async post(options) {
      if (!options.freshConnection) return send(pool, options, () => true);
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
    },
    close: () => pool.close(),
  };
}

const TIMED_OUT = new Error('timed out');

/** Errors of a connection that never stood. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

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
  const code = errorCode(error);
  if (!connected || NOT_CONNECTED.has(code)) {
    const reason = timedOut || code === 'UND_ERR_CONNECT_TIMEOUT' ? 'no connection in time' : code || 'no connection';
    return new HttpFailure('PANEL_UNREACHABLE', false, `The panel cannot be reached (${reason}).`, error);
  }
  if (code.startsWith('CERT_') || TLS_CODES.has(code)) {
    return new HttpFailure('PANEL_UNREACHABLE', false, `The panel's certificate is refused (${code}).`, error);
  }
  if (timedOut) return new HttpFailure('PANEL_TIMEOUT', true, 'The panel did not answer in time.', error);
  return new HttpFailure('PANEL_ERROR', true, `The connection broke before the answer was whole (${code}).`, error);
}

const TLS_CODES = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function errorCode(error: unknown): string {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string') return each.code;
    // Several addresses of one name were tried: the first one's reason stands for all.
    if (each instanceof AggregateError && each.errors.length > 0) return errorCode(each.errors[0]);
  }
  return '';
}

function readRetryAfter(header: string | string[] | undefined): number | null {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return null;
  const ms = /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}
