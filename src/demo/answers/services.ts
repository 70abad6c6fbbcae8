import type { PanelState } from '../panel-state.ts';

/** `services`: the list, with numbers as texts; `cancel` only where the flavour's page has it. */
export function answerServices({ services, flavour }: PanelState): object {
  return [...services.values()].map(({ id, name, type, category, rate, min, max, refill, cancel }) => ({
    service: id,
    name,
    type,
    category,
    rate,
    min: String(min),
    max: String(max),
    refill,
    ...(flavour.hasCancelFlag ? { cancel } : {}),
  }));
}
