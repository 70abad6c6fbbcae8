/** Buys one order: checked first, then sent once. */
import type { Caller } from '../access/caller.ts';
import type { Registry } from '../providers/registry.ts';
import { type CheckOrderDependencies, checkOrder, type OrderInput } from './check-order.ts';

export interface PlacedOrder {
  readonly panel: string;
  /** The panel's own order number. */
  readonly number: string;
}

export interface PlaceOrderDependencies extends CheckOrderDependencies {
  readonly registry: Registry;
}

/**
 * @throws CallerError before anything is sent
 * @throws ProviderError whose outcome says what has happened to the money
 */
export async function placeOrder(
  _caller: Caller,
  input: OrderInput,
  dependencies: PlaceOrderDependencies,
): Promise<PlacedOrder> {
  const { service } = await checkOrder(input, dependencies);
  const provider = dependencies.registry.find(service.panel);
  if (!provider) throw new Error(`No provider of ${service.panel}, which the catalogue has just read.`);
  const number = await provider.add({ service: service.number, details: input.details });
  return { panel: service.panel, number };
}
