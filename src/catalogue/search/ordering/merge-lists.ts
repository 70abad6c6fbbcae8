/**
 * Merges the orders of several lists into one, in turns of the loop. It is done once for the same lists, so that a query
 * compares no two services.
 */
import type { Service } from '../../../domain/service.ts';
import { turns } from '../../../domain/time/turn-taking.ts';
import type { RankedField } from '../list-index.ts';
import type { ListIndex } from '../list-indexes.ts';
import { countServices, offsetsOf } from '../list-offsets.ts';
import { MergedOrder } from './merged-order.ts';

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
