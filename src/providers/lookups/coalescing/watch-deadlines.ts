import type { Clock } from '../../../domain/time/clock.ts';
import type { PendingLookup } from './waiting-lookups.ts';

export interface WatchDeadlinesOptions<T> {
  /** The look-ups of one batch that have no result yet; they leave the map as they get one. */
  readonly open: ReadonlyMap<string, PendingLookup<T>>;
  readonly onPassed: (lookup: PendingLookup<T>) => void;
  readonly clock: Clock;
}

/** A call that ends at the deadline itself has a better reason for its failure than that the deadline has passed. */
const GRACE_MS = 100;

/**
 * A look-up that has waited past its own deadline fails, even if its batch is still in flight: the batch goes by the
 * latest deadline that it holds. @returns what ends the watch
 */
export function watchDeadlines<T>({ open, onPassed, clock }: WatchDeadlinesOptions<T>): () => void {
  let timer: NodeJS.Timeout | undefined;
  const check = (): void => {
    const now = clock.now();
    let nextAt = Number.POSITIVE_INFINITY;
    for (const lookup of open.values()) {
      const endsAt = lookup.deadlineAt + GRACE_MS;
      if (endsAt > now) nextAt = Math.min(nextAt, endsAt);
      else onPassed(lookup);
    }
    if (nextAt < Number.POSITIVE_INFINITY) timer = setTimeout(check, Math.max(1, Math.ceil(nextAt - now)));
  };
  check();
  return () => clearTimeout(timer);
}
