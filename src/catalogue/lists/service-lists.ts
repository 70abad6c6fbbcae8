/** The lists of services of all panels. Simultaneous callers share one fetch; a stale list is served for a while. */
import type { Service } from '../../domain/service.ts';
import type { Clock } from '../../domain/time/clock.ts';
import { createForwardClock } from '../../domain/time/forward-clock.ts';
import { type CallAllowance, UNLIMITED_CALLS } from '../../providers/pacing/call-allowance.ts';
import type { CacheLog } from '../../storage/cache/cache-store.ts';
import { type KeyValueStore, ListStore } from './list-store.ts';
import { type ListSnapshot, type ListSource, PanelList } from './panel-list.ts';

export type { KeyValueStore } from './list-store.ts';
export type { ListSnapshot, ListSource } from './panel-list.ts';

export interface ServiceListsOptions {
  /** By panel id, in the order of the configuration. */
  readonly sources: ReadonlyMap<string, ListSource>;
  readonly store: KeyValueStore;
  /** How long a list is fresh. */
  readonly ttlMs: number;
  /** How long an expired list may still be served. */
  readonly staleForMs: number;
  /** How long a read or write of the store may take. Default 2000. */
  readonly storeTimeoutMs?: number;
  /** The clock for dates, which are shown and shared with other gateways. */
  readonly clock: Clock;
  /** The clock for ages: if the wall clock is set back, yesterday's list must still price no order. */
  readonly steadyClock: Clock;
  /** Logs failures of the store, at most once a minute, and each list that could not be read. */
  readonly log: CacheLog;
  /** Called with each list that is served from now on, to prepare what queries need of it. */
  readonly onArrival?: (services: readonly Service[]) => void;
}

export interface FreshListOptions {
  /** Counts only where it is less than the time to live. */
  readonly maxAgeMs?: number;
  /** What the calls of a fetch are taken from; by default they are not counted. */
  readonly calls?: CallAllowance;
}

export class ServiceLists {
  readonly #lists: ReadonlyMap<string, PanelList>;
  readonly #ttlMs: number;

  constructor({ sources, store, ttlMs, staleForMs, storeTimeoutMs, log, onArrival, ...clocks }: ServiceListsOptions) {
    const wallClock = clocks.clock;
    const clock = createForwardClock(wallClock, clocks.steadyClock);
    const keepForMs = ttlMs + staleForMs;
    const listStore = new ListStore({ store, keepForMs, timeoutMs: storeTimeoutMs, clock, log });
    this.#ttlMs = ttlMs;
    this.#lists = new Map(
      Array.from(sources, ([panel, source]) => [
        panel,
        new PanelList({ panel, source, store: listStore, ttlMs, staleForMs, clock, wallClock, log, onArrival }),
      ]),
    );
  }

  /** The panels' ids, in the order of the configuration. */
  get panels(): readonly string[] {
    return [...this.#lists.keys()];
  }

  /**
   * The panel's list. A list that may still be served is returned at once, and refreshed in the background if it has
   * expired. Otherwise the call waits for a fetch. A panel's failure does not throw: the snapshot holds it, together with
   * the old list while that may be served. After a failure the panel is not asked for a few seconds.
   */
  get(panel: string): Promise<ListSnapshot> {
    return this.#list(panel).get();
  }

  /**
   * The panel's list, not older than its time to live, or than `maxAgeMs`. Waits for a fetch where necessary, even shortly
   * after a failure: an order is worth a fetch of its own.
   * @throws ProviderError where the fetch fails, NoCallsLeftError where `calls` has no call left for it
   */
  getFresh(panel: string, options: FreshListOptions = {}): Promise<ListSnapshot> {
    const { maxAgeMs = this.#ttlMs, calls = UNLIMITED_CALLS } = options;
    return this.#list(panel).getFresh(maxAgeMs, calls);
  }

  /**
   * Fetches the list anew, unless a refresh has just done so. All who ask during a refresh share the next one. A panel's
   * failure does not throw, as for `get`.
   * @throws NoCallsLeftError where `calls` has no call left for it
   */
  refresh(panel: string, calls: CallAllowance = UNLIMITED_CALLS): Promise<ListSnapshot> {
    return this.#list(panel).refresh(calls);
  }

  /** Resolves when no fetch and no write is under way. Await it before closing the store. */
  async idle(): Promise<void> {
    await Promise.all(Array.from(this.#lists.values(), (list) => list.idle()));
  }

  #list(panel: string): PanelList {
    const list = this.#lists.get(panel);
    if (!list) throw new Error(`No panel ${panel} is configured.`);
    return list;
  }
}
