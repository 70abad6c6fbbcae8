/**
 * Lets only a few large answers be made at a time: each holds memory from its first row until its client has read it.
 * Other answers never wait.
 */
import type { ServerResponse } from 'node:http';
import { GatewayError } from '../../../domain/errors.ts';
import type { Weight } from '../weight/weigh-operation.ts';

/** A large answer has more rows or more bytes than this. */
const LARGE_ROWS = 1_000;
const LARGE_BYTES = 1_000_000;
/** What the large answers may hold together. One larger than that is made alone. */
const MOST_BYTES = 64_000_000;
const MOST_ANSWERS = 4;
/** How long a request waits for room. */
const PATIENCE_MS = 10_000;

/** The leave to make a large answer. */
export interface LargeAnswer {
  /** Sets the length of the answer, which was an estimate until now. */
  resize(bytes: number): void;
  /** The client has read the answer, or has gone. A second call does nothing. */
  end(): void;
}

export class LargeAnswers {
  #bytes = 0;
  #count = 0;
  readonly #waiting: Waiting[] = [];

  /** Whether an operation of this weight needs leave. */
  static isLarge({ rows, answerBytes }: Pick<Weight, 'rows' | 'answerBytes'>): boolean {
    return rows > LARGE_ROWS || answerBytes > LARGE_BYTES;
  }

  /** Leave for an answer that need not wait; null where it would. */
  beginNow({ answerBytes }: Pick<Weight, 'answerBytes'>): LargeAnswer | null {
    if (this.#waiting.length > 0 || !this.#hasRoom(answerBytes)) return null;
    this.#takeRoom(answerBytes);
    return this.#leave(answerBytes);
  }

  /**
   * Resolves when the answer may be made, in the order of arrival.
   * @throws GatewayError RATE_LIMITED where the answers before it are not read in time
   */
  async begin({ answerBytes }: Pick<Weight, 'answerBytes'>): Promise<LargeAnswer> {
    const now = this.beginNow({ answerBytes });
    if (now) return now;
    await this.#waitForRoom(answerBytes);
    return this.#leave(answerBytes);
  }

  /** The leave for room that is taken. */
  #leave(answerBytes: number): LargeAnswer {
    let held = answerBytes;
    let hasEnded = false;
    const hold = (bytes: number): void => {
      this.#bytes += bytes - held;
      held = bytes;
    };
    return {
      resize: (bytes) => {
        if (!hasEnded) hold(bytes);
      },
      end: () => {
        if (hasEnded) return;
        hasEnded = true;
        hold(0);
        this.#count -= 1;
        this.#admit();
      },
    };
  }

  #hasRoom(bytes: number): boolean {
    return this.#count === 0 || (this.#count < MOST_ANSWERS && this.#bytes + bytes <= MOST_BYTES);
  }

  #takeRoom(bytes: number): void {
    this.#count += 1;
    this.#bytes += bytes;
  }

  #waitForRoom(bytes: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(tooMany());
        // The one behind it may need less room.
        this.#admit();
      }, PATIENCE_MS);
      const waiting: Waiting = {
        bytes,
        admit: () => {
          clearTimeout(timer);
          this.#takeRoom(bytes);
          resolve();
        },
      };
      this.#waiting.push(waiting);
    });
  }

  #admit(): void {
    while (this.#waiting[0] && this.#hasRoom(this.#waiting[0].bytes)) this.#waiting.shift()!.admit();
  }
}

/** Ends a large answer with its response. */
export function endWith(response: ServerResponse, answer: LargeAnswer): void {
  response.once('close', () => answer.end());
  if (response.closed) answer.end();
}

interface Waiting {
  readonly bytes: number;
  readonly admit: () => void;
}

function tooMany(): GatewayError {
  return new GatewayError(
    'RATE_LIMITED',
    'Too many large answers are waiting for their clients to read them. Repeat in a few seconds, or ask for smaller pages.',
  );
}
