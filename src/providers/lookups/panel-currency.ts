/** The currency of a panel's prices: from the configuration, else from the panel's balance; once known, it is kept. */
import { ProviderError } from '../../domain/errors.ts';
import type { PanelAmount } from '../../domain/order.ts';
import type { Clock } from '../../domain/time/clock.ts';
import { withinMs } from '../../domain/time/within-ms.ts';
import { type CallAllowance, NoCallsLeftError } from '../pacing/call-allowance.ts';

export interface PanelCurrency {
  /** Without asking: null where it is not known yet. */
  known(): string | null;
  /**
   * For display. Where the panel does not answer within `SHOWN_WAIT_MS` it is what the ledger remembers, or null. Never
   * throws.
   */
  shown(): Promise<string | null>;
  /**
   * For an order; the panel is asked again sooner than for display, in calls that are taken from `calls`. For an estimate
   * it waits a moment, and never throws. For a limit it waits `SHOWN_WAIT_MS`, and null means that the panel answers
   * without a currency; what the ledger remembers does not count there, since the account may be another one by now.
   * @throws ProviderError for a limit, where the panel does not answer
   */
  forOrder(need: CurrencyNeed, calls?: CallAllowance): Promise<string | null>;
  /** Notes the currency that a balance has told. */
  note(currency: string | null): void;
  /** Notes the currency that the panel told an earlier process. */
  remember(currency: string): void;
}

/** Why an order needs the currency: to compare its charge with a limit, or only to name it. */
export type CurrencyNeed = 'limit' | 'estimate';

export interface PanelCurrencyOptions {
  readonly panel: string;
  readonly configured: string | null;
  /** Asks the panel; one call for all callers that ask at once. */
  readonly balance: (calls?: CallAllowance) => Promise<PanelAmount>;
  /** One that does not go back. */
  readonly clock: Clock;
}

const SHOWN_WAIT_MS = 3000;
const ESTIMATE_WAIT_MS = 500;
/** When a panel that did not tell its currency is asked again. */
const RETRY_MS = 15_000;
/** The same for an order: within this time it fails as the one before it did. */
const ORDER_RETRY_MS = 1000;

export function createPanelCurrency({ panel, configured, balance, clock }: PanelCurrencyOptions): PanelCurrency {
  let told: string | null = null;
  let remembered: string | null = null;
  let shownAgainAt = Number.NEGATIVE_INFINITY;
  let askedAgainAt = Number.NEGATIVE_INFINITY;
  let failure: { readonly error: ProviderError; readonly at: number } | undefined;
  const known = (): string | null => configured ?? told;

  async function ask(waitMs: number, calls?: CallAllowance): Promise<string | null> {
    if ((await withinMs(waitMs, readBalance(calls))) === undefined) throw tooLate(panel);
    // Where the balance names no currency, not every order may ask for it.
    if (known() === null) askedAgainAt = clock.now() + RETRY_MS;
    return known();
  }

  /** Null where the panel refuses to tell its balance. */
  async function readBalance(calls?: CallAllowance): Promise<PanelAmount | null> {
    try {
      return await balance(calls);
    } catch (error) {
      // One request without calls left must not fail the others.
      if (!(error instanceof ProviderError) || error instanceof NoCallsLeftError) throw error;
      if (error.outcome === 'rejected' && error.code !== 'INVALID_KEY') return null;
      failure = { error, at: clock.now() };
      throw error;
    }
  }

  async function askForOrder(waitMs: number, calls?: CallAllowance): Promise<string | null> {
    if (known() !== null || clock.now() < askedAgainAt) return known();
    if (failure && clock.now() < failure.at + ORDER_RETRY_MS) throw failure.error;
    return ask(waitMs, calls);
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
    forOrder: (need, calls) =>
      need === 'limit'
        ? askForOrder(SHOWN_WAIT_MS, calls)
        : unlessFailed(askForOrder(ESTIMATE_WAIT_MS, calls), () => remembered),
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
