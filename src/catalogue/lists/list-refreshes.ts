/** The refreshes of one panel's list that clients ask for. They share fetches: the panel is asked seldom. */
import type { Clock } from '../../domain/time/clock.ts';
import type { MayRepeat } from '../../providers/provider.ts';

export interface ListRefreshesOptions {
  /** Fetches the list. Never rejects. */
  readonly fetch: (mayRepeat: MayRepeat) => Promise<unknown>;
  readonly clock: Clock;
}

/** A refresh under way. */
interface Refresh {
  readonly fetched: Promise<unknown>;
  /** Whether it began right after another refresh, for those who asked during that one. */
  readonly isSecond: boolean;
}

/** For how long a refresh is answered with what the one before has brought: its list or its failure. */
const REFRESH_PAUSE_MS = 5_000;

export class ListRefreshes {
  readonly #options: ListRefreshesOptions;
  #current: Refresh | null = null;
  #next: Promise<unknown> | null = null;
  #endedAt = Number.NEGATIVE_INFINITY;

  constructor(options: ListRefreshesOptions) {
    this.#options = options;
  }

  /**
   * Besides the refresh under way at most one waits, and all who ask during the first share that second one. Whoever
   * asks during the second, or shortly after any refresh, gets what that one brings.
   * @throws what `takeCall` throws, which is called only where a fetch is needed
   */
  async refresh(takeCall: () => MayRepeat): Promise<void> {
    if (this.#next) await this.#next;
    else if (this.#current?.isSecond) await this.#current.fetched;
    else if (this.#current) await this.#startNext(this.#current, takeCall());
    else if (this.#options.clock.now() - this.#endedAt >= REFRESH_PAUSE_MS) await this.#start(takeCall(), false);
  }

  #startNext({ fetched }: Refresh, mayRepeat: MayRepeat): Promise<unknown> {
    this.#next = fetched.then(() => {
      this.#next = null;
      return this.#start(mayRepeat, true);
    });
    return this.#next;
  }

  #start(mayRepeat: MayRepeat, isSecond: boolean): Promise<unknown> {
    const fetched = this.#options.fetch(mayRepeat).finally(() => {
      this.#current = null;
      this.#endedAt = this.#options.clock.now();
    });
    this.#current = { fetched, isSecond };
    return fetched;
  }
}
