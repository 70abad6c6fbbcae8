/**
 * One order over the services of several lists. It is merged once for the same lists, in turns of the loop, so that a
 * query compares no two services.
 */
import type { Service } from '../../domain/service.ts';
import { turns } from '../../domain/time/turn-taking.ts';
import type { RankedField } from './list-index.ts';
import type { ListIndex } from './list-indexes.ts';
import { countServices, offsetsOf } from './list-offsets.ts';

export interface RankedList {
  readonly services: readonly Service[];
  readonly index: ListIndex;
}

/** A service by its list's place among the lists, and its position in that list. */
export interface ServicePlace {
  readonly list: number;
  readonly position: number;
}

/** How services of different lists compare. */
export interface OrderRule {
  readonly field: RankedField;
  /** What the comparison depends on besides the services: the currency of the list, where rates are compared. */
  unitOf(list: number): string;
  /** Lists of a lower group come first in both directions. */
  groupOf(list: number): number;
  /** Compares services of two lists of one group. */
  compare(left: ServicePlace, right: ServicePlace): number;
}

export interface Walk {
  /** By a service's number: 0 leaves it out; any other value takes it, and gives the result that value less one. */
  readonly wanted: Uint32Array;
  /** How many are taken at most. */
  readonly count: number;
  readonly isDescending: boolean;
}

interface MergedParts {
  readonly offsets: readonly number[];
  /** The numbers of all services in ascending order, equals in the order of lists and positions; a run for each group. */
  readonly runs: readonly Uint32Array[];
  /** The rank of each service within its group, by its number. Equals have equal ranks. */
  readonly ranks: Uint32Array;
}

/** In both directions groups keep their order, and equal services keep the order of their lists and positions. */
export class MergedOrder {
  /** See `offsetsOf`. */
  readonly offsets: readonly number[];
  /** The rank of each service within its group, by its number. Equals have equal ranks. */
  readonly ranks: Uint32Array;
  readonly #runs: readonly Uint32Array[];
  readonly #all = new Map<boolean, Promise<Uint32Array>>();

  constructor({ offsets, runs, ranks }: MergedParts) {
    this.offsets = offsets;
    this.ranks = ranks;
    this.#runs = runs;
  }

  /** The numbers of all services. */
  all(isDescending: boolean): Promise<Uint32Array> {
    let all = this.#all.get(isDescending);
    if (!all) {
      const count = this.ranks.length;
      const wanted = Uint32Array.from({ length: count }, (_, number) => number + 1);
      all = this.walk({ wanted, count, isDescending });
      this.#all.set(isDescending, all);
    }
    return all;
  }

  /** Takes services in this order, in turns of the loop. */
  async walk({ wanted, count, isDescending }: Walk): Promise<Uint32Array> {
    const found = new Uint32Array(count);
    let taken = 0;
    const take = (number: number): void => {
      const value = wanted[number] ?? 0;
      if (value === 0) return;
      found[taken] = value - 1;
      taken += 1;
    };
    for (const run of this.#runs) {
      let end = run.length;
      for (let at = 0; at < run.length; at += 1) {
        if (at % STEPS === 0 && turns.isOver()) await turns.take();
        // From the end of the run equals are taken together, when the first of them is reached.
        const here = isDescending ? run.length - 1 - at : at;
        if (!isDescending) take(run[here] ?? 0);
        else if (this.#isFirstOfEquals(run, here)) {
          for (let equal = here; equal < end; equal += 1) take(run[equal] ?? 0);
          end = here;
        }
      }
    }
    return found.subarray(0, taken);
  }

  #isFirstOfEquals(run: Uint32Array, at: number): boolean {
    return at === 0 || this.ranks[run[at - 1] ?? 0] !== this.ranks[run[at] ?? 0];
  }
}

/** The clock is read after so many comparisons; reading it takes as long as one. */
const STEPS = 512;

export async function mergeOrder(lists: readonly RankedList[], rule: OrderRule): Promise<MergedOrder> {
  const offsets = offsetsOf(lists);
  const total = countServices(lists);
  const merge = new Merge(lists, { rule, offsets, total });
  const groups = Map.groupBy(lists.keys(), (list) => rule.groupOf(list));
  const runs: Uint32Array[] = [];
  for (const group of [...groups.keys()].sort((left, right) => left - right)) {
    const run = await merge.runOf(groups.get(group) ?? []);
    await merge.rank(run);
    runs.push(run);
  }
  return new MergedOrder({ offsets, runs, ranks: merge.ranks });
}

interface MergeOptions {
  readonly rule: OrderRule;
  readonly offsets: readonly number[];
  readonly total: number;
}

class Merge {
  readonly ranks: Uint32Array;
  readonly #lists: readonly RankedList[];
  readonly #rule: OrderRule;
  readonly #offsets: readonly number[];
  /** By a service's number. */
  readonly #listOf: Uint32Array;

  constructor(lists: readonly RankedList[], { rule, offsets, total }: MergeOptions) {
    this.ranks = new Uint32Array(total);
    this.#lists = lists;
    this.#rule = rule;
    this.#offsets = offsets;
    this.#listOf = new Uint32Array(total);
    for (const [list, { services }] of lists.entries()) {
      const offset = offsets[list] ?? 0;
      this.#listOf.fill(list, offset, offset + services.length);
    }
  }

  /** The numbers of the services of these lists, in order. */
  async runOf(lists: readonly number[]): Promise<Uint32Array> {
    let runs: Uint32Array[] = [];
    for (const list of lists) runs.push(await this.#sorted(list));
    while (runs.length > 1) {
      const merged: Uint32Array[] = [];
      for (let at = 0; at < runs.length; at += 2) {
        const [left, right] = [runs[at], runs[at + 1]];
        if (left) merged.push(right ? await this.#merged(left, right) : left);
      }
      runs = merged;
    }
    return runs[0] ?? new Uint32Array();
  }

  async rank(run: Uint32Array): Promise<void> {
    let current = 0;
    for (let at = 0; at < run.length; at += 1) {
      if (at % STEPS === 0) await turns.take();
      if (at > 0 && this.#compare(run[at - 1] ?? 0, run[at] ?? 0) !== 0) current += 1;
      this.ranks[run[at] ?? 0] = current;
    }
  }

  /** The numbers of one list's services in order. Sorts by counting, since the ranks within a list are known. */
  async #sorted(list: number): Promise<Uint32Array> {
    const ranks = this.#lists[list]?.index.ranks[this.#rule.field] ?? new Uint32Array();
    const offset = this.#offsets[list] ?? 0;
    await turns.take();
    const starts = new Uint32Array(ranks.length + 1);
    for (const rank of ranks) starts[rank + 1] = (starts[rank + 1] ?? 0) + 1;
    for (let at = 1; at < starts.length; at += 1) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
    await turns.take();
    const run = new Uint32Array(ranks.length);
    for (let position = 0; position < ranks.length; position += 1) {
      const rank = ranks[position] ?? 0;
      const place = starts[rank] ?? 0;
      starts[rank] = place + 1;
      run[place] = offset + position;
    }
    return run;
  }

  /** Equals of the left run come first: its lists stand before those of the right run. */
  async #merged(left: Uint32Array, right: Uint32Array): Promise<Uint32Array> {
    const merged = new Uint32Array(left.length + right.length);
    let [fromLeft, fromRight] = [0, 0];
    for (let at = 0; at < merged.length; at += 1) {
      if (at % STEPS === 0) await turns.take();
      const [leftNumber, rightNumber] = [left[fromLeft], right[fromRight]];
      const isLeft =
        rightNumber === undefined || (leftNumber !== undefined && this.#compare(leftNumber, rightNumber) <= 0);
      merged[at] = (isLeft ? leftNumber : rightNumber) ?? 0;
      if (isLeft) fromLeft += 1;
      else fromRight += 1;
    }
    return merged;
  }

  #compare(left: number, right: number): number {
    const [leftPlace, rightPlace] = [this.#placeOf(left), this.#placeOf(right)];
    if (leftPlace.list !== rightPlace.list) return this.#rule.compare(leftPlace, rightPlace);
    const ranks = this.#lists[leftPlace.list]?.index.ranks[this.#rule.field];
    return (ranks?.[leftPlace.position] ?? 0) - (ranks?.[rightPlace.position] ?? 0);
  }

  #placeOf(number: number): ServicePlace {
    const list = this.#listOf[number] ?? 0;
    return { list, position: number - (this.#offsets[list] ?? 0) };
  }
}
