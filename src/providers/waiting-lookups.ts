/** Look-ups that no call has taken yet: by number, by age, and by whose turn it is. */

import { FairQueue } from './fair-queue.ts';
import type { LookupResult, Priority } from './provider.ts';

/** One number that is looked up, for all who ask for it. */
export interface PendingLookup<T> {
  readonly number: string;
  priority: Priority;
  readonly askedAt: number;
  readonly deadlineAt: number;
  isWaiting: boolean;
  readonly promise: Promise<LookupResult<T>>;
  /** A second result is dropped. */
  readonly settle: (result: LookupResult<T>) => void;
}

export class WaitingLookups<T> {
  /** The oldest first; all have the same time, so that their deadlines have the same order. */
  readonly #byNumber = new Map<string, PendingLookup<T>>();
  readonly #lookups = new FairQueue<PendingLookup<T>>();
  readonly #tracker = new FairQueue<PendingLookup<T>>();
  #lookupCount = 0;

  get size(): number {
    return this.#byNumber.size;
  }

  /** How many of them the tracker's do not stand before. */
  get lookupCount(): number {
    return this.#lookupCount;
  }

  get oldest(): PendingLookup<T> | undefined {
    const [oldest] = this.#byNumber.values();
    return oldest;
  }

  find(number: string): PendingLookup<T> | undefined {
    return this.#byNumber.get(number);
  }

  add(entry: PendingLookup<T>, group: object): void {
    this.#byNumber.set(entry.number, entry);
    if (entry.priority === 'lookup') this.#addLookup(entry, group);
    else this.#tracker.push(group, entry);
  }

  /** The tracker's look-up has become somebody's. */
  prefer(entry: PendingLookup<T>, group: object): void {
    if (entry.priority === 'lookup') return;
    entry.priority = 'lookup';
    this.#addLookup(entry, group);
  }

  /** Takes up to `most`, evenly from all groups, look-ups before the tracker's. */
  take(most: number): PendingLookup<T>[] {
    const taken = this.#lookups.take(most, ({ isWaiting }) => isWaiting);
    const isTrackers = ({ isWaiting, priority }: PendingLookup<T>): boolean => isWaiting && priority !== 'lookup';
    if (taken.length < most) taken.push(...this.#tracker.take(most - taken.length, isTrackers));
    for (const entry of taken) this.#remove(entry);
    return taken;
  }

  /** Takes those whose deadline is not after an instant. */
  takeUntil(deadlineAt: number): PendingLookup<T>[] {
    const taken: PendingLookup<T>[] = [];
    for (const entry of this.#byNumber.values()) {
      if (entry.deadlineAt > deadlineAt) break;
      this.#remove(entry);
      taken.push(entry);
    }
    if (this.size === 0) {
      this.#lookups.clear();
      this.#tracker.clear();
    }
    return taken;
  }

  #addLookup(entry: PendingLookup<T>, group: object): void {
    this.#lookupCount += 1;
    this.#lookups.push(group, entry);
  }

  #remove(entry: PendingLookup<T>): void {
    entry.isWaiting = false;
    this.#byNumber.delete(entry.number);
    if (entry.priority === 'lookup') this.#lookupCount -= 1;
  }
}
