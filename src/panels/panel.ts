/** One handle a panel: its provider, what is asked of it by number, its balance and its currency. */
import { type Decimal, type Money, UNKNOWN_CURRENCY } from '../domain/money.ts';
import {
  type CreatePanelLookupsOptions,
  createPanelLookups,
  type PanelLookups,
} from '../providers/lookups/panel-lookups.ts';
import type { Provider } from '../providers/provider.ts';

/** An amount as a panel tells it; the currency is null where it names none. */
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
  /** What is left on the account. One call for all who ask at once, and for who asks shortly after. @throws ProviderError */
  balance(): Promise<AccountBalance>;
  /**
   * An amount that the panel told, in the currency that it named, else in that of its prices. A promise only where the
   * panel has to be asked for that.
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
    balance: async () => {
      const { amount, currency, checkedAt } = await lookups.balance();
      return { amount: await money({ amount, currency: currency ?? provider.currency }), checkedAt };
    },
  };
}
