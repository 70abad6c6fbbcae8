/** The state of an order or a refill: from its panel, else from the ledger. */
import { ProviderError } from '../domain/errors.ts';
import type { PanelItemRef } from '../domain/ids.ts';
import type { ItemLoader } from '../loaders/item-loader.ts';
import type { Loaders } from '../loaders/loaders.ts';
import type { Coalescer } from '../providers/lookups/coalescer.ts';
import type { PanelLookups } from '../providers/lookups/panel-lookups.ts';
import type { RequestContext } from './context.ts';

export interface StateSources<State> {
  /** The panel's look-ups of its kind. */
  readonly lookups: (panel: PanelLookups) => Pick<Coalescer<State>, 'findRecent'>;
  /** As the panel tells it now. */
  readonly live: (loaders: Loaders) => ItemLoader<State | null>;
  /** As the ledger remembers it. */
  readonly remembered: (loaders: Loaders) => ItemLoader<{ readonly state: State } | null>;
}

/**
 * What the panel says now; null where it does not know the item. Where the panel does not answer, or is configured no
 * more, what the ledger last heard. What the panel has just said comes as it is, without a promise: many ask for it.
 * @throws ProviderError where the panel does not answer and the ledger does not know the item either
 */
export function findState<State, View>(
  ref: PanelItemRef,
  context: RequestContext,
  sources: StateSources<State>,
  viewOf: (state: State) => View,
): Promise<View | null> | View {
  const panel = context.lookups(ref.panel);
  const recent = panel && sources.lookups(panel).findRecent(ref.number)?.value;
  return recent ? viewOf(recent) : loadState(ref, context, sources).then((state) => state && viewOf(state));
}

async function loadState<State>(
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
