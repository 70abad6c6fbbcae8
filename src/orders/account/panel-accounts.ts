/** The accounts that orders are placed at: two panels of one address and key are one. */
import type { Provider } from '../../providers/provider.ts';
import { PanelAccount, type PanelAccountOptions } from './panel-account.ts';

export interface PanelAccountsOptions extends Omit<PanelAccountOptions, 'provider' | 'lookups'> {
  readonly lookups: (panel: string) => PanelAccountOptions['lookups'];
}

export class PanelAccounts {
  readonly #options: PanelAccountsOptions;
  readonly #byAccount = new Map<string, PanelAccount>();

  constructor(options: PanelAccountsOptions) {
    this.#options = options;
  }

  of(provider: Provider): PanelAccount {
    const known = this.#byAccount.get(provider.account);
    if (known) return known;
    const account = new PanelAccount({ ...this.#options, provider, lookups: this.#options.lookups(provider.panel) });
    this.#byAccount.set(provider.account, account);
    return account;
  }
}
