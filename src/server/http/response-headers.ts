/** The headers of every response: what browsers must not do with it, and which foreign pages may read it. */
import type { IncomingMessage, ServerResponse } from 'node:http';

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
};

/** The same for `writeHead`, which writes a flat list at once: for the answers that are many. */
const FLAT_SECURITY_HEADERS: readonly string[] = Object.entries(SECURITY_HEADERS).flat();

/** Writes a small JSON answer in one go, where no page may read it from elsewhere. */
export function sendPlainAnswer(response: ServerResponse, { type, text }: { type: string; text: string }): void {
  const length = String(Buffer.byteLength(text));
  response.writeHead(200, ['Content-Type', type, 'Content-Length', length, ...FLAT_SECURITY_HEADERS]);
  response.end(text);
}

/** Sets the headers that every response carries; a handler may still replace one. */
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
  // Without Allow-Credentials: a page authenticates with a header of its own, never with what the browser keeps.
  response.setHeader('Access-Control-Allow-Origin', origin);
}

/** Answers OPTIONS: the methods, and to a page that has permission what it may send. */
export function sendOptions(response: ServerResponse, methods: string): void {
  response.setHeader('Allow', methods);
  if (response.hasHeader('Access-Control-Allow-Origin')) {
    response.setHeader('Access-Control-Allow-Methods', methods);
    response.setHeader('Access-Control-Allow-Headers', 'Content-Type, Authorization');
    response.setHeader('Access-Control-Max-Age', '600');
  }
  response.writeHead(204).end();
}
