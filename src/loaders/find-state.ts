/** The state of an order or a refill: from its panel, else from the ledger. */
import { ProviderError } from '../domain/errors.ts';
import type { PanelItemRef } from '../domain/ids.ts';
import type { Panel } from '../panels/panel.ts';
import type { Coalescer } from '../providers/lookups/coalescer.ts';
import type { ItemLoader } from './item-loader.ts';

/** What the panel has just said comes as it is, without a promise: many ask for it. */
export type StateOf<State> = Promise<State | null> | State;

export interface StateSources<State> {
  /** Undefined where it is configured no more. */
  readonly panel: Panel | undefined;
  /** The panel's look-ups of its kind. */
  readonly recent: (panel: Panel) => Pick<Coalescer<State>, 'findRecent'>;
  /** As the panel tells it now. */
  readonly live: () => ItemLoader<State | null>;
  /** As the ledger remembers it. */
  readonly remembered: () => ItemLoader<{ readonly state: State } | null>;
}

/**
 * What the panel says now; null where it does not know the item. Where the panel does not answer, or is configured no
 * more, what the ledger last heard.
 * @throws ProviderError where the panel does not answer and the ledger does not know the item either
 */
export function findState<State>(ref: PanelItemRef, sources: StateSources<State>): StateOf<State> {
  const { panel, recent } = sources;
  return (panel && recent(panel).findRecent(ref.number)?.value) ?? loadState(ref, sources);
}

async function loadState<State>(
  ref: PanelItemRef,
  { panel, live, remembered }: StateSources<State>,
): Promise<State | null> {
  let failure: ProviderError | null = null;
  try {
    if (panel) return await live().load(ref);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    failure = error;
  }
  const record = await remembered().load(ref);
  if (record) return record.state;
  if (failure) throw failure;
  return null;
}
