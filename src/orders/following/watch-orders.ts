/**
 * The present state of some orders and each change after it, until all are final. A slow reader gets the latest state
 * of each order; one that leaves frees everything at once.
 */
import type { Caller } from '../../access/caller.ts';
import { type Clock, systemClock } from '../../domain/clock.ts';
import { CallerError, ProviderError } from '../../domain/errors.ts';
import { itemKey, type PanelItemRef } from '../../domain/ids.ts';
import { isFinalOrder, type OrderState } from '../../domain/order.ts';
import type { LedgerStore, OrderRecord } from '../../storage/ledger/ledger-store.ts';
import type { OrderEvents } from './order-changes.ts';
import type { OrderStates } from './order-states.ts';

export interface WatchOrdersDependencies {
  readonly store: LedgerStore;
  readonly events: OrderEvents;
  readonly states: OrderStates;
  /** The state as the panel tells it now; null where it does not know the order. @throws ProviderError */
  readonly load: (ref: PanelItemRef) => Promise<OrderState | null>;
  /** When an order that is not in the ledger yet is asked for next, in ms. */
  readonly firstCheckMs: number;
  readonly clock?: Clock;
}

export interface WatchedOrder extends PanelItemRef {
  readonly state: OrderState;
}

/**
 * @returns an iterator whose `return` frees everything, also while `next` waits
 * @throws CallerError ORDER_NOT_FOUND where no panel knows any of the orders
 * @throws ProviderError where none is known and a panel did not answer
 */
export async function watchOrders(
  caller: Caller,
  refs: readonly PanelItemRef[],
  dependencies: WatchOrdersDependencies,
): Promise<AsyncIterableIterator<WatchedOrder>> {
  const watch = new OrderWatch();
  const unsubscribe = await dependencies.events.subscribe(refs, (record) => watch.push(record));
  try {
    const present = await findPresent(caller, refs, dependencies);
    for (const record of present) watch.push(record);
    const open = present.filter(({ state }) => !isFinalOrder(state.status));
    if (open.length > 0) await dependencies.events.watch(open);
    watch.begin(present, unsubscribe);
    return watch;
  } catch (error) {
    unsubscribe();
    throw error;
  }
}

/** The orders as the ledger has them now, after each panel has been asked. */
async function findPresent(
  caller: Caller,
  refs: readonly PanelItemRef[],
  { store, states, load, firstCheckMs, clock = systemClock }: WatchOrdersDependencies,
): Promise<OrderRecord[]> {
  const loaded = await Promise.all(
    refs.map((ref) =>
      load(ref).catch((error: unknown) => (error instanceof ProviderError ? error : Promise.reject(error))),
    ),
  );
  await states.settled();
  const find = async (): Promise<(OrderRecord | null)[]> => {
    const byPanel = Map.groupBy(refs, ({ panel }) => panel);
    const found = await Promise.all(
      Array.from(byPanel, async ([panel, items]) =>
        store.orders.findOrders(
          panel,
          items.map(({ number }) => number),
        ),
      ),
    );
    const records = new Map(found.flat().flatMap((record) => (record ? [[itemKey(record), record] as const] : [])));
    return refs.map((ref) => records.get(itemKey(ref)) ?? null);
  };
  const known = await find();
  const foreign = refs.flatMap((ref, index) => {
    const state = loaded[index];
    return known[index] === null && state && !(state instanceof ProviderError) ? [{ ref, state }] : [];
  });
  // An order that was not placed here has to stand in the ledger, so that the tracker follows it.
  const at = clock.now();
  await Promise.all(
    foreign.map(async ({ ref: { panel, number }, state }) => {
      const nextCheckAt = isFinalOrder(state.status) ? null : at + firstCheckMs;
      await store.orders.insertForeignOrder({ panel, number, caller: caller.name, state, nextCheckAt, at });
      states.expect(panel, number);
    }),
  );
  const records = foreign.length > 0 ? await find() : known;
  // What the panel does not know is left out, whatever the ledger remembers.
  const present = records.filter((record, index) => record !== null && loaded[index] !== null) as OrderRecord[];
  if (present.length > 0) return present;
  const failure = loaded.find((result) => result instanceof ProviderError);
  throw failure ?? notFound();
}

function notFound(): CallerError {
  const message = 'No panel knows any of these orders.';
  return new CallerError('ORDER_NOT_FOUND', message, [{ path: ['ids'], message }]);
}

/** What waits to be read: the latest state of each order, in the order of its first change. */
class OrderWatch implements AsyncIterableIterator<WatchedOrder> {
  readonly #unread = new Map<string, OrderRecord>();
  readonly #versions = new Map<string, number>();
  #open: Set<string> | undefined;
  #unsubscribe: () => void = () => {};
  #wake: (() => void) | undefined;
  #isOver = false;

  push(record: OrderRecord): void {
    const key = itemKey(record);
    if (this.#isOver || (this.#versions.get(key) ?? 0) >= record.version) return;
    this.#versions.set(key, record.version);
    this.#unread.set(key, record);
    this.#wake?.();
  }

  /** From here on the stream ends when none of `present` is open. */
  begin(present: readonly OrderRecord[], unsubscribe: () => void): void {
    this.#open = new Set(present.map(itemKey));
    this.#unsubscribe = unsubscribe;
  }

  async next(): Promise<IteratorResult<WatchedOrder>> {
    for (;;) {
      if (this.#isOver) return { done: true, value: undefined };
      const [entry] = this.#unread;
      if (entry) return { done: false, value: this.#take(...entry) };
      if (this.#open?.size === 0) return this.return();
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }

  async return(): Promise<IteratorResult<WatchedOrder>> {
    this.#isOver = true;
    this.#unread.clear();
    this.#unsubscribe();
    this.#wake?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #take(key: string, record: OrderRecord): WatchedOrder {
    this.#unread.delete(key);
    if (isFinalOrder(record.state.status)) this.#open?.delete(key);
    return { panel: record.panel, number: record.number, state: record.state };
  }
}
