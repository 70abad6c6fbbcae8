/**
 * Makes a stream of results that can be ended from outside: by a shutdown, or when the client has gone.
 *
 * A source that waits for its next event hears of neither by itself, and a response that waits for the source would
 * hold a shutdown up for ever.
 */
export interface EndingStream<Value> extends AsyncIterableIterator<Value> {
  /** Completes the stream for its reader and lets go of the source. Harmless when repeated. */
  end(): void;
}

/** Wraps a source; `onEnd` is called once, however the stream ends. */
export function createEndingStream<Value>(source: AsyncIterable<Value>, onEnd: () => void): EndingStream<Value> {
  const iterator = source[Symbol.asyncIterator]();
  const done = { done: true, value: undefined } as const;
  let isEnded = false;
  let completeRead: (() => void) | null = null;

  const close = () => {
    if (isEnded) return;
    isEnded = true;
    completeRead?.();
    onEnd();
  };
  const release = () => {
    // The reader is gone: there is nobody left to tell that letting go has failed.
    iterator.return?.().then(undefined, () => {});
  };

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () =>
      new Promise((resolve, reject) => {
        if (isEnded) return resolve(done);
        completeRead = () => resolve(done);
        iterator.next().then(
          (result) => {
            completeRead = null;
            if (result.done) close();
            resolve(result);
          },
          (error: unknown) => {
            completeRead = null;
            close();
            reject(error);
          },
        );
      }),
    return: async () => {
      if (!isEnded) release();
      close();
      return done;
    },
    end: () => {
      if (isEnded) return;
      close();
      release();
    },
  };
}

/** The streams of a server, to be ended together. */
export class OpenStreams {
  readonly #streams = new Set<{ end(): void }>();
  #isEnded = false;

  add(stream: { end(): void }): void {
    this.#streams.add(stream);
    // Its request was under way when the others were ended.
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
