/** The balance of one panel: one call for all callers that ask at once, and its answer for those shortly after. */

import type { PanelAmount } from '../../domain/order.ts';
import type { Clock } from '../../domain/time/clock.ts';
import { type CallAllowance, NoCallsLeftError, UNLIMITED_CALLS } from '../pacing/call-allowance.ts';
import type { BalanceOptions, Provider } from '../provider.ts';

export interface CheckedBalance extends PanelAmount {
  readonly checkedAt: Date;
}

export interface PanelBalance {
  /** As the panel told it a moment ago, or tells it now, in calls that are taken from `calls`. @throws ProviderError */
  recent(calls?: CallAllowance): Promise<CheckedBalance>;
  /** Asks now, whatever was told before. @throws ProviderError */
  fetch(options?: BalanceOptions): Promise<CheckedBalance>;
}

export interface PanelBalanceOptions {
  readonly provider: Pick<Provider, 'panel' | 'fetchBalance'>;
  /** Told what each answer says, before the callers that asked for it. */
  readonly onAmount: (amount: PanelAmount) => void;
  readonly clock: Clock;
  /** For the instants that are shown. */
  readonly wallClock: Clock;
}

const TTL_MS = 1000;

export function createPanelBalance({ provider, onAmount, clock, wallClock }: PanelBalanceOptions): PanelBalance {
  let asking: Promise<CheckedBalance> | undefined;
  let latest: CheckedBalance | undefined;
  let latestAt = 0;

  async function fetchNow(options?: BalanceOptions): Promise<CheckedBalance> {
    const amount = await provider.fetchBalance(options);
    const balance = { ...amount, checkedAt: new Date(wallClock.now()) };
    latest = balance;
    latestAt = clock.now();
    onAmount(amount);
    return balance;
  }

  return {
    async recent(calls = UNLIMITED_CALLS) {
      if (latest && clock.now() - latestAt < TTL_MS) return latest;
      if (asking) return asking;
      if (!calls.take()) throw new NoCallsLeftError({ panel: provider.panel, action: 'balance' });
      asking = fetchNow({ mayRepeat: () => calls.take() }).finally(() => {
        asking = undefined;
      });
      return asking;
    },
    fetch: fetchNow,
  };
}
