/** The headers of every response: they tell browsers what not to do with it, and which foreign pages may read it. */
import type { IncomingMessage, ServerResponse } from 'node:http';

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
};

/** The same as a flat list, which `writeHead` writes faster; used for the most frequent answers. */
const FLAT_SECURITY_HEADERS: readonly string[] = Object.entries(SECURITY_HEADERS).flat();

/** Writes an answer and all of its headers at once. Only for a server without `corsOrigins`. */
export function sendPlainAnswer(response: ServerResponse, { type, text }: { type: string; text: string }): void {
  const length = String(Buffer.byteLength(text));
  response.writeHead(200, ['Content-Type', type, 'Content-Length', length, ...FLAT_SECURITY_HEADERS]);
  response.end(text);
}

/** Sets the headers that every response has. Whoever answers may still replace one. */
export function setResponseHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  corsOrigins: readonly string[],
): void {
  for (const name in SECURITY_HEADERS) response.setHeader(name, SECURITY_HEADERS[name]!);
  if (corsOrigins.length === 0) return;
  response.setHeader('Vary', 'Origin');
  const { origin } = request.headers;
  if (origin === undefined || !corsOrigins.includes(origin)) return;
  // Allow-Credentials is left out: a page authenticates with a header that it sets, not with what the browser stores.
  response.setHeader('Access-Control-Allow-Origin', origin);
}

/** Answers OPTIONS with the methods, and tells a page that has permission which headers it may send. */
export function sendOptions(response: ServerResponse, methods: string): void {
  response.setHeader('Allow', methods);
  if (response.hasHeader('Access-Control-Allow-Origin')) {
    response.setHeader('Access-Control-Allow-Methods', methods);
    response.setHeader('Access-Control-Allow-Headers', 'Content-Type, Authorization');
    response.setHeader('Access-Control-Max-Age', '600');
  }
  response.writeHead(204).end();
}
