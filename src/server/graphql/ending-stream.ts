/**
 * Streams of results that can be ended from outside: by a shutdown, or when the client has gone. A source that waits for
 * its next event notices neither, and a response that waits for such a source would hold up a shutdown for ever.
 */
import { turns } from '../../domain/time/turn-taking.ts';

const DONE = { done: true, value: undefined } as const;

export class EndingStream<Value> implements AsyncIterableIterator<Value> {
  readonly #iterator: AsyncIterator<Value>;
  readonly #onEnd: () => void;
  #isEnded = false;
  /** Completes the read that waits for the source. */
  #completeRead: (() => void) | null = null;

  /** `onEnd` is called once, however the stream ends. */
  constructor(source: AsyncIterable<Value>, onEnd: () => void) {
    this.#iterator = source[Symbol.asyncIterator]();
    this.#onEnd = onEnd;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Value, undefined>> {
    if (this.#isEnded) return Promise.resolve(DONE);
    return new Promise((resolve, reject) => {
      this.#completeRead = () => resolve(DONE);
      this.#readSource().then(resolve, reject);
    });
  }

  async return(): Promise<IteratorResult<Value, undefined>> {
    this.end();
    return DONE;
  }

  /** Completes the stream for its reader and releases the source. A second call does nothing. */
  readonly end = (): void => {
    if (this.#isEnded) return;
    this.#close();
    // The reader has gone, so a failure to release the source concerns nobody.
    this.#iterator.return?.().then(undefined, () => {});
  };

  async #readSource(): Promise<IteratorResult<Value, undefined>> {
    try {
      const result = await this.#iterator.next();
      // A source with a thousand events at once must not hold up everything else.
      if (turns.isOver()) await turns.take();
      this.#completeRead = null;
      if (result.done) this.#close();
      return result;
    } catch (error) {
      this.#completeRead = null;
      this.#close();
      throw error;
    }
  }

  #close(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#completeRead?.();
    this.#onEnd();
  }
}

/** The open streams of a server, so that a shutdown can end all of them. */
export class OpenStreams {
  readonly #streams = new Set<{ end(): void }>();
  #isEnded = false;

  add(stream: { end(): void }): void {
    this.#streams.add(stream);
    // A request that was under way when the streams were ended may still open one.
    if (this.#isEnded) stream.end();
  }

  delete(stream: { end(): void }): void {
    this.#streams.delete(stream);
  }

  end(): void {
    this.#isEnded = true;
    for (const stream of this.#streams) stream.end();
  }
}
