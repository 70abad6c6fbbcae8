/** What may be answered without asking the panel: final states for longer than those that may still change. */
import { ProviderError } from '../../../domain/errors.ts';
import type { LookupResult } from '../../provider.ts';
import { RecentAnswers } from './recent-answers.ts';

export interface KeptAnswersOptions<T> {
  /** How long an answer may be given again, in ms; 0: never. */
  readonly ttlMs: number;
  readonly isFinal: (value: T) => boolean;
}

/** Null as a value: the panel does not know the number. */
export interface KeptAnswer<T> {
  readonly value: T | null;
}

export const FINAL_TTL_MS = 60_000;
const MOST_KEPT = 100_000;

export class KeptAnswers<T> {
  readonly #options: KeptAnswersOptions<T>;
  readonly #recent: RecentAnswers<T | null>;
  readonly #final: RecentAnswers<T | null>;

  constructor(options: KeptAnswersOptions<T>) {
    const { ttlMs } = options;
    this.#options = options;
    this.#recent = new RecentAnswers({ ttlMs, mostKept: MOST_KEPT });
    this.#final = new RecentAnswers({ ttlMs: Math.max(ttlMs, FINAL_TTL_MS), mostKept: MOST_KEPT });
  }

  find(number: string, now: number): KeptAnswer<T> | undefined {
    return this.#recent.find(number, now) ?? this.#final.find(number, now);
  }

  /** Failures are not kept. */
  remember(number: string, result: LookupResult<T>, now: number): void {
    const { ttlMs, isFinal } = this.#options;
    if (ttlMs <= 0 || result instanceof ProviderError) return;
    const isSettled = result !== null && isFinal(result);
    (isSettled ? this.#final : this.#recent).remember(number, result, now);
  }

  forget(number: string): void {
    this.#recent.forget(number);
    this.#final.forget(number);
  }
}
