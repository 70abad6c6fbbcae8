/**
 * The list items of one answer. They are counted while the operation runs, since the size of lists within lists is not
 * known beforehand, and they are handed out in slices, so that a long answer does not hold up the others.
 */
import { CallerError } from '../../domain/errors.ts';
import { turns as processTurns, type TurnTaking } from '../../domain/time/turn-taking.ts';

/** The first slice of a list; most lists have no other. */
const FIRST_SLICE = 25;
/** As many as one call to a panel asks for, so that the look-ups of a slice fill a call. */
const LARGEST_SLICE = 100;
/** After a slice that took less than SHORT_MS the next is twice as large, after one of more than LONG_MS half as large. */
const SHORT_MS = 1;
const LONG_MS = 4;

export class AnswerRows {
  readonly #limit: number;
  readonly #turns: TurnTaking;
  #count = 0;
  #isHandedOutWhole = false;
  #mayGiveUp = false;
  #excess: CallerError | null = null;

  constructor(limit: number, turns: TurnTaking = processTurns) {
    this.#limit = limit;
    this.#turns = turns;
  }

  /** Hands out each list at once, since the whole answer takes little time. */
  handOutWhole(): void {
    this.#isHandedOutWhole = true;
  }

  /** Allows the answer to be given up beyond the limit; its lists are then left empty. */
  mayGiveUp(): void {
    this.#mayGiveUp = true;
  }

  /** Whether the answer is given up: lists are left empty, since an error for each would take longer than the items. */
  get isGivenUp(): boolean {
    return this.#mayGiveUp && this.#excess !== null;
  }

  /** Begins to count anew, for an operation that runs a second time. */
  restart(): void {
    this.#count = 0;
    this.#excess = null;
    this.#isHandedOutWhole = false;
  }

  /** The items counted so far. */
  get total(): number {
    return this.#count;
  }

  /** The error of an answer that has become too large; such an answer is not sent. */
  get excess(): CallerError | null {
    return this.#excess;
  }

  /**
   * Counts the items, and gives them in slices, for a resolver to return. Rejects with CallerError INVALID_INPUT where the
   * answer would hold more items than the limit. It does not throw, since executors lose sight of work under way then.
   */
  handOut<T>(items: readonly T[]): SlicedList<T> {
    if (this.isGivenUp) return [];
    try {
      this.count(items.length);
    } catch (error) {
      return Promise.reject(error);
    }
    return this.inSlices(items);
  }

  /**
   * Counts items that are still to be found.
   * @throws CallerError INVALID_INPUT where the answer would hold more items than the limit
   */
  count(items: number): void {
    this.#count += items;
    if (this.#count > this.#limit) this.#excess ??= tooManyRows(this.#limit);
    if (this.#excess) throw this.#excess;
  }

  /**
   * The list as it is where it is short, and otherwise with promises of its later items, which resolve slice by slice in
   * their order and never reject. The items are not counted.
   */
  inSlices<T>(items: readonly T[]): SlicedList<T> {
    if (items.length === 0 || !this.#turns.isOver()) return this.#slice(items);
    return this.#turns.take().then(() => this.#slice(items));
  }

  #slice<T>(items: readonly T[]): readonly (T | Promise<T>)[] {
    if (items.length <= FIRST_SLICE || this.#isHandedOutWhole) return items;
    const list: (T | Promise<T>)[] = items.slice(0, FIRST_SLICE);
    const later: Later[] = [];
    for (const item of items.slice(FIRST_SLICE)) {
      list.push(new Promise<T>((resolve) => later.push(() => resolve(item))));
    }
    void this.#release(later);
    return list;
  }

  async #release(later: readonly Later[]): Promise<void> {
    let size = FIRST_SLICE;
    let done = 0;
    while (done < later.length) {
      await this.#turns.take();
      const startedAt = performance.now();
      for (const release of later.slice(done, done + size)) release();
      done += size;
      // The executor completes the released items before this goes on.
      await null;
      size = nextSize(size, performance.now() - startedAt);
    }
  }
}

/** What a list field may return. */
export type SlicedList<T> = readonly (T | Promise<T>)[] | Promise<readonly (T | Promise<T>)[]>;

/** Releases an item. */
type Later = () => void;

function nextSize(size: number, tookMs: number): number {
  if (tookMs < SHORT_MS) return Math.min(LARGEST_SLICE, size * 2);
  return tookMs > LONG_MS ? Math.max(1, Math.floor(size / 2)) : size;
}

function tooManyRows(limit: number): CallerError {
  const message = `The answer would hold more than ${limit} list items (limits.rows). Ask for fewer ids, smaller pages or fewer levels of lists.`;
  return new CallerError('INVALID_INPUT', message);
}
