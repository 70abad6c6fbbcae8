import type { IncomingMessage } from 'node:http';

// A list of a hundred ids or a thousand comments is far smaller.
const MOST_BYTES = 1_000_000;

/**
 * Reads a form-urlencoded body; of a doubled field the last stands. Null for another content type or a body above
 * a megabyte. Throws if the caller hangs up.
 */
export async function readForm(request: IncomingMessage): Promise<Record<string, string> | null> {
  const type = request.headers['content-type'] ?? '';
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(type);
  const chunks: Buffer[] = [];
  let bytes = 0;
  // What is too large is read to its end all the same: a connection with an unread body cannot be used again.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MOST_BYTES) chunks.push(chunk);
  }
  if (!isForm || bytes > MOST_BYTES) return null;
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
}
