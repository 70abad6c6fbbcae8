/** All that the gateway knows and asks of one panel: its provider, its look-ups, its balance and its currency. */
import { type Decimal, type Money, UNKNOWN_CURRENCY } from '../domain/money.ts';
import {
  type CreatePanelLookupsOptions,
  createPanelLookups,
  type PanelLookups,
} from '../providers/lookups/panel-lookups.ts';
import type { CallAllowance } from '../providers/pacing/call-allowance.ts';
import type { Provider } from '../providers/provider.ts';

/** An amount as a panel reports it. The currency is null where the panel does not name one. */
export interface ToldAmount {
  readonly amount: Decimal;
  readonly currency: string | null;
}

export interface AccountBalance {
  readonly amount: Money;
  readonly checkedAt: Date;
}

export interface Panel extends Omit<PanelLookups, 'balance'> {
  /** The id in the configuration. */
  readonly name: string;
  readonly provider: Provider;
  /**
   * The balance of the account. Callers at the same time, and shortly after, share one call, which is taken from `calls`.
   * @throws ProviderError
   */
  balance(calls: CallAllowance): Promise<AccountBalance>;
  /**
   * The amount in the currency that the panel named, or else in the currency of its prices. A promise only where the
   * panel has to be asked for that currency.
   */
  money(told: ToldAmount): Money | Promise<Money>;
}

export function createPanel(provider: Provider, options: CreatePanelLookupsOptions): Panel {
  const lookups = createPanelLookups(provider, options);
  const money = ({ amount, currency }: ToldAmount): Money | Promise<Money> => {
    const known = currency ?? lookups.knownCurrency();
    if (known !== null) return { amount, currency: known };
    return lookups.currency().then((asked) => ({ amount, currency: asked ?? UNKNOWN_CURRENCY }));
  };
  return {
    ...lookups,
    name: provider.panel,
    provider,
    money,
    balance: async (calls) => {
      const { amount, currency, checkedAt } = await lookups.balance(calls);
      return { amount: await money({ amount, currency: currency ?? provider.currency }), checkedAt };
    },
  };
}
