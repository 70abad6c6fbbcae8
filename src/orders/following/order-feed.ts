/**
 * Visible changes of orders, to whoever watches them. What this gateway saves is told at once; what others save comes
 * by polling the ledger, sooner where a hint comes. Each change is told in order; a listener drops versions it has.
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
  /** A watched order is asked for at this interval. */
  readonly watchedIntervalMs: number;
  readonly clock?: Clock;
  /** How often the changes of other gateways are looked for; 1,000 by default. */
  readonly pollMs?: number;
}

const CHANGES_PER_READ = 500;
/** A watch lasts a few renewals, so that one that fails ends nothing. */
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

  /** How many orders are watched. */
  get size(): number {
    return this.#listeners.size;
  }

  /** Tells `listener` each visible change of these orders from now on, until the returned function is called. */
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
        // Another who subscribed meanwhile may have begun earlier: a later place would skip changes that he waits for.
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

  /** Has the tracker ask sooner for orders that are watched. */
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

  /** These have changed. */
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

  /** Where no other gateway shares the ledger, all changes are those that this one saves. */
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
        if (!(error instanceof StoreUnavailableError)) this.#options.telemetry.unexpectedError('order events', error);
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
      if (!(error instanceof StoreUnavailableError)) this.#options.telemetry.unexpectedError('order events', error);
    });
  }
}

function refOf(key: string): PanelItemRef {
  const colon = key.indexOf(':');
  return { panel: key.slice(0, colon), number: key.slice(colon + 1) };
}
