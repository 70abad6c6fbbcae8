/** One look-up under way: what it has found out so far, the leave that it holds, and the calls that it may make. */
import { ProviderError } from '../../domain/errors.ts';
import type { CallSlot, LookupOptions, LookupResult, LookupResults } from '../provider.ts';

/** After so many refusals, and no id found, the panel is taken to refuse everything. */
const ENOUGH_REFUSALS = 3;

interface Findings<T> {
  readonly results: Map<string, LookupResult<T>>;
  readonly refusals: ProviderError[];
  foundCount: number;
  /** Whether the first call was made, or is about to be. */
  isBegun: boolean;
}

export class LookupRun<T> {
  readonly options: LookupOptions<T>;
  readonly #findings: Findings<T>;
  #slot: CallSlot | undefined;

  constructor(options: LookupOptions<T>, findings?: Findings<T>) {
    this.options = options;
    this.#findings = findings ?? { results: new Map(), refusals: [], foundCount: 0, isBegun: false };
    this.#slot = options.slot;
  }

  get results(): LookupResults<T> {
    return this.#findings.results;
  }

  /** The same look-up, whose next calls let the look-ups of others go first. */
  behind(): LookupRun<T> {
    const { slot: _slot, ...options } = this.options;
    return new LookupRun({ ...options, priority: 'tracker' }, this.#findings);
  }

  /**
   * Takes one call: the first is the look-up's own, those after it are spare.
   * @returns those of `numbers` that the call may be about
   */
  takeCall(numbers: readonly string[]): readonly string[] {
    const findings = this.#findings;
    if (findings.isBegun) return this.options.spare?.take(numbers) ?? numbers;
    findings.isBegun = true;
    return numbers;
  }

  /** The leave that is held already, for the first call; undefined for the others. */
  takeSlot(): CallSlot | undefined {
    const slot = this.#slot;
    this.#slot = undefined;
    return slot;
  }

  /** The refusal for all ids that are left, where the panel refuses everything; else undefined. */
  get wholeRefusal(): ProviderError | undefined {
    const { foundCount, refusals } = this.#findings;
    return foundCount === 0 && refusals.length >= ENOUGH_REFUSALS ? refusals[0] : undefined;
  }

  settle(results: LookupResults<T>): void {
    for (const [number, result] of results) {
      this.#findings.results.set(number, result);
      if (isFound(result)) this.#findings.foundCount += 1;
      else if (result instanceof ProviderError && result.outcome === 'rejected') this.#findings.refusals.push(result);
    }
    this.options.onResults?.(results);
  }

  settleAll(numbers: readonly string[], error: ProviderError): void {
    this.settle(new Map(numbers.map((number) => [number, error])));
  }

  /** Whether at least one of these has been found. */
  hasFound(numbers: readonly string[]): boolean {
    return numbers.some((number) => isFound(this.results.get(number)));
  }
}

function isFound(result: LookupResult<unknown> | undefined): boolean {
  return result !== undefined && result !== null && !(result instanceof ProviderError);
}
