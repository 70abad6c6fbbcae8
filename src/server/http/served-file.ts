/** A file that the gateway serves from memory: compressed once for each encoding, and told apart by its content. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, gzip, constants as zlib } from 'node:zlib';

export interface ServedFile {
  /** A media type. */
  readonly type: string;
  /** The first 16 hexadecimal digits of the SHA-256 of the content. */
  readonly hash: string;
  /** The content in an encoding; it is compressed when it is first asked for, outside of the event loop. */
  read(encoding: Encoding): Promise<Buffer>;
}

type Encoding = 'br' | 'gzip' | 'identity';

export function createServedFile({ type, text }: { type: string; text: string }): ServedFile {
  const bytes = Buffer.from(text);
  const compressed = new Map<Encoding, Promise<Buffer>>();
  return {
    type,
    hash: createHash('sha256').update(bytes).digest('hex').slice(0, 16),
    read(encoding) {
      const known = compressed.get(encoding) ?? compress(bytes, encoding);
      compressed.set(encoding, known);
      return known;
    },
  };
}

async function compress(bytes: Buffer, encoding: Encoding): Promise<Buffer> {
  switch (encoding) {
    case 'br':
      return promisify(brotliCompress)(bytes, {
        // Quality 9 takes four times as long for files that are 4% smaller, while the first browser waits.
        params: { [zlib.BROTLI_PARAM_QUALITY]: 5, [zlib.BROTLI_PARAM_SIZE_HINT]: bytes.length },
      });
    case 'gzip':
      return promisify(gzip)(bytes);
    case 'identity':
      return bytes;
  }
}

export interface SendFileOptions {
  readonly file: ServedFile;
  /** How long browsers may keep it. */
  readonly cacheControl: string;
  /** The request headers beside Accept-Encoding that decide what is sent. */
  readonly vary?: readonly string[];
}

/** Sends a file in the best encoding that the client takes, or 304 where the client has it already. */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  { file, cacheControl, vary = [] }: SendFileOptions,
): Promise<void> {
  // A weak tag, since it is the same for every encoding.
  const tag = `W/"${file.hash}"`;
  response.setHeader('Cache-Control', cacheControl);
  response.setHeader('ETag', tag);
  response.appendHeader('Vary', ['Accept-Encoding', ...vary].join(', '));
  if (request.headers['if-none-match']?.includes(tag)) {
    response.writeHead(304).end();
    return;
  }
  const encoding = chooseEncoding(request.headers['accept-encoding']);
  const bytes = await file.read(encoding);
  if (encoding !== 'identity') response.setHeader('Content-Encoding', encoding);
  response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': bytes.length });
  response.end(bytes);
}

/** Brotli before gzip; an encoding with the weight 0 is one that the client refuses. */
function chooseEncoding(accepted: string | string[] | undefined): Encoding {
  const names = String(accepted ?? '')
    .toLowerCase()
    .split(',')
    .map((part) => part.split(';').map((piece) => piece.trim()))
    .filter(([, weight]) => !weight || !/^q\s{0,5}=\s{0,5}0(?:\.0{1,3})?$/.test(weight))
    .map(([name]) => name);
  if (names.includes('br')) return 'br';
  return names.includes('gzip') ? 'gzip' : 'identity';
}
