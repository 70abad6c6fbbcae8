/** Answers that may be given again for a while. In two generations, so that what has expired goes without a scan. */
export class RecentAnswers<T> {
  readonly #ttlMs: number;
  readonly #mostKept: number;
  #young = new Map<string, Answer<T>>();
  #old = new Map<string, Answer<T>>();
  #turnedAt = Number.NEGATIVE_INFINITY;

  /** At most `mostKept` of the newest answers are kept, each for `ttlMs`. */
  constructor({ ttlMs, mostKept }: { readonly ttlMs: number; readonly mostKept: number }) {
    this.#ttlMs = ttlMs;
    this.#mostKept = mostKept;
  }

  /** Undefined where there is no answer, or it is too old. */
  find(key: string, now: number): { readonly value: T } | undefined {
    const answer = this.#young.get(key) ?? this.#old.get(key);
    return answer && answer.until > now ? answer : undefined;
  }

  remember(key: string, value: T, now: number): void {
    if (now - this.#turnedAt >= this.#ttlMs || this.#young.size >= this.#mostKept / 2) {
      // The young are forgotten with the old where they are as old.
      this.#old = now - this.#turnedAt >= 2 * this.#ttlMs ? new Map() : this.#young;
      this.#young = new Map();
      this.#turnedAt = now;
    }
    this.#young.set(key, { value, until: now + this.#ttlMs });
  }

  forget(key: string): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }

  /** How many are kept, expired ones included. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }
}

interface Answer<T> {
  readonly value: T;
  readonly until: number;
}
