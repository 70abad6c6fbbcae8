/**
 * How much the details of an order may hold. This is checked before anything else is done with them: the lists of one
 * request may hold a hundred thousand texts, and sixty orders may share them.
 */
import type { InputIssue } from '../../domain/errors.ts';
import type { OrderDetails } from '../../domain/order-forms.ts';

/** No panel documents as many parameters for one order. */
export const MOST_PARAMETERS = 100;
/** No panel takes more lines in one order. */
export const MOST_LINES = 10_000;

/** The lists of `details` that are too long. Paths begin at the order's input. */
export function findSizeIssues(details: OrderDetails): InputIssue[] {
  if (details.form === 'other') {
    const { length } = details.parameters;
    if (length <= MOST_PARAMETERS) return [];
    const message = `It may hold ${MOST_PARAMETERS} parameters at most, not ${length}.`;
    return [{ path: ['details', 'other'], message }];
  }
  return Object.entries(details.values).flatMap(([name, value]) => {
    if (!Array.isArray(value) || value.length <= MOST_LINES) return [];
    const message = `It may hold ${MOST_LINES} lines at most, not ${value.length}.`;
    return [{ path: ['details', details.form, name], message }];
  });
}
