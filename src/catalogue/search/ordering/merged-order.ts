/** One order over the services of several lists, which queries walk. */
import { turns } from '../../../domain/time/turn-taking.ts';

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
