/**
 * Brings the ledger's orders and refills to the states that their panels report, whoever has asked. Look-ups are many,
 * so an unchanged state is not written again for a while, and an order that the ledger does not hold is not searched for
 * again for a while.
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
  /** Called with the orders that have changed visibly, once they are stored. */
  readonly onChange: (records: readonly OrderRecord[]) => void;
  readonly clock?: Clock;
}

/** After this time an unchanged state is written again, for the sake of its `checkedAt`. */
const UNCHANGED_FOR_MS = 10_000;
/** After this time an absent order is searched for again in a shared ledger, since another gateway may have placed it. */
const ABSENT_FOR_MS = 5_000;
/**
 * The memory is emptied at this size. Each look-up passes it, and `lru-cache` takes half as long again to find an item and
 * twice as long to set one, for an order of use that is not needed here.
 */
const MAX_REMEMBERED = 100_000;

interface Memory {
  /** The state that was saved last; null where the ledger does not hold the item. */
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

  /** Takes the states of orders that a panel has just reported. Returns at once. */
  observeOrders(panel: string, results: LookupResults<OrderState>): void {
    const states = this.#news('order', panel, results, signatureOfOrder);
    if (states.length > 0) this.#track(() => this.#saveOrders(panel, states));
  }

  /** Takes the states of refills that a panel has just reported. Returns at once. */
  observeRefills(panel: string, results: LookupResults<RefillState>): void {
    const states = this.#news('refill', panel, results, signatureOfRefill);
    if (states.length > 0) this.#track(() => this.#saveRefills(panel, states));
  }

  /** The ledger holds this order or refill from now on. That it did not hold it before no longer counts. */
  forgetAbsence(panel: string, number: string, kind: Kind = 'order'): void {
    this.#memory.delete(memoryKey(kind, panel, number));
  }

  /** Resolves when every state observed so far has been stored, or has failed to be. */
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

  /** A ledger that is not shared gets new orders through this gateway alone, which calls `forgetAbsence` for each. */
  get #absentForMs(): number {
    return this.#options.store.isShared ? ABSENT_FOR_MS : Number.POSITIVE_INFINITY;
  }

  /** Saves in a later turn of the event loop, so that the look-up does not wait for the ledger. */
  #track(save: () => Promise<void>): void {
    const saved = new Promise<void>((resolve) => setImmediate(resolve)).then(save).catch((error: unknown) => {
      // With an empty memory, states that could not be written are written when they are next observed.
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
