/** The placements that this process works on. They are not abandoned, and a repeat of a key waits for their end. */
interface RunningPlacement {
  count: number;
  readonly ended: Promise<void>;
  readonly end: () => void;
}

export class RunningPlacements {
  readonly #byId = new Map<string, RunningPlacement>();
  readonly #ids = new Set<string>();

  /** The live set, not a copy: a caller that reads the ledger first sees placements here that began meanwhile. */
  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** Resolves when this process no longer works on the placement. */
  async ended(id: string): Promise<void> {
    await this.#byId.get(id)?.ended;
  }

  /** Resolves when this process works on no placement. */
  async none(): Promise<void> {
    while (this.#byId.size > 0) await Promise.all(Array.from(this.#byId.values(), ({ ended }) => ended));
  }

  /** Counts the placement as worked on until `work` settles. Two repeats of a key may work on one placement. */
  async during<T>(id: string, work: () => Promise<T>): Promise<T> {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const running = this.#byId.get(id) ?? { count: 0, ended, end };
    running.count += 1;
    this.#byId.set(id, running);
    this.#ids.add(id);
    try {
      return await work();
    } finally {
      running.count -= 1;
      if (running.count === 0) {
        this.#byId.delete(id);
        this.#ids.delete(id);
        running.end();
      }
    }
  }
}
