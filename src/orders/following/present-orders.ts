/** Finds the present states of the orders that a client begins to watch. */
import type { Caller } from '../../access/caller.ts';
import { CallerError, ProviderError } from '../../domain/errors.ts';
import { itemKey, type PanelItemRef } from '../../domain/ids.ts';
import { isFinalOrder, type OrderState } from '../../domain/order.ts';
import { type Clock, systemClock } from '../../domain/time/clock.ts';
import type { LedgerStore, OrderRecord } from '../../storage/ledger/ledger-store.ts';
import type { OrderStates } from './order-states.ts';

export interface PresentOrdersDependencies {
  readonly store: LedgerStore;
  readonly states: OrderStates;
  /** Asks the panel for the state; null where it does not know the order. @throws ProviderError */
  readonly load: (ref: PanelItemRef) => Promise<OrderState | null>;
  /** How soon an order that is new to the ledger is asked for again, in ms. */
  readonly firstCheckMs: number;
  readonly clock?: Clock | undefined;
}

type Loaded = OrderState | ProviderError | null;

/**
 * The orders in the ledger, after their panels have been asked. Orders that their panel does not know are left out.
 * @throws CallerError ORDER_NOT_FOUND where no panel knows any of the orders
 * @throws ProviderError where no order is known and a panel did not answer
 */
export async function findPresentOrders(
  caller: Caller,
  refs: readonly PanelItemRef[],
  dependencies: PresentOrdersDependencies,
): Promise<OrderRecord[]> {
  const { store, states, load } = dependencies;
  const loaded = await Promise.all(refs.map((ref) => load(ref).catch(asLoaded)));
  await states.settled();
  const known = await findRecords(store, refs);
  const foreign = refs.flatMap((ref, index) => {
    const state = loaded[index];
    return known[index] === null && state && !(state instanceof ProviderError) ? [{ ref, state }] : [];
  });
  await Promise.all(foreign.map((order) => follow(caller, order, dependencies)));
  const records = foreign.length > 0 ? await findRecords(store, refs) : known;
  // An order that the panel does not know is left out, even if the ledger holds it.
  const present = records.filter((record, index) => record !== null && loaded[index] !== null) as OrderRecord[];
  if (present.length > 0) return present;
  throw loaded.find((result) => result instanceof ProviderError) ?? notFound();
}

function asLoaded(error: unknown): Loaded {
  if (error instanceof ProviderError) return error;
  throw error;
}

/** In the order of `refs`; null for orders that the ledger does not hold. */
async function findRecords(store: LedgerStore, refs: readonly PanelItemRef[]): Promise<(OrderRecord | null)[]> {
  const found = await Promise.all(
    Array.from(
      Map.groupBy(refs, ({ panel }) => panel),
      ([panel, items]) =>
        store.orders.findOrders(
          panel,
          items.map(({ number }) => number),
        ),
    ),
  );
  const records = new Map(found.flat().flatMap((record) => (record ? [[itemKey(record), record] as const] : [])));
  return refs.map((ref) => records.get(itemKey(ref)) ?? null);
}

/** Takes an order that was not placed here into the ledger, so that the tracker follows it. */
async function follow(
  caller: Caller,
  { ref: { panel, number }, state }: { readonly ref: PanelItemRef; readonly state: OrderState },
  { store, states, firstCheckMs, clock = systemClock }: PresentOrdersDependencies,
): Promise<void> {
  const at = clock.now();
  const nextCheckAt = isFinalOrder(state.status) ? null : at + firstCheckMs;
  await store.orders.insertForeignOrder({ panel, number, caller: caller.name, state, nextCheckAt, at });
  states.forgetAbsence(panel, number);
}

function notFound(): CallerError {
  const message = 'No panel knows any of these orders.';
  return new CallerError('ORDER_NOT_FOUND', message, [{ path: ['ids'], message }]);
}
