/** Answers that the server gives without running an operation, in the shape of a GraphQL result. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ErrorCode } from '../../domain/errors.ts';
import { UNEXPECTED_CODE, UNEXPECTED_MESSAGE } from '../graphql/error-format.ts';

/** Why a request is not served. */
export interface RefusedRequest {
  readonly status: number;
  readonly code: ErrorCode | typeof UNEXPECTED_CODE | 'PERSISTED_QUERY_NOT_SUPPORTED';
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the connection is closed without reading what the client still sends, since reading it is what costs. */
  readonly cutsOff?: boolean;
}

/** All that a client is told of a failure of the server itself. */
export const UNEXPECTED_FAILURE: RefusedRequest = { status: 500, code: UNEXPECTED_CODE, message: UNEXPECTED_MESSAGE };

/** How much of an unread body is read and dropped after a refusal, and for how long. */
const DISCARD_BYTES = 16_000_000;
const DISCARD_MS = 5000;

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  sendText(response, status, { type: 'application/json; charset=utf-8', text: JSON.stringify(value) });
}

export function sendText(response: ServerResponse, status: number, body: { type: string; text: string }): void {
  // Encoded once: a text would be encoded here for its length, and again when it is written.
  const bytes = Buffer.from(body.text);
  response.writeHead(status, { 'Content-Type': body.type, 'Content-Length': bytes.length });
  response.end(bytes);
}

/** A longer answer is sent as its client reads it, which shows whether the client reads at all. */
const SENT_IN_ONE_GO_BYTES = 1_500_000;

/** Sends an answer that was written in pieces. */
export async function sendPieces(
  response: ServerResponse,
  status: number,
  { type, pieces }: { type: string; pieces: readonly Buffer[] },
): Promise<void> {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': length });
  if (length <= SENT_IN_ONE_GO_BYTES) return void response.end(Buffer.concat(pieces));
  // It is no failure if the client goes before it has read everything.
  await pipeline(Readable.from(pieces, { objectMode: false }), response).catch(() => {});
}

/** A refusal as a GraphQL result. */
export const refusalResult = ({ code, message }: RefusedRequest) => ({ errors: [{ message, extensions: { code } }] });

/**
 * Answers with one GraphQL error, also while the client is still sending its body.
 *
 * The answer goes out at once. A bounded part of the body is then read and dropped before the connection is closed: a
 * client whose connection closes while it writes loses the answer that it was about to read.
 */
export function sendRefusal(request: IncomingMessage, response: ServerResponse, refusal: RefusedRequest): void {
  const { accept } = request.headers;
  const isGraphqlJson = accept?.includes('application/graphql-response+json') === true;
  const text = JSON.stringify(refusalResult(refusal));
  const isBodyUnread = !request.complete && hasBody(request);
  response.writeHead(refusal.status, {
    ...refusal.headers,
    'Content-Type': `application/${isGraphqlJson ? 'graphql-response+json' : 'json'}; charset=utf-8`,
    'Content-Length': Buffer.byteLength(text),
    ...(isBodyUnread ? { Connection: 'close' } : {}),
  });
  if (refusal.cutsOff) {
    response.once('finish', () => request.socket.destroy());
    response.end(text);
    return;
  }
  // A client that waits for "100 Continue" has sent no body, and will send none.
  if (!isBodyUnread || request.headers.expect !== undefined) {
    response.end(text);
    return;
  }
  response.write(text);
  discardBody(request, () => response.end());
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

function discardBody(request: IncomingMessage, onDone: () => void): void {
  let bytes = 0;
  const finish = () => {
    clearTimeout(timer);
    request.removeAllListeners('data');
    request.pause();
    onDone();
  };
  const timer = setTimeout(finish, DISCARD_MS);
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > DISCARD_BYTES) finish();
  });
  request.once('end', finish);
  request.once('close', () => clearTimeout(timer));
}
