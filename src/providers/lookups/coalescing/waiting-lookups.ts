/** Look-ups that no call has taken yet: by number, by age, and by whose turn it is. */
import type { CallAllowance } from '../../pacing/call-allowance.ts';
import type { LookupResult, Priority } from '../../provider.ts';
import { FairQueue } from './fair-queue.ts';

/** One number that is looked up, for all callers that ask for it. */
export interface PendingLookup<T> {
  readonly number: string;
  priority: Priority;
  readonly askedAt: number;
  readonly deadlineAt: number;
  isWaiting: boolean;
  /** Pays for the spare calls of its batch. */
  payer: CallAllowance;
  readonly promise: Promise<LookupResult<T>>;
  /** A second result is dropped. */
  readonly settle: (result: LookupResult<T>) => void;
}

/**
 * One place in so many goes to the look-up that has waited longest, whatever its turn: among hundreds of requests for
 * one number each, a list of a thousand would otherwise not be done before its deadline.
 */
const ONE_FOR_THE_OLDEST_IN = 16;

export class WaitingLookups<T> {
  /** The oldest first. All may wait equally long, so that their deadlines have the same order. */
  readonly #byNumber = new Map<string, PendingLookup<T>>();
  readonly #lookups = new FairQueue<PendingLookup<T>>();
  readonly #tracker = new FairQueue<PendingLookup<T>>();
  /** Those of `#lookups` that wait, the oldest first. */
  readonly #byAge = new Set<PendingLookup<T>>();
  /** How many places are due to the oldest; a fraction is carried over to the next batch. */
  #dueToOldest = 0;

  get size(): number {
    return this.#byNumber.size;
  }

  /** How many of them somebody waits for: all but the tracker's. */
  get lookupCount(): number {
    return this.#byAge.size;
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

  /** A client asks for what only the tracker had asked for: the look-up is as pressing as the client's others. */
  prefer(entry: PendingLookup<T>, group: object): void {
    if (entry.priority === 'lookup') return;
    entry.priority = 'lookup';
    this.#addLookup(entry, group);
  }

  /** Takes up to `most`: a share for the oldest, the rest evenly from all groups, and the tracker's last. */
  take(most: number): PendingLookup<T>[] {
    const taken = this.#takeOldest(most);
    taken.push(...this.#removed(this.#lookups.take(most - taken.length, ({ isWaiting }) => isWaiting)));
    const isTrackers = ({ isWaiting, priority }: PendingLookup<T>): boolean => isWaiting && priority !== 'lookup';
    taken.push(...this.#removed(this.#tracker.take(most - taken.length, isTrackers)));
    return taken;
  }

  #takeOldest(most: number): PendingLookup<T>[] {
    this.#dueToOldest = Math.min(this.#dueToOldest + most / ONE_FOR_THE_OLDEST_IN, most);
    const count = Math.floor(this.#dueToOldest);
    this.#dueToOldest -= count;
    return this.#removed([...this.#byAge.values().take(count)]);
  }

  /** Takes all whose deadline is at or before an instant. */
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
    this.#byAge.add(entry);
    this.#lookups.push(group, entry);
  }

  #removed(entries: PendingLookup<T>[]): PendingLookup<T>[] {
    for (const entry of entries) this.#remove(entry);
    return entries;
  }

  #remove(entry: PendingLookup<T>): void {
    entry.isWaiting = false;
    this.#byNumber.delete(entry.number);
    this.#byAge.delete(entry);
  }
}
