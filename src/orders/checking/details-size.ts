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

/** All texts of an order together: a thousand comments of a hundred characters. */
const MOST_CHARACTERS = 100_000;

/** The lists of `details` that are too long. Paths begin at the order's input. */
export function findSizeIssues(details: OrderDetails): InputIssue[] {
  if (details.form === 'other') {
    const { length } = details.parameters;
    if (length <= MOST_PARAMETERS) return findLengthIssues('other', details.parameters.flatMap(Object.values));
    const message = `It may hold ${MOST_PARAMETERS} parameters at most, not ${length}.`;
    return [{ path: ['details', 'other'], message }];
  }
  const lists = Object.entries(details.values).flatMap(([name, value]) => {
    if (!Array.isArray(value) || value.length <= MOST_LINES) return [];
    const message = `It may hold ${MOST_LINES} lines at most, not ${value.length}.`;
    return [{ path: ['details', details.form, name], message }];
  });
  return lists.length > 0 ? lists : findLengthIssues(details.form, Object.values(details.values).flat());
}

function findLengthIssues(form: string, values: readonly unknown[]): InputIssue[] {
  let length = 0;
  for (const value of values) if (typeof value === 'string') length += value.length;
  if (length <= MOST_CHARACTERS) return [];
  const message = `Its texts may hold ${MOST_CHARACTERS} characters in all, not ${length}.`;
  return [{ path: ['details', form], message }];
}
