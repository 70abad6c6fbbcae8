/** A post to a panel and its reply, and how the reply's text is read. */
import { HttpFailure } from './http-failure.ts';

export interface PostOptions {
  /** The form with its key, url-encoded. */
  readonly body: string;
  /** From the post to the end of the answer. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** A longer reply comes as bytes, since making text of it takes time. Kept connections alone heed this. */
  readonly maxTextBytes?: number;
  /** Called when the post goes out over a kept connection, which may have to be made first. */
  readonly onStart?: () => void;
}

export interface HttpReply {
  readonly status: number;
  /** From Retry-After, in ms; null where the header is missing or cannot be read. */
  readonly retryAfterMs: number | null;
  /** Empty where the reply comes as `bytes`. */
  readonly text: string;
  readonly bytes?: ArrayBuffer;
}

/** Puts the parts of a reply together. */
export class TextReader {
  readonly #maxBytes: number;
  readonly #chunks: Buffer[] = [];
  #size = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** @throws HttpFailure where the reply is larger than `maxBytes`: the rest need not be read */
  add(chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > this.#maxBytes) {
      throw new HttpFailure('UNREADABLE_REPLY', true, `The answer is larger than ${this.#maxBytes} bytes.`);
    }
    this.#chunks.push(chunk);
  }

  get size(): number {
    return this.#size;
  }

  /** The bytes in memory of their own, which can be moved to another thread. */
  endAsBytes(): ArrayBuffer {
    const bytes = new Uint8Array(this.#size);
    let at = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes.buffer;
  }

  end(): string {
    const [only] = this.#chunks;
    return (this.#chunks.length === 1 ? only! : Buffer.concat(this.#chunks)).toString('utf8');
  }
}

/** @throws HttpFailure where the reply is larger than `maxBytes` */
export async function readText(body: AsyncIterable<Buffer>, maxBytes: number): Promise<string> {
  const text = new TextReader(maxBytes);
  // An error that is thrown within the loop destroys the stream, so that the rest is not received.
  for await (const chunk of body) text.add(chunk);
  return text.end();
}

/** A longer wait says no more than "not today", and may not fit into the clients' integers. */
const MAX_RETRY_AFTER_MS = 86_400_000;

export function readRetryAfter(header: string | string[] | undefined): number | null {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return null;
  const ms = /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(0, Math.ceil(ms)), MAX_RETRY_AFTER_MS) : null;
}
