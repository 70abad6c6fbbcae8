import type { PanelState } from '../panel-state.ts';
import { formatUnits } from '../units.ts';

/** `balance`: what is left to spend. */
export function answerBalance({ account, currency }: PanelState): object {
  return { balance: formatUnits(account.balance), currency };
}
