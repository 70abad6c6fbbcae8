/**
 * Reads a GraphQL request from the socket.
 *
 * Here and not in Yoga, which pipes each body through a stream to count its bytes: read here, and handed over parsed,
 * a small query is served two to three times as often (docs: architecture, "Performance notes").
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Refusal } from '../http/json-response.ts';

export type GraphqlRequest =
  | { readonly kind: 'query-string' }
  | { readonly kind: 'body'; readonly body: object }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** The client has gone before it had sent everything. */
  | { readonly kind: 'gone' };

const QUERY_STRING: GraphqlRequest = { kind: 'query-string' };
const GONE: GraphqlRequest = { kind: 'gone' };

/** Reads what a GET or POST asks for. Only a JSON POST has a body; forms and text, which any web page can send, are refused. */
export async function readGraphqlRequest(
  request: IncomingMessage,
  response: ServerResponse,
  maxBytes: number,
): Promise<GraphqlRequest> {
  if (request.method === 'GET') {
    return checkQueryString(request.url ?? '');
  }
  if (request.method !== 'POST') {
    const refusal = { status: 405, code: 'INVALID_INPUT', message: 'Use GET or POST.' } as const;
    return { kind: 'refused', refusal: { ...refusal, headers: { Allow: 'GET, POST, OPTIONS' } } };
  }
  if (!isJson(request)) return refuse(415, 'Send the operation as JSON, with Content-Type: application/json.');
  const tooLarge = refuse(413, `The body is larger than ${maxBytes} bytes (limits.bodyBytes).`);
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return tooLarge;
  if (request.headers.expect !== undefined) response.writeContinue();
  const bytes = await readBody(request, maxBytes);
  if (bytes === 'gone') return GONE;
  return bytes === 'too-large' ? tooLarge : parseBody(bytes);
}

function isJson({ headers }: IncomingMessage): boolean {
  const [type, ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  const isUtf8 = parameters.every((parameter) => !/^\s*charset\s*=(?!\s*"?utf-?8"?\s*$)/.test(parameter));
  return type?.trim() === 'application/json' && isUtf8 && (headers['content-encoding'] ?? 'identity') === 'identity';
}

function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | 'too-large' | 'gone'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      request.removeAllListeners('data');
      resolve('too-large');
    });
    request.once('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    request.once('close', () => resolve('gone'));
    // A socket that breaks is told by `close`; without a listener it would take the process down.
    request.on('error', () => resolve('gone'));
  });
}

function parseBody(bytes: Buffer): GraphqlRequest {
  let body: unknown;
  try {
    body = JSON.parse(bytes.toString('utf8'));
  } catch {
    return refuse(400, bytes.length === 0 ? 'The body is empty.' : 'The body is not valid JSON.');
  }
  if (Array.isArray(body)) return refuse(400, 'Send one operation a request: batches are not supported.');
  if (typeof body !== 'object' || body === null) return refuse(400, 'The body must be a JSON object.');
  // Not left to Yoga: it takes an empty object for a body still to be read from the socket, and would wait for ever.
  if (!('query' in body) || typeof body.query !== 'string') {
    return refuse(400, 'The body must hold the operation as text in `query`.');
  }
  return { kind: 'body', body };
}

function checkQueryString(url: string): GraphqlRequest {
  const parameters = new URLSearchParams(/\?(.*)/s.exec(url)?.[1] ?? '');
  if (!parameters.get('query')) return refuse(400, 'The URL must hold the operation in the parameter `query`.');
  for (const name of ['variables', 'extensions']) {
    // Yoga parses these without a guard, which would make a typing error an unexpected one.
    if (!isJsonText(parameters.get(name) || 'null')) return refuse(400, `The parameter \`${name}\` is not valid JSON.`);
  }
  return QUERY_STRING;
}

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const refuse = (status: number, message: string): GraphqlRequest => ({
  kind: 'refused',
  refusal: { status, code: 'INVALID_INPUT', message },
});
