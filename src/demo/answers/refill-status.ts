import type { PanelState } from '../panel-state.ts';
import { Refused } from '../refused.ts';
import { numericId, orError, printedId, splitIds } from './ids.ts';

/** `refill_status`: of one `refill`, or, where the flavour has it, of several `refills`. */
export function answerRefillStatus(
  state: PanelState,
  { refill, refills }: { refill?: string; refills?: string },
): object {
  if (refills && !refill && state.flavour.hasRefillStatusList) {
    return splitIds(refills).map((id) => ({ refill: printedId(id), status: orError(() => getStatus(state, id)) }));
  }
  if (!refill || refills) throw new Refused('Incorrect request');
  return { status: getStatus(state, refill) };
}

function getStatus({ refills, now }: PanelState, id: string): string {
  const number = numericId(id.trim());
  const status = number === null ? undefined : refills.statusAt(number, now());
  if (status === undefined) throw new Refused('Refill not found');
  return status;
}
