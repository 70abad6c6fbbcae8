/** The lists of services of all panels: fetched once however many ask, kept while they are fresh, lent while stale. */
import type { Clock } from '../../domain/time/clock.ts';
import { createForwardClock } from '../../domain/time/forward-clock.ts';
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
  /** For dates: they are shown, and shared with other gateways. */
  readonly clock: Clock;
  /** For ages: a list of yesterday must price no order because the wall clock was set back. */
  readonly steadyClock: Clock;
  /** Told what went wrong with the store, at most once a minute, and of a list that could not be read. */
  readonly log: CacheLog;
}

export class ServiceLists {
  readonly #lists: ReadonlyMap<string, PanelList>;
  readonly #ttlMs: number;

  constructor({ sources, store, ttlMs, staleForMs, storeTimeoutMs, log, ...clocks }: ServiceListsOptions) {
    const wallClock = clocks.clock;
    const clock = createForwardClock(wallClock, clocks.steadyClock);
    const keepForMs = ttlMs + staleForMs;
    const listStore = new ListStore({ store, keepForMs, timeoutMs: storeTimeoutMs, clock, log });
    this.#ttlMs = ttlMs;
    this.#lists = new Map(
      Array.from(sources, ([panel, source]) => [
        panel,
        new PanelList({ panel, source, store: listStore, ttlMs, staleForMs, clock, wallClock, log }),
      ]),
    );
  }

  /** The panels' ids, in the order of the configuration. */
  get panels(): readonly string[] {
    return [...this.#lists.keys()];
  }

  /**
   * The panel's list: at once where there is one that may be served, and an expired one is then refreshed in the
   * background; else when the fetch is done. Never throws for a panel's failure: the snapshot holds it, with the old
   * list while that may be served, and the panel is left alone for a few seconds.
   */
  get(panel: string): Promise<ListSnapshot> {
    return this.#list(panel).get();
  }

  /**
   * The panel's list, not older than its time to live (or `maxAgeMs`, where that is less); waits for the fetch.
   * An earlier failure does not count: an order is worth a fetch of its own.
   * @throws ProviderError where there is no such list to be had
   */
  getFresh(panel: string, maxAgeMs: number = this.#ttlMs): Promise<ListSnapshot> {
    return this.#list(panel).getFresh(maxAgeMs);
  }

  /** Fetches the list now, in a fetch that begins after this call. Never throws for a panel's failure, as `get`. */
  refresh(panel: string): Promise<ListSnapshot> {
    return this.#list(panel).refresh();
  }

  /** When no fetch and no write is under way any more: before the store is closed. */
  async idle(): Promise<void> {
    await Promise.all(Array.from(this.#lists.values(), (list) => list.idle()));
  }

  #list(panel: string): PanelList {
    const list = this.#lists.get(panel);
    if (!list) throw new Error(`No panel ${panel} is configured.`);
    return list;
  }
}
