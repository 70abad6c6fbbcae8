/**
 * A queue in which groups take turns: the groups that wait share evenly in what is taken, so that a large group does
 * not hold up a small one. Within a group the order is kept.
 */
export class FairQueue<T> {
  /** The group whose turn is next comes first. */
  readonly #groups = new Map<object, Line<T>>();

  push(group: object, item: T): void {
    const line = this.#groups.get(group);
    if (line) line.items.push(item);
    else this.#groups.set(group, { items: [item], next: 0 });
  }

  /** Takes up to `limit` items; drops items on the way for which `isWanted` is false. */
  take(limit: number, isWanted: (item: T) => boolean): T[] {
    const taken: T[] = [];
    while (taken.length < limit && this.#groups.size > 0) this.#takeRound(taken, limit, isWanted);
    return taken;
  }

  clear(): void {
    this.#groups.clear();
  }

  #takeRound(taken: T[], limit: number, isWanted: (item: T) => boolean): void {
    let turns = this.#groups.size;
    const share = Math.max(1, Math.floor((limit - taken.length) / turns));
    for (const [group, line] of this.#groups) {
      if (turns === 0 || taken.length >= limit) return;
      turns -= 1;
      const most = Math.min(limit, taken.length + share);
      while (taken.length < most && line.next < line.items.length) {
        const item = line.items[line.next] as T;
        line.next += 1;
        if (isWanted(item)) taken.push(item);
      }
      // To the end of the queue, so that the next take begins with the group that got least.
      this.#groups.delete(group);
      if (line.next < line.items.length) this.#groups.set(group, line);
    }
  }
}

interface Line<T> {
  readonly items: T[];
  /** The index of the next item: those before it are taken. */
  next: number;
}
