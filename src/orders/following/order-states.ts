/**
 * Keeps the ledger's orders and refills in the state that their panels last told, whoever asked. What has not changed
 * is not written again at once, and what is not in the ledger is not looked for again at once: look-ups are many.
 */

import { ProviderError, StoreUnavailableError } from '../../domain/errors.ts';
import type { ExchangeRates } from '../../domain/money.ts';
import type { OrderState, RefillState } from '../../domain/order.ts';
import { type Clock, systemClock } from '../../domain/time/clock.ts';
import { WorkUnderWay } from '../../domain/work-under-way.ts';
import type { LookupResults } from '../../providers/provider.ts';
import type { LedgerStore, OrderRecord, SavedState } from '../../storage/ledger/ledger-store.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import { ChargeWatch } from './charge-watch.ts';

export interface OrderStatesOptions {
  readonly store: LedgerStore;
  readonly telemetry: Telemetry;
  readonly exchange: ExchangeRates;
  /** Told what has changed visibly, once it is stored. */
  readonly onChange: (records: readonly OrderRecord[]) => void;
  readonly clock?: Clock;
}

/** An unchanged state is written again, for its `checkedAt`, after so long. */
const UNCHANGED_FOR_MS = 10_000;
/** An order that a shared ledger did not have is looked for again after so long: another gateway may have placed it. */
const ABSENT_FOR_MS = 5_000;
const MAX_REMEMBERED = 100_000;

interface Memory {
  /** What was saved last; null where the ledger does not have it. */
  readonly signature: string | null;
  readonly until: number;
}

type Kind = 'order' | 'refill';

export class OrderStates {
  readonly #options: OrderStatesOptions;
  readonly #clock: Clock;
  readonly #charges: ChargeWatch;
  readonly #memory = new Map<string, Memory>();
  readonly #saving = new WorkUnderWay();

  constructor(options: OrderStatesOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#charges = new ChargeWatch(options);
  }

  /** Orders as a panel has just told them. Returns at once. */
  observeOrders(panel: string, results: LookupResults<OrderState>): void {
    const states = this.#news('order', panel, results, signatureOfOrder);
    if (states.length > 0) this.#track(() => this.#saveOrders(panel, states));
  }

  /** Refills as a panel has just told them. Returns at once. */
  observeRefills(panel: string, results: LookupResults<RefillState>): void {
    const states = this.#news('refill', panel, results, signatureOfRefill);
    if (states.length > 0) this.#track(() => this.#saveRefills(panel, states));
  }

  /** The ledger has this order, or this refill, from now on: that it did not have it counts no more. */
  forgetAbsence(panel: string, number: string, kind: Kind = 'order'): void {
    this.#memory.delete(memoryKey(kind, panel, number));
  }

  /** Resolves when all that was observed so far is stored, or could not be. */
  async settled(): Promise<void> {
    await this.#saving.settled();
  }

  async #saveOrders(panel: string, states: readonly SavedState<OrderState>[]): Promise<void> {
    const { store, onChange } = this.#options;
    const known = await store.orders.findOrders(
      panel,
      states.map(({ number }) => number),
    );
    const present = this.#remember('order', panel, states, known, signatureOfOrder);
    if (present.length === 0) return;
    const charges = await this.#charges.before(present, known);
    const changed = await store.orders.saveStates(panel, present);
    if (changed.length === 0) return;
    this.#charges.tell(changed, charges);
    onChange(changed);
    store.changes.notify('orders');
  }

  async #saveRefills(panel: string, states: readonly SavedState<RefillState>[]): Promise<void> {
    const { store } = this.#options;
    const known = await store.refills.findRefills(
      panel,
      states.map(({ number }) => number),
    );
    const present = this.#remember('refill', panel, states, known, signatureOfRefill);
    if (present.length > 0) await store.refills.saveStates(panel, present);
  }

  #news<T>(kind: Kind, panel: string, results: LookupResults<T>, signatureOf: (state: T) => string): SavedState<T>[] {
    const now = this.#clock.now();
    const news: SavedState<T>[] = [];
    for (const [number, state] of results) {
      if (state === null || state instanceof ProviderError) continue;
      const memory = this.#memory.get(memoryKey(kind, panel, number));
      const isOld =
        memory && memory.until > now && (memory.signature === null || memory.signature === signatureOf(state));
      if (!isOld) news.push({ number, state });
    }
    return news;
  }

  #remember<T>(
    kind: Kind,
    panel: string,
    states: readonly SavedState<T>[],
    known: readonly (object | null)[],
    signatureOf: (state: T) => string,
  ): SavedState<T>[] {
    if (this.#memory.size > MAX_REMEMBERED) this.#memory.clear();
    const now = this.#clock.now();
    return states.filter(({ number, state }, index) => {
      const isKnown = known[index] !== null;
      const signature = isKnown ? signatureOf(state) : null;
      const until = isKnown ? now + UNCHANGED_FOR_MS : now + this.#absentForMs;
      this.#memory.set(memoryKey(kind, panel, number), { signature, until });
      return isKnown;
    });
  }

  /** A ledger of this gateway alone gets nothing that is not expected. */
  get #absentForMs(): number {
    return this.#options.store.isShared ? ABSENT_FOR_MS : Number.POSITIVE_INFINITY;
  }

  /** In a turn of its own: who asked for the states does not wait for the ledger. */
  #track(save: () => Promise<void>): void {
    const saved = new Promise<void>((resolve) => setImmediate(resolve)).then(save).catch((error: unknown) => {
      // What could not be written is observed again, and then written.
      this.#memory.clear();
      if (!(error instanceof StoreUnavailableError)) this.#options.telemetry.unexpectedError('order states', error);
    });
    void this.#saving.track(saved);
  }
}

function memoryKey(kind: Kind, panel: string, number: string): string {
  return `${kind}:${panel}:${number}`;
}

function signatureOfOrder({ status, statusText, charge, startCount, remains }: OrderState): string {
  return `${status} ${statusText} ${charge?.amount} ${charge?.currency} ${startCount} ${remains}`;
}

function signatureOfRefill({ status, statusText }: RefillState): string {
  return `${status} ${statusText}`;
}
