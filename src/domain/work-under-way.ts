/** Work that is under way, so that a part which closes can wait for its end. */
export class WorkUnderWay {
  readonly #work = new Set<Promise<unknown>>();

  /** Counts `work` until it settles, and gives it back. Its failure is for who awaits it. */
  track<T>(work: Promise<T>): Promise<T> {
    this.#work.add(work);
    const end = (): void => {
      this.#work.delete(work);
    };
    work.then(end, end);
    return work;
  }

  /** Resolves when what has been begun by now is over. Never rejects. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#work);
  }

  /** Resolves when nothing is under way any more, what was begun meanwhile included. Never rejects. */
  async ended(): Promise<void> {
    while (this.#work.size > 0) await Promise.allSettled(this.#work);
  }
}
