/** The placements that this process works on: they are not abandoned, and others may wait for their end. */
interface Entry {
  count: number;
  readonly ended: Promise<void>;
  readonly end: () => void;
}

export class RunningPlacements {
  readonly #entries = new Map<string, Entry>();
  readonly #ids = new Set<string>();

  /** As they are at any moment, no copy: who reads the ledger and then this set misses none that began in between. */
  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  /** Resolves when nothing in this process works on the placement any more. */
  async ended(id: string): Promise<void> {
    await this.#entries.get(id)?.ended;
  }

  /** Resolves when this process works on no placement. */
  async none(): Promise<void> {
    while (this.#entries.size > 0) await Promise.all(Array.from(this.#entries.values(), ({ ended }) => ended));
  }

  /** Counts `id` as worked on until `work` settles; several may work on one, as two repeats of a key do. */
  async during<T>(id: string, work: () => Promise<T>): Promise<T> {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const entry = this.#entries.get(id) ?? { count: 0, ended, end };
    entry.count += 1;
    this.#entries.set(id, entry);
    this.#ids.add(id);
    try {
      return await work();
    } finally {
      entry.count -= 1;
      if (entry.count === 0) {
        this.#entries.delete(id);
        this.#ids.delete(id);
        entry.end();
      }
    }
  }
}
