/** The work that an object has begun, so that the object can wait for the end of it when it closes. */
export class WorkUnderWay {
  readonly #work = new Set<Promise<unknown>>();

  /** Counts `work` until it settles, and returns it. Its failure is left to the caller. */
  track<T>(work: Promise<T>): Promise<T> {
    this.#work.add(work);
    const end = (): void => {
      this.#work.delete(work);
    };
    work.then(end, end);
    return work;
  }

  /** Resolves when all work that is under way now has settled. Never rejects. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#work);
  }

  /** Resolves when no work is under way any more, including work that begins meanwhile. Never rejects. */
  async ended(): Promise<void> {
    while (this.#work.size > 0) await Promise.allSettled(this.#work);
  }
}
