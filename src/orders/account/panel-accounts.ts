/** The accounts at which orders are placed. Panels with the same address and key share one account. */
import { type Clock, steadyClock } from '../../domain/time/clock.ts';
import type { Panels } from '../../panels/panels.ts';
import type { Provider } from '../../providers/provider.ts';
import type { AddTurnStore } from '../../storage/ledger/ledger-store.ts';
import { PanelAccount } from './panel-account.ts';

export interface PanelAccountsOptions {
  readonly panels: Panels;
  /** Null where no other gateway can share the ledger. */
  readonly turns: AddTurnStore | null;
  /** A clock that does not go back. */
  readonly clock?: Clock;
}

export class PanelAccounts {
  readonly #panels: Panels;
  readonly #byAccount: ReadonlyMap<string, PanelAccount>;

  constructor({ panels, turns, clock = steadyClock }: PanelAccountsOptions) {
    this.#panels = panels;
    const byAccount = Map.groupBy(panels.all, ({ provider }) => provider.account);
    this.#byAccount = new Map(
      Array.from(byAccount, ([account, ofAccount]) => [
        account,
        new PanelAccount({ panel: ofAccount[0]!, names: ofAccount.map(({ name }) => name), turns, clock }),
      ]),
    );
  }

  of(provider: Provider): PanelAccount {
    const account = this.#byAccount.get(provider.account);
    if (!account) throw new Error(`The configured panel ${provider.panel} has no account.`);
    return account;
  }

  /** Something other than an order may move the balance at a panel. */
  noteMoved(panel: string): void {
    const provider = this.#panels.find(panel)?.provider;
    if (provider) this.of(provider).noteMoved();
  }
}
