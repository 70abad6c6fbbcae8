/** A call without an answer: why there is none, and whether the call may have reached the panel. */
import type { NotSentCode, UnknownCode } from '../../../domain/errors.ts';

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

export interface CallProgress {
  /** The call's own time limit has ended it. */
  readonly timedOut: boolean;
  /** There was a connection (encrypted, for https), so that bytes may have gone out. */
  readonly connected: boolean;
}

/** What the system was doing when it could not connect. */
const CONNECTING = new Set(['connect', 'getaddrinfo']);

export function describeFailure(error: unknown, { timedOut, connected }: CallProgress): HttpFailure {
  if (error instanceof HttpFailure) return error;
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
  /** What the system was doing; empty where the failure is not the system's. */
  readonly syscall: string;
}

function reasonOf(error: unknown): Reason {
  for (let each = error; each instanceof Error; each = each.cause) {
    // Where several addresses of one name were tried, the first one's reason stands for all.
    if (each instanceof AggregateError && each.errors.length > 0) return reasonOf(each.errors[0]);
    if ('code' in each && typeof each.code === 'string') {
      return { code: each.code, syscall: 'syscall' in each ? String(each.syscall) : '' };
    }
  }
  return { code: '', syscall: '' };
}
