/** What the whole process asks of one panel: states of orders and of refills, the balance, and its currency. */
import { isFinalOrder, isFinalRefill, type OrderState, type RefillState } from '../../domain/order.ts';
import { type Clock, steadyClock, systemClock } from '../../domain/time/clock.ts';
import type { CallAllowance } from '../pacing/call-allowance.ts';
import type { BalanceOptions, LookupResults, Provider } from '../provider.ts';
import { Coalescer } from './coalescer.ts';
import { type CheckedBalance, createPanelBalance } from './panel-balance.ts';
import { type CurrencyNeed, createPanelCurrency } from './panel-currency.ts';

export interface PanelLookups {
  readonly orders: Coalescer<OrderState>;
  readonly refills: Coalescer<RefillState>;
  /** One call for all callers that ask at once, or within a second after it; taken from `calls`. @throws ProviderError */
  balance(calls?: CallAllowance): Promise<CheckedBalance>;
  /** Asks now, before all look-ups, and joins no call under way. @throws ProviderError */
  freshBalance(options: Omit<BalanceOptions, 'priority'>): Promise<CheckedBalance>;
  /**
   * The currency of the panel's prices: from the configuration, else from its balance, else as the ledger remembers it.
   * Null where none of them tells it. Never throws, and waits a few seconds for the balance at most.
   */
  currency(): Promise<string | null>;
  /** As `currency`, for an order: see `PanelCurrency.forOrder`. @throws ProviderError for a limit */
  orderCurrency(need: CurrencyNeed, calls?: CallAllowance): Promise<string | null>;
  /** What the panel told an earlier process: see `PanelCurrency.remember`. */
  rememberCurrency(currency: string): void;
  /** As `currency`, without asking: null where it is not known yet. */
  knownCurrency(): string | null;
}

/** Told every answer of a panel, but for those that a command about the order has made outdated. Must not throw. */
export interface LookupObserver {
  observeOrders(panel: string, results: LookupResults<OrderState>): void;
  observeRefills(panel: string, results: LookupResults<RefillState>): void;
}

export interface CreatePanelLookupsOptions {
  /** How long a status may be given again, in ms; 0: never. */
  readonly statusTtlMs: number;
  readonly observer: LookupObserver;
  readonly clock?: Clock;
}

export function createPanelLookups(
  provider: Provider,
  { statusTtlMs, observer, ...clocks }: CreatePanelLookupsOptions,
): PanelLookups {
  const { clock = steadyClock } = clocks;
  const { clock: wallClock = systemClock } = clocks;
  const shared = {
    panel: provider.panel,
    batchSize: provider.batchSize,
    concurrency: provider.concurrency,
    deadlineMs: provider.deadlineMs,
    ttlMs: statusTtlMs,
    waitMs: (callsAhead: number) => provider.lookupWaitMs(callsAhead),
    clock,
  };
  const balance = createPanelBalance({
    provider,
    onAmount: (amount) => currency.note(amount.currency),
    clock,
    wallClock,
  });
  const currency = createPanelCurrency({
    panel: provider.panel,
    configured: provider.currency,
    balance: balance.recent,
    clock,
  });

  return {
    orders: new Coalescer({
      ...shared,
      action: 'status',
      isFinal: (state) => isFinalOrder(state.status),
      reserve: (options) => provider.reserveLookup('order', options),
      fetch: (numbers, options) => provider.fetchOrders(numbers, options),
      onResults: (results) => observer.observeOrders(provider.panel, results),
    }),
    refills: new Coalescer({
      ...shared,
      action: 'refill_status',
      isFinal: (state) => isFinalRefill(state.status),
      reserve: (options) => provider.reserveLookup('refill', options),
      fetch: (numbers, options) => provider.fetchRefills(numbers, options),
      onResults: (results) => observer.observeRefills(provider.panel, results),
    }),
    balance: balance.recent,
    freshBalance: (options) => balance.fetch({ ...options, priority: 'spending' }),
    currency: currency.shown,
    orderCurrency: currency.forOrder,
    rememberCurrency: currency.remember,
    knownCurrency: currency.known,
  };
}
