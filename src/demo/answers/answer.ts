import { DEMO_ACTIONS } from '../demo-panel-options.ts';
import type { PanelState } from '../panel-state.ts';
import { Refused } from '../refused.ts';
import { answerAdd } from './add.ts';
import { answerBalance } from './balance.ts';
import { answerCancel } from './cancel.ts';
import { orError } from './ids.ts';
import { answerRefill } from './refill.ts';
import { answerRefillStatus } from './refill-status.ts';
import { answerServices } from './services.ts';
import { answerStatus } from './status.ts';

type Form = Readonly<Record<string, string>>;

const ANSWERS: Record<(typeof DEMO_ACTIONS)[number], (state: PanelState, form: Form) => object> = {
  services: answerServices,
  add: answerAdd,
  status: answerStatus,
  refill: answerRefill,
  refill_status: answerRefillStatus,
  cancel: answerCancel,
  balance: answerBalance,
};

/** Acts on a call whose key is right and gives the answer to print; a refusal is an answer too. */
export function answer(state: PanelState, action: string, form: Form): object {
  state.orders.advance(state.now());
  return orError(() => {
    const known = DEMO_ACTIONS.find((word) => word === action);
    if (known === undefined) throw new Refused('Incorrect request');
    return ANSWERS[known](state, form);
  });
}
