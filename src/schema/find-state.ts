/** The state of an order or a refill: from its panel, else from the ledger. */
import { ProviderError } from '../domain/errors.ts';
import type { PanelItemRef } from '../domain/ids.ts';
import type { ItemLoader } from '../loaders/item-loader.ts';
import type { Loaders } from '../loaders/loaders.ts';
import type { RequestContext } from './context.ts';

export interface StateSources<State> {
  /** As the panel tells it now. */
  readonly live: (loaders: Loaders) => ItemLoader<State | null>;
  /** As the ledger remembers it. */
  readonly remembered: (loaders: Loaders) => ItemLoader<{ readonly state: State } | null>;
}

/**
 * What the panel says now; null where it does not know the item. Where the panel does not answer, or is configured no
 * more, what the ledger last heard.
 * @throws ProviderError where the panel does not answer and the ledger does not know the item either
 */
export async function findState<State>(
  ref: PanelItemRef,
  { registry, loaders }: RequestContext,
  { live, remembered }: StateSources<State>,
): Promise<State | null> {
  let failure: ProviderError | null = null;
  try {
    if (registry.find(ref.panel)) return await live(loaders).load(ref);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    failure = error;
  }
  const record = await remembered(loaders).load(ref);
  if (record) return record.state;
  if (failure) throw failure;
  return null;
}
