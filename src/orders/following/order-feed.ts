/**
 * The feed of visible changes of orders. Changes that this gateway saves are passed on at once. Changes that other
 * gateways save are read from the ledger at intervals, and sooner on a hint. Changes come in order, but may come twice: a
 * listener drops the versions that it has had.
 */
import { StoreUnavailableError } from '../../domain/errors.ts';
import { itemKey, type PanelItemRef } from '../../domain/ids.ts';
import { type Clock, systemClock } from '../../domain/time/clock.ts';
import type { LedgerStore, OrderRecord } from '../../storage/ledger/ledger-store.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';

export type OrderListener = (record: OrderRecord) => void;

export interface OrderFeedOptions {
  readonly store: LedgerStore;
  readonly telemetry: Telemetry;
  /** The interval at which a watched order is asked for. */
  readonly watchedIntervalMs: number;
  readonly clock?: Clock;
  /** How often the changes of other gateways are read, in ms. Default 1,000. */
  readonly pollMs?: number;
}

const CHANGES_PER_READ = 500;
/** A watch lasts as long as three renewals, so that one failed renewal does not end it. */
const RENEW_MS = 20_000;
const WATCH_LASTS_MS = 65_000;

export class OrderFeed {
  readonly #options: OrderFeedOptions;
  readonly #clock: Clock;
  readonly #listeners = new Map<string, Set<OrderListener>>();
  readonly #unsubscribe: () => void;
  #cursor: number | undefined;
  #reading: Promise<void> | undefined;
  #readAgain = false;
  #pollTimer: NodeJS.Timeout | undefined;
  #renewTimer: NodeJS.Timeout | undefined;

  constructor(options: OrderFeedOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#unsubscribe = options.store.changes.subscribe((topic) => {
      if (topic === 'orders') this.#poll();
    });
  }

  /** The number of orders that are watched. */
  get size(): number {
    return this.#listeners.size;
  }

  /** Passes each visible change of these orders to `listener` until the returned function is called. */
  async subscribe(refs: readonly PanelItemRef[], listener: OrderListener): Promise<() => void> {
    const keys = refs.map(itemKey);
    for (const key of keys) this.#listeners.set(key, (this.#listeners.get(key) ?? new Set()).add(listener));
    const unsubscribe = (): void => {
      for (const key of keys) {
        const listeners = this.#listeners.get(key);
        listeners?.delete(listener);
        if (listeners?.size === 0) this.#listeners.delete(key);
      }
      if (this.#listeners.size === 0) this.#rest();
    };
    if (this.#hasPeers) {
      try {
        const latest = await this.#options.store.orders.latestChange();
        // A subscriber that came meanwhile may have set an earlier cursor, and waits for the changes after it.
        this.#cursor ??= latest;
      } catch (error) {
        unsubscribe();
        throw error;
      }
      this.#pollTimer ??= setInterval(() => this.#poll(), this.#options.pollMs ?? 1000);
    }
    this.#renewTimer ??= setInterval(() => void this.#renew(), RENEW_MS);
    return unsubscribe;
  }

  /** Makes the tracker ask for these orders at the watched interval. */
  async watch(refs: readonly PanelItemRef[]): Promise<void> {
    const now = this.#clock.now();
    const times = { until: now + WATCH_LASTS_MS, checkBy: now + this.#options.watchedIntervalMs };
    const byPanel = Map.groupBy(refs, ({ panel }) => panel);
    await Promise.all(
      Array.from(byPanel, ([panel, items]) =>
        this.#options.store.orders.watch(
          panel,
          items.map(({ number }) => number),
          times,
        ),
      ),
    );
  }

  /** Passes changed orders to their listeners. */
  publish(records: readonly OrderRecord[]): void {
    for (const record of records) {
      for (const listener of this.#listeners.get(itemKey(record)) ?? []) listener(record);
    }
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    this.#rest();
    await this.#reading;
  }

  /** Without other gateways on the ledger, all changes are saved by this one. */
  get #hasPeers(): boolean {
    return this.#options.store.isShared;
  }

  #rest(): void {
    clearInterval(this.#pollTimer);
    clearInterval(this.#renewTimer);
    this.#pollTimer = undefined;
    this.#renewTimer = undefined;
    this.#cursor = undefined;
  }

  #poll(): void {
    if (this.#cursor === undefined) return;
    if (this.#reading) {
      this.#readAgain = true;
      return;
    }
    this.#reading = this.#read()
      .catch((error: unknown) => {
        if (!(error instanceof StoreUnavailableError)) this.#options.telemetry.unexpectedError('order feed', error);
      })
      .finally(() => {
        this.#reading = undefined;
        if (!this.#readAgain) return;
        this.#readAgain = false;
        this.#poll();
      });
  }

  async #read(): Promise<void> {
    for (;;) {
      if (this.#cursor === undefined) return;
      const changes = await this.#options.store.orders.changesSince(this.#cursor, CHANGES_PER_READ);
      const last = changes.at(-1);
      if (last && this.#cursor !== undefined) this.#cursor = last.changeSeq;
      this.publish(changes);
      if (changes.length < CHANGES_PER_READ) return;
    }
  }

  async #renew(): Promise<void> {
    const refs = Array.from(this.#listeners.keys(), refOf);
    await this.watch(refs).catch((error: unknown) => {
      if (!(error instanceof StoreUnavailableError)) this.#options.telemetry.unexpectedError('order feed', error);
    });
  }
}

function refOf(key: string): PanelItemRef {
  const colon = key.indexOf(':');
  return { panel: key.slice(0, colon), number: key.slice(colon + 1) };
}
