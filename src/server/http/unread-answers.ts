/** Gives up answers that their clients do not read, since an answer is held in memory until it is read. */
import type { ServerResponse } from 'node:http';

export interface UnreadAnswersOptions {
  /** The responses whose answers are not out yet. */
  readonly responses: () => Iterable<ServerResponse>;
  /** How long a client may read nothing of its answer, in ms. Default 30 s. */
  readonly stalledMs?: number;
  /** How long an answer may wait for its client altogether, in ms. Default 5 minutes. */
  readonly mostMs?: number;
  /** In ms, never going back. */
  readonly now?: () => number;
  /** Called for each answer that is given up. */
  readonly onGivenUp: () => void;
}

const STALLED_MS = 30_000;
const MOST_MS = 300_000;
/** How often answers are looked at. */
const INTERVAL_MS = 1_000;

interface Waiting {
  /** When it was first seen to wait. */
  readonly since: number;
  /** The bytes that were left when something was last read, and when that was. */
  readonly left: number;
  readonly movedAt: number;
}

export class UnreadAnswers {
  readonly #options: Required<UnreadAnswersOptions>;
  /** The answers that were not fully read at the last look. */
  #waiting = new Map<ServerResponse, Waiting>();
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

  /** Closes the connections of the answers that have waited too long. */
  look(): void {
    const { responses, stalledMs, mostMs, now, onGivenUp } = this.#options;
    const at = now();
    const waiting = new Map<ServerResponse, Waiting>();
    for (const response of responses()) {
      const left = response.writableLength;
      if (left === 0) continue;
      const before = this.#waiting.get(response);
      const hasMoved = before === undefined || left !== before.left;
      const present = { since: before?.since ?? at, left, movedAt: hasMoved ? at : before.movedAt };
      if (at - present.movedAt < stalledMs && at - present.since < mostMs) {
        waiting.set(response, present);
        continue;
      }
      response.destroy();
      onGivenUp();
    }
    this.#waiting = waiting;
  }

  /** Stops looking. */
  close(): void {
    clearInterval(this.#timer);
  }
}
