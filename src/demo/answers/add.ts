import { type AddForm, readAdd } from '../orders/read-add.ts';
import type { PanelState } from '../panel-state.ts';
import { Refused } from '../refused.ts';
import { numericId } from './ids.ts';

/** `add`: places an order and takes its charge. */
export function answerAdd(state: PanelState, form: AddForm): object {
  const id = numericId(form['service'] ?? '');
  const service = id === null ? undefined : state.services.get(id);
  if (service === undefined) throw new Refused('Incorrect service ID');
  const now = state.now();
  const request = readAdd(form, service, { now, takesIntervalAlone: state.flavour.takesIntervalAlone });
  return { order: state.orders.place(service, request, now).id };
}
