/** Finds the state of an order or a refill, from its panel or from the ledger. */
import { ProviderError } from '../domain/errors.ts';
import type { PanelItemRef } from '../domain/ids.ts';
import type { Panel } from '../panels/panel.ts';
import type { Coalescer } from '../providers/lookups/coalescer.ts';
import type { ItemLoader } from './item-loader.ts';

/** A recent answer comes without a promise, since these look-ups are many. */
export type StateOf<State> = Promise<State | null> | State;

export interface StateSources<State> {
  /** Undefined where the panel is no longer configured. */
  readonly panel: Panel | undefined;
  /** The panel's look-ups of its kind. */
  readonly recent: (panel: Panel) => Pick<Coalescer<State>, 'findRecent'>;
  /** Asks the panel. */
  readonly live: () => ItemLoader<State | null>;
  /** Reads the ledger. */
  readonly remembered: () => ItemLoader<{ readonly state: State } | null>;
}

/**
 * The state that the panel reports now, or null where it does not know the item. The last state in the ledger where the
 * panel does not answer or is no longer configured.
 * @throws ProviderError where the panel does not answer and the ledger does not hold the item
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
