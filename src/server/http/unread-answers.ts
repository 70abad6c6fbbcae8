/** Gives up answers that their clients do not read: what waits for a client is held in memory. */
import type { ServerResponse } from 'node:http';

export interface UnreadAnswersOptions {
  /** How long nothing may be read of an answer that waits. Default 30 s. */
  readonly stalledMs?: number;
  /** How long an answer may wait altogether. Default 5 minutes. */
  readonly mostMs?: number;
  /** In ms, never going back. */
  readonly now?: () => number;
  /** Told of each answer that is given up. */
  readonly onGivenUp: () => void;
}

const STALLED_MS = 30_000;
const MOST_MS = 300_000;
/** How often answers are looked at. */
const INTERVAL_MS = 1_000;

interface Waiting {
  /** When it was first seen to wait. */
  readonly since: number;
  /** What was left at the last look that saw something read, and when that was. */
  readonly left: number;
  readonly movedAt: number;
}

export class UnreadAnswers {
  readonly #options: Required<UnreadAnswersOptions>;
  readonly #open = new Map<ServerResponse, Waiting | null>();
  readonly #timer: NodeJS.Timeout;

  constructor({
    stalledMs = STALLED_MS,
    mostMs = MOST_MS,
    now = () => performance.now(),
    ...rest
  }: UnreadAnswersOptions) {
    this.#options = { stalledMs, mostMs, now, ...rest };
    this.#timer = setInterval(() => this.look(), INTERVAL_MS);
    this.#timer.unref();
  }

  /** Looks after an answer until it is out. */
  watch(response: ServerResponse): void {
    this.#open.set(response, null);
  }

  /** The answer is out, or its client has gone. */
  forget(response: ServerResponse): void {
    this.#open.delete(response);
  }

  /** Closes the connections of the answers that have waited too long. */
  look(): void {
    const { stalledMs, mostMs, now, onGivenUp } = this.#options;
    const at = now();
    for (const [response, before] of this.#open) {
      const left = response.writableLength;
      if (left === 0) {
        if (before) this.#open.set(response, null);
        continue;
      }
      const hasMoved = before === null || left !== before.left;
      const waiting: Waiting = { since: before?.since ?? at, left, movedAt: hasMoved ? at : before.movedAt };
      this.#open.set(response, waiting);
      if (at - waiting.movedAt < stalledMs && at - waiting.since < mostMs) continue;
      this.#open.delete(response);
      response.destroy();
      onGivenUp();
    }
  }

  /** Looks no more. */
  close(): void {
    clearInterval(this.#timer);
  }
}
