/** Asks panels to refill or to cancel orders: one attempt, in as few calls as the panel allows. */
import type { Caller } from '../access/caller.ts';
import { CallerError, type GatewayError, type ProviderError } from '../domain/errors.ts';
import { getNodeRef, type PanelItemRef } from '../domain/ids.ts';
import type { PanelLookups } from '../providers/panel-lookups.ts';
import type { Provider } from '../providers/provider.ts';
import type { Registry } from '../providers/registry.ts';

export interface ChangeOrdersDependencies {
  readonly registry: Registry;
  readonly lookups: (panel: string) => PanelLookups | undefined;
}

/** What became of one order of the argument. */
export type ChangeResult<T> =
  | { readonly order: PanelItemRef; readonly value: T; readonly error: null }
  | { readonly order: PanelItemRef | null; readonly value: null; readonly error: GatewayError };

/** The number of the refill for each order, in the order of `orderIds`. Never throws for one order's failure. */
export function refillOrders(
  caller: Caller,
  orderIds: readonly string[],
  dependencies: ChangeOrdersDependencies,
): Promise<ChangeResult<string>[]> {
  return changeOrders(caller, orderIds, dependencies, (provider, numbers) => provider.refill(numbers));
}

/** Whether the panel took the request, for each order, in the order of `orderIds`; its status says what it did. */
export function cancelOrders(
  caller: Caller,
  orderIds: readonly string[],
  dependencies: ChangeOrdersDependencies,
): Promise<ChangeResult<true>[]> {
  return changeOrders(caller, orderIds, dependencies, (provider, numbers) => provider.cancel(numbers));
}

type Change<T> = (provider: Provider, numbers: readonly string[]) => Promise<ReadonlyMap<string, T | ProviderError>>;

async function changeOrders<T>(
  _caller: Caller,
  orderIds: readonly string[],
  { registry, lookups }: ChangeOrdersDependencies,
  change: Change<T>,
): Promise<ChangeResult<T>[]> {
  const refs = orderIds.map((id, index) => readRef(id, index, registry));
  const byPanel = new Map<string, Set<string>>();
  for (const ref of refs) {
    if (ref instanceof CallerError) continue;
    const numbers = byPanel.get(ref.panel) ?? new Set();
    byPanel.set(ref.panel, numbers.add(ref.number));
  }
  const results = new Map<string, ReadonlyMap<string, T | ProviderError>>();
  await Promise.all(
    [...byPanel].map(async ([panel, numbers]) => {
      const provider = registry.find(panel);
      if (provider) results.set(panel, await changeAtPanel(provider, [...numbers], lookups(panel), change));
    }),
  );
  return refs.map((ref) => {
    if (ref instanceof CallerError) return { order: null, value: null, error: ref };
    const result = results.get(ref.panel)?.get(ref.number);
    if (result === undefined) throw new Error('A panel left out an order that it was asked to change.');
    if (result instanceof Error) return { order: ref, value: null, error: result };
    return { order: ref, value: result, error: null };
  });
}

async function changeAtPanel<T>(
  provider: Provider,
  numbers: readonly string[],
  lookups: PanelLookups | undefined,
  change: Change<T>,
): Promise<ReadonlyMap<string, T | ProviderError>> {
  const chunks: string[][] = [];
  for (let start = 0; start < numbers.length; start += provider.batchSize) {
    chunks.push(numbers.slice(start, start + provider.batchSize));
  }
  // Before and after: a look-up begun while the call is under way may still bring the old state.
  lookups?.orders.forget(numbers);
  const results = await Promise.all(chunks.map((chunk) => change(provider, chunk)));
  lookups?.orders.forget(numbers);
  return new Map(results.flatMap((result) => [...result]));
}

function readRef(id: string, index: number, registry: Registry): PanelItemRef | CallerError {
  const path = ['orderIds', String(index)];
  try {
    const ref = getNodeRef('Order', id, path);
    if (registry.find(ref.panel)) return ref;
    const message = `No panel \`${ref.panel}\` is configured.`;
    return new CallerError('ORDER_NOT_FOUND', message, [{ path, message }]);
  } catch (error) {
    if (error instanceof CallerError) return error;
    throw error;
  }
}
