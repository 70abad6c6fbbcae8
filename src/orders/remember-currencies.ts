/** Recalls the currencies that panels told an earlier process, from the estimates of its latest placements. */
import { StoreUnavailableError } from '../domain/errors.ts';
import { UNKNOWN_CURRENCY } from '../domain/money.ts';
import type { Panel } from '../panels/panel.ts';
import type { Provider } from '../providers/provider.ts';
import type { LedgerStore } from '../storage/ledger/ledger-store.ts';

export interface RememberCurrenciesOptions {
  readonly store: LedgerStore;
  readonly panels: readonly Panel[];
}

/** Several, since some of them may have been estimated while the currency was not known. */
const LATEST_PLACEMENTS = 20;

/** For panels whose currency is not configured. If the ledger is away, the gateway starts and asks the panels later. */
export async function rememberCurrencies({ store, panels }: RememberCurrenciesOptions): Promise<void> {
  const asked = panels.filter(({ provider }) => provider.currency === null);
  await Promise.all(
    asked.map(async (panel) => {
      const currency = await findCurrency(store, panel.provider);
      if (currency !== null) panel.rememberCurrency(currency);
    }),
  );
}

/** Placements from another address of the panel do not count. */
async function findCurrency(store: LedgerStore, { panel, host }: Provider): Promise<string | null> {
  try {
    const page = await store.placements.listPlacements({ panels: [panel] }, { limit: LATEST_PLACEMENTS });
    const estimate = page.placements.find(
      ({ panelHost, estimatedCharge }) =>
        panelHost === host && estimatedCharge !== null && estimatedCharge.currency !== UNKNOWN_CURRENCY,
    );
    return estimate?.estimatedCharge?.currency ?? null;
  } catch (error) {
    if (error instanceof StoreUnavailableError) return null;
    throw error;
  }
}
