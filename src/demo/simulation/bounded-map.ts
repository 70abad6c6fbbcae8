/** A map that forgets its oldest entries beyond `limit`, so that a panel under load stays bounded in memory. */
export class BoundedMap<K, V> {
  readonly #map = new Map<K, V>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: K): V | undefined {
    return this.#map.get(key);
  }

  set(key: K, value: V): void {
    this.#map.set(key, value);
    if (this.#map.size <= this.#limit) return;
    for (const oldest of this.#map.keys()) {
      this.#map.delete(oldest);
      return;
    }
  }

  /** The entries that are left, oldest first. */
  values(): V[] {
    return [...this.#map.values()];
  }
}
