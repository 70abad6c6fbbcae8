/**
 * Reads the JSON body of a request.
 *
 * The listener reads it, not Yoga: Yoga pipes each body through a stream to count its bytes, which costs more than half
 * of the throughput of a small query (docs/decisions/0005-request-bodies.md).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RefusedRequest } from './json-response.ts';

export type RequestBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly refusal: RefusedRequest }
  /** The client has gone before it had sent everything. */
  | { readonly kind: 'gone' };

/** Reads at most `maxBytes`. Forms and plain text are refused, since any web page can send them. */
export async function readJsonBody(
  request: IncomingMessage,
  response: ServerResponse,
  maxBytes: number,
): Promise<RequestBody> {
  if (!isJson(request)) return refuse(415, 'Send the operation as JSON, with Content-Type: application/json.');
  const tooLarge = refuse(413, `The body is larger than ${maxBytes} bytes (limits.bodyBytes).`);
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return tooLarge;
  if (request.headers.expect !== undefined) response.writeContinue();
  const bytes = await readBytes(request, maxBytes);
  if (bytes === 'gone') return { kind: 'gone' };
  if (bytes === 'too-many') return { kind: 'refused', refusal: TOO_MANY_CHUNKS };
  return bytes === 'too-large' ? tooLarge : parse(bytes);
}

function isJson({ headers }: IncomingMessage): boolean {
  const [type, ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  const isUtf8 = parameters.every((parameter) => !/^\s*charset\s*=(?!\s*"?utf-?8"?\s*$)/.test(parameter));
  return type?.trim() === 'application/json' && isUtf8 && (headers['content-encoding'] ?? 'identity') === 'identity';
}

/** A packet holds a thousand bytes and more. Who sends chunks of a few bytes means to keep the gateway busy. */
const MOST_CHUNKS = 10_000;

const TOO_MANY_CHUNKS: RefusedRequest = {
  status: 400,
  code: 'INVALID_INPUT',
  message: `The body comes in more than ${MOST_CHUNKS} chunks. Send larger chunks.`,
  headers: { Connection: 'close' },
  cutsOff: true,
};

function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer | 'too-large' | 'too-many' | 'gone'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes && chunks.length < MOST_CHUNKS) {
        chunks.push(chunk);
        return;
      }
      request.removeAllListeners('data');
      resolve(bytes > maxBytes ? 'too-large' : 'too-many');
    });
    request.once('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    request.once('close', () => resolve('gone'));
    // `close` follows an error and is handled above; an error without a listener would end the process.
    request.on('error', () => resolve('gone'));
  });
}

function parse(bytes: Buffer): RequestBody {
  try {
    return { kind: 'json', value: JSON.parse(bytes.toString('utf8', lengthOfByteOrderMark(bytes))) };
  } catch {
    return refuse(400, bytes.length === 0 ? 'The body is empty.' : 'The body is not valid JSON.');
  }
}

/** Some programs on Windows write one before any text; JSON.parse would refuse it. */
function lengthOfByteOrderMark(bytes: Buffer): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

const refuse = (status: number, message: string): RequestBody => ({
  kind: 'refused',
  refusal: { status, code: 'INVALID_INPUT', message },
});
