/**
 * A stream of results that can be ended from outside: by a shutdown, or when the client has gone. A source that waits
 * for its next event notices neither, and a response that waits for such a source would hold up a shutdown for ever.
 */
export interface EndingStream<Value> extends AsyncIterableIterator<Value> {
  /** Completes the stream for its reader and releases the source. A second call does nothing. */
  end(): void;
}

/** Wraps a source. `onEnd` is called once, however the stream ends. */
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
    // The reader has gone, so a failure to release the source concerns nobody.
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
