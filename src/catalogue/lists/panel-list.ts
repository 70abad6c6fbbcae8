/** One panel's list of services: held in memory, shared through the store, fetched from the panel. */
import { ProviderError } from '../../domain/errors.ts';
import type { Service, ServiceList } from '../../domain/service.ts';
import type { Clock } from '../../domain/time/clock.ts';
import { WorkUnderWay } from '../../domain/work-under-way.ts';
import { type CallAllowance, NoCallsLeftError } from '../../providers/pacing/call-allowance.ts';
import type { MayRepeat } from '../../providers/provider.ts';
import type { CacheLog } from '../../storage/cache/cache-store.ts';
import { ListRefreshes } from './list-refreshes.ts';
import type { ListKey, ListStore } from './list-store.ts';
import type { DatedList } from './stored-list.ts';

/** Fetches one panel's list. */
export interface ListSource {
  /** A hash of the panel's address and account. Holds no secret. */
  readonly cacheKey: string;
  /** @throws ProviderError */
  fetchServices(mayRepeat?: MayRepeat): Promise<ServiceList>;
}

/** A panel's list as the gateway holds it. `services` is the same array until a newer list arrives. */
export interface ListSnapshot {
  readonly panel: string;
  /** In the panel's own order; empty where there is no list. */
  readonly services: readonly Service[];
  /** Services of the list that could not be read. */
  readonly skippedCount: number;
  /** Null where there is no list. */
  readonly fetchedAt: Date | null;
  /** The list has expired, but is still served. */
  readonly stale: boolean;
  /** Why the latest fetch failed, as a sentence; null where it succeeded. */
  readonly error: string | null;
  readonly failure: ProviderError | null;
}

export interface PanelListOptions {
  readonly panel: string;
  readonly source: ListSource;
  readonly store: ListStore;
  readonly ttlMs: number;
  readonly staleForMs: number;
  /** The clock for ages. It never goes back, and is never behind `wallClock`. */
  readonly clock: Clock;
  /** The clock for the date that is shown, and that other gateways read. */
  readonly wallClock: Clock;
  readonly log: CacheLog;
  /** Called with each list that is served from now on. */
  readonly onArrival?: ((services: readonly Service[]) => void) | undefined;
}

interface HeldList extends DatedList {
  /** When the list was fetched, by the clock for ages. */
  readonly asOf: number;
}

/** How long queries do not repeat a fetch that failed, so that not every query asks a dead panel. */
const FAILURE_PAUSE_MS = 5_000;
/** The longest pause that a panel can ask for by its own `retryAfterMs`. */
const FAILURE_PAUSE_MAX_MS = 60_000;

export class PanelList {
  readonly #options: PanelListOptions;
  readonly #key: ListKey;
  #held: HeldList | null = null;
  #failure: { readonly error: ProviderError; readonly at: number } | null = null;
  /** Fetches are numbered as they begin. `#installed` is the number of the fetch whose list was installed last. */
  #begun = 0;
  #installed = 0;
  #look: Promise<void> | null = null;
  #revalidation: Promise<void> | null = null;
  /** The fetch that began last. Resolves to its failure. */
  #flight: Promise<ProviderError | null> | null = null;
  readonly #refreshes: ListRefreshes;
  readonly #background = new WorkUnderWay();

  constructor(options: PanelListOptions) {
    this.#options = options;
    this.#key = { panel: options.panel, cacheKey: options.source.cacheKey };
    this.#refreshes = new ListRefreshes({ fetch: (mayRepeat) => this.#fetch(mayRepeat), clock: options.clock });
  }

  /** See `ServiceLists.get`. */
  async get(): Promise<ListSnapshot> {
    if (this.#isYoungerThan(this.#options.ttlMs) || this.#isPaused()) return this.#snapshot();
    const cold = !this.#isServable();
    if (cold) await this.#lookInStore();
    if (!this.#isYoungerThan(this.#options.ttlMs)) {
      const revalidation = this.#revalidate({ looked: cold });
      if (!this.#isServable()) await revalidation;
    }
    return this.#snapshot();
  }

  /** See `ServiceLists.getFresh`. */
  async getFresh(maxAgeMs: number, calls: CallAllowance): Promise<ListSnapshot> {
    const limitMs = Math.min(maxAgeMs, this.#options.ttlMs);
    if (this.#isYoungerThan(limitMs)) return this.#snapshot();
    await this.#lookInStore();
    if (this.#isYoungerThan(limitMs)) return this.#snapshot();
    const failure = await (this.#flight ?? this.#fetch(this.#takeCall(calls)));
    if (failure) throw failure;
    return this.#snapshot();
  }

  /** See `ServiceLists.refresh`. */
  async refresh(calls: CallAllowance): Promise<ListSnapshot> {
    await this.#refreshes.refresh(() => this.#takeCall(calls));
    return this.#snapshot();
  }

  /** Resolves when no fetch and no write is under way. */
  async idle(): Promise<void> {
    await this.#background.ended();
  }

  #snapshot(): ListSnapshot {
    const held = this.#isServable() ? this.#held : null;
    return {
      panel: this.#options.panel,
      services: held?.services ?? NO_SERVICES,
      skippedCount: held?.skippedCount ?? 0,
      fetchedAt: held ? new Date(held.fetchedAt) : null,
      stale: held !== null && !this.#isYoungerThan(this.#options.ttlMs),
      error: this.#failure?.error.message ?? null,
      failure: this.#failure?.error ?? null,
    };
  }

  #isYoungerThan(ageMs: number): boolean {
    return this.#held !== null && this.#options.clock.now() - this.#held.asOf < ageMs;
  }

  #isServable(): boolean {
    return this.#isYoungerThan(this.#options.ttlMs + this.#options.staleForMs);
  }

  #isPaused(): boolean {
    if (!this.#failure) return false;
    const { error, at } = this.#failure;
    const pauseMs = Math.max(FAILURE_PAUSE_MS, Math.min(error.retryAfterMs ?? 0, FAILURE_PAUSE_MAX_MS));
    return this.#options.clock.now() < at + pauseMs;
  }

  /** Takes over a newer list that another gateway has stored. Never throws. */
  #lookInStore(): Promise<void> {
    this.#look ??= this.#readStore().finally(() => {
      this.#look = null;
    });
    return this.#look;
  }

  async #readStore(): Promise<void> {
    const stored = await this.#options.store.read(this.#key, this.#held?.asOf);
    if (!stored || stored.fetchedAt <= (this.#held?.asOf ?? Number.NEGATIVE_INFINITY)) return;
    this.#hold({ ...stored, asOf: stored.fetchedAt });
    if (this.#failure && stored.fetchedAt >= this.#failure.at) this.#failure = null;
  }

  /** Brings the list up to date, from the store if it holds a fresh one, otherwise from the panel. Never throws. */
  #revalidate({ looked }: { looked: boolean }): Promise<void> {
    this.#revalidation ??= this.#background.track(
      (async () => {
        if (!looked) await this.#lookInStore();
        if (this.#isYoungerThan(this.#options.ttlMs)) return;
        await (this.#flight ?? this.#fetch());
      })().finally(() => {
        this.#revalidation = null;
      }),
    );
    return this.#revalidation;
  }

  /** Takes a call for a fetch. @returns what its repeats are taken by @throws NoCallsLeftError */
  #takeCall(calls: CallAllowance): MayRepeat {
    if (!calls.take()) throw new NoCallsLeftError({ panel: this.#options.panel, action: 'services' });
    return () => calls.take();
  }

  /** Asks the panel. Resolves to the failure rather than rejecting, since nobody may be waiting for it. */
  #fetch(mayRepeat?: MayRepeat): Promise<ProviderError | null> {
    this.#begun += 1;
    const flight = this.#background.track(
      this.#fetchAs(this.#begun, mayRepeat).finally(() => {
        if (this.#flight === flight) this.#flight = null;
      }),
    );
    this.#flight = flight;
    return flight;
  }

  async #fetchAs(sequence: number, mayRepeat?: MayRepeat): Promise<ProviderError | null> {
    try {
      const list = await this.#options.source.fetchServices(mayRepeat);
      // A fetch that began earlier, but ends later than another, shows an older state of the panel.
      if (sequence > this.#installed) this.#install(sequence, list);
      return null;
    } catch (error) {
      const failure = this.#asProviderError(error);
      if (sequence > this.#installed) this.#failure = { error: failure, at: this.#options.clock.now() };
      return failure;
    }
  }

  #install(sequence: number, { services, skippedCount }: ServiceList): void {
    const { clock, wallClock, store } = this.#options;
    const list = { services, skippedCount, fetchedAt: wallClock.now() };
    this.#installed = sequence;
    this.#hold({ ...list, asOf: clock.now() });
    this.#failure = null;
    // Not awaited: callers that want the list do not wait for the store.
    this.#background.track(store.write(this.#key, list));
  }

  #hold(list: HeldList): void {
    this.#held = list;
    this.#options.onArrival?.(list.services);
  }

  #asProviderError(error: unknown): ProviderError {
    if (error instanceof ProviderError) return error;
    const { panel, log } = this.#options;
    const message = `The list of services of panel ${panel} could not be read.`;
    log(message, error);
    return new ProviderError({
      panel,
      action: 'services',
      outcome: 'unknown',
      code: 'UNREADABLE_REPLY',
      message,
      cause: error,
    });
  }
}

const NO_SERVICES: readonly Service[] = [];
