/**
 * The list items of one answer: counted while the operation runs, since lists within lists multiply to what nobody can
 * weigh beforehand, and handed out in slices, so that a large answer does not hold up the others.
 */
import { CallerError } from '../../domain/errors.ts';
import { turns as processTurns, type TurnTaking } from '../../domain/time/turn-taking.ts';

/** The first slice of a list; most lists have no other. */
const FIRST_SLICE = 25;
/** As many as one call to a panel asks for: what the items of a slice look up fills a call. */
const LARGEST_SLICE = 100;
/** A slice that took less is followed by one of twice its size; one that took longer than the other, by half of it. */
const SHORT_MS = 1;
const LONG_MS = 4;

export class AnswerRows {
  readonly #limit: number;
  readonly #turns: TurnTaking;
  #count = 0;
  #isShort = false;
  #mayGiveUp = false;
  #excess: CallerError | null = null;

  constructor(limit: number, turns: TurnTaking = processTurns) {
    this.#limit = limit;
    this.#turns = turns;
  }

  /** The answer takes so little time that its lists are handed out whole. */
  expectShort(): void {
    this.#isShort = true;
  }

  /** Beyond the limit the answer is not sent at all, so that its lists need not be filled. */
  mayGiveUp(): void {
    this.#mayGiveUp = true;
  }

  /** Whether nobody will read what else the operation finds: thousands of errors would take longer than all before. */
  get isGivenUp(): boolean {
    return this.#mayGiveUp && this.#excess !== null;
  }

  /** The operation runs anew: nothing was counted. */
  restart(): void {
    this.#count = 0;
    this.#excess = null;
    this.#isShort = false;
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
   * The list, for a resolver to return, in slices. Rejects with CallerError INVALID_INPUT where the answer would hold more
   * items than the limit: an executor loses sight of what else is under way where a resolver throws.
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
   * Counts items before they are found.
   * @throws CallerError INVALID_INPUT where the answer would hold more items than the limit
   */
  count(items: number): void {
    this.#count += items;
    if (this.#count > this.#limit) this.#excess ??= tooManyRows(this.#limit);
    if (this.#excess) throw this.#excess;
  }

  /**
   * The list as it is where it is short, and otherwise with promises of its later items, which resolve slice by slice in
   * their order and never reject. The items count for nothing: for the results of what has been done.
   */
  inSlices<T>(items: readonly T[]): SlicedList<T> {
    if (items.length === 0 || !this.#turns.isOver()) return this.#slice(items);
    return this.#turns.take().then(() => this.#slice(items));
  }

  #slice<T>(items: readonly T[]): readonly (T | Promise<T>)[] {
    if (items.length <= FIRST_SLICE || this.#isShort) return items;
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
