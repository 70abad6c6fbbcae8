/**
 * A queue in which groups take turns: what is taken is shared evenly by the groups that wait, so that a large one
 * does not hold up a small one. Within a group the order stays.
 */
export class FairQueue<T> {
  /** In the order of their turns. */
  readonly #groups = new Map<object, Line<T>>();

  push(group: object, item: T): void {
    const line = this.#groups.get(group);
    if (line) line.items.push(item);
    else this.#groups.set(group, { items: [item], next: 0 });
  }

  /** Takes up to `limit` items; those that `isWanted` no more are dropped on the way. */
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
      // To the end of the line, so that the next take begins with who got least.
      this.#groups.delete(group);
      if (line.next < line.items.length) this.#groups.set(group, line);
    }
  }
}

interface Line<T> {
  readonly items: T[];
  /** How many were taken. */
  next: number;
}
