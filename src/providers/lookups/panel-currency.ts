/** The currency of a panel's prices: from the configuration, else as its balance tells it, once for all. */

import { ProviderError } from '../../domain/errors.ts';
import type { PanelAmount } from '../../domain/order.ts';
import type { Clock } from '../../domain/time/clock.ts';
import { withinMs } from '../../domain/time/within-ms.ts';

export interface PanelCurrency {
  /** As far as it is known by now. */
  known(): string | null;
  /**
   * For what is shown. Where the panel does not answer within `SHOWN_WAIT_MS` it is what the ledger remembers, or null.
   * Never throws.
   */
  shown(): Promise<string | null>;
  /**
   * For an order, which asks again as soon as a panel may be back. For a limit it waits as long as for what is shown,
   * and null means that the panel answers without a currency; for an estimate it waits a moment, and never throws. What
   * the ledger remembers is no limit's: the account may be another one by now.
   * @throws ProviderError where the panel does not answer, for a limit
   */
  forOrder(need: CurrencyNeed): Promise<string | null>;
  /** What a balance has told. */
  note(currency: string | null): void;
  /** What the panel told an earlier process. */
  remember(currency: string): void;
}

/** What an order needs it for: to compare its charge with a limit, or only to say it. */
export type CurrencyNeed = 'limit' | 'estimate';

export interface PanelCurrencyOptions {
  readonly panel: string;
  readonly configured: string | null;
  /** Asks the panel; one call for all who ask at once. */
  readonly balance: () => Promise<PanelAmount>;
  /** One that does not go back. */
  readonly clock: Clock;
}

const SHOWN_WAIT_MS = 3000;
const ESTIMATE_WAIT_MS = 500;
/** A panel that did not tell its currency is asked again after so long. */
const RETRY_MS = 15_000;
/** The same for an order: one that was refused a moment ago is refused. */
const ORDER_RETRY_MS = 1000;

export function createPanelCurrency({ panel, configured, balance, clock }: PanelCurrencyOptions): PanelCurrency {
  let told: string | null = null;
  let remembered: string | null = null;
  let shownAgainAt = Number.NEGATIVE_INFINITY;
  let askedAgainAt = Number.NEGATIVE_INFINITY;
  let failure: { readonly error: ProviderError; readonly at: number } | undefined;
  const known = (): string | null => configured ?? told;

  async function ask(waitMs: number): Promise<string | null> {
    if ((await withinMs(waitMs, readBalance())) === undefined) throw tooLate(panel);
    // A panel whose balance names no currency is not asked for one by each order.
    if (known() === null) askedAgainAt = clock.now() + RETRY_MS;
    return known();
  }

  /** Null where the panel says that it tells no balance. */
  async function readBalance(): Promise<PanelAmount | null> {
    try {
      return await balance();
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      if (error.outcome === 'rejected' && error.code !== 'INVALID_KEY') return null;
      failure = { error, at: clock.now() };
      throw error;
    }
  }

  async function askForOrder(waitMs: number): Promise<string | null> {
    if (known() !== null || clock.now() < askedAgainAt) return known();
    if (failure && clock.now() < failure.at + ORDER_RETRY_MS) throw failure.error;
    return ask(waitMs);
  }

  return {
    known,
    async shown() {
      const now = clock.now();
      if (known() !== null || now < askedAgainAt) return known();
      if (now < shownAgainAt) return remembered;
      return unlessFailed(ask(SHOWN_WAIT_MS), () => {
        shownAgainAt = clock.now() + RETRY_MS;
        return remembered;
      });
    },
    forOrder: (need) =>
      need === 'limit' ? askForOrder(SHOWN_WAIT_MS) : unlessFailed(askForOrder(ESTIMATE_WAIT_MS), () => remembered),
    note(currency) {
      told = currency ?? told;
    },
    remember(currency) {
      remembered = currency;
    },
  };
}

function unlessFailed(asked: Promise<string | null>, instead: () => string | null): Promise<string | null> {
  return asked.catch((error: unknown) => {
    if (error instanceof ProviderError) return instead();
    throw error;
  });
}

function tooLate(panel: string): ProviderError {
  return new ProviderError({
    panel,
    action: 'balance',
    outcome: 'unknown',
    code: 'PANEL_TIMEOUT',
    message: 'The panel did not tell its balance in time.',
  });
}
