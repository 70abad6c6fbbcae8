/** Checks a filled-in order form against its service, naming every problem with its path. */
import type { InputIssue } from '../../domain/errors.ts';
import {
  ORDER_FORMS,
  type OrderDetails,
  type OrderFieldSpec,
  type OrderFieldValue,
  type OrderFormSpec,
} from '../../domain/order-forms.ts';
import type { Service } from '../../domain/service.ts';
import type { Provider } from '../../providers/provider.ts';
import { findSizeIssues } from './details-size.ts';
import { findParameterIssues } from './other-parameters.ts';
import { linesProblem, textProblem } from './text-problems.ts';

/** The settings of a panel that an order must fit. */
type Ordering = Pick<Provider, 'commentSeparator' | 'idempotencyParameter'>;

/**
 * Every problem of `details` for this service, in the order of the form. Paths begin at the order's input. Expects
 * trimmed texts. Empty where the order may be sent.
 */
export function findDetailsIssues(
  service: Service,
  details: OrderDetails,
  { commentSeparator, idempotencyParameter }: Ordering = { commentSeparator: null, idempotencyParameter: null },
): InputIssue[] {
  const spec = ORDER_FORMS[service.type];
  if (details.form !== spec.name) {
    const message = `A service of type ${service.type} is ordered with \`${spec.name}\`, not \`${details.form}\`.`;
    return [{ path: ['details', details.form], message }];
  }
  const sizeIssues = findSizeIssues(details);
  if (sizeIssues.length > 0) return sizeIssues;
  if (details.form === 'other') {
    return findParameterIssues(details.parameters, {
      quantityProblem: (quantity) => limitsProblem(quantity, service, 'It'),
      idempotencyParameter,
    });
  }
  const { values } = details;
  const issues = spec.fields.flatMap((field) => {
    const value = values[field.name];
    const message = problemOf(field, value, service) ?? separatorProblem(field, value, commentSeparator);
    return message === null ? [] : [{ path: ['details', spec.name, field.name], message }];
  });
  return issues.length > 0 ? issues : formIssues(spec, values);
}

function problemOf(field: OrderFieldSpec, value: OrderFieldValue | undefined, service: Service): string | null {
  if (value === undefined) return field.required ? 'It is required.' : null;
  switch (field.kind) {
    case 'INTEGER':
      return integerProblem(field, Number(value), service);
    case 'LINES':
      return countedLinesProblem(field, value as readonly string[], service);
    case 'CHOICE':
      return field.choices?.includes(value as number) ? null : `It must be one of ${field.choices?.join(', ')}.`;
    default:
      return textProblem(String(value), field.kind === 'LINK' ? 'LINK' : 'TEXT');
  }
}

function integerProblem(field: OrderFieldSpec, value: number, service: Service): string | null {
  if (field.limits) return limitsProblem(value, service, 'It');
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = field;
  return value >= min && value <= max ? null : `It must be ${min} or more.`;
}

function countedLinesProblem(field: OrderFieldSpec, lines: readonly string[], service: Service): string | null {
  return linesProblem(lines) ?? (field.limits ? limitsProblem(lines.length, service, 'The number of lines') : null);
}

/** A panel that splits comments at a separator would make two comments of one that holds it, and charge for two. */
function separatorProblem(
  field: OrderFieldSpec,
  value: OrderFieldValue | undefined,
  separator: string | null,
): string | null {
  if (separator === null || field.name !== 'comments' || !Array.isArray(value)) return null;
  const bad = (value as readonly string[]).findIndex((line) => line.includes(separator));
  return bad < 0 ? null : `Line ${bad + 1} holds \`${separator}\`, at which this panel splits it into two comments.`;
}

function limitsProblem(value: number, { min, max }: Service, what: string): string | null {
  if (min > max) return `The panel sells nothing of this service: its minimum ${min} is above its maximum ${max}.`;
  // A minimum of 0 means that the panel sets none. An order of 0 units is still no order.
  const least = Math.max(min, 1);
  if (value >= least && value <= max) return null;
  return max === Number.MAX_SAFE_INTEGER
    ? `${what} must be ${least} or more.`
    : `${what} must be from ${least} to ${max}.`;
}

/** Problems that concern several fields at once. */
function formIssues(spec: OrderFormSpec, values: Readonly<Record<string, OrderFieldValue>>): InputIssue[] {
  if (spec.quantity.by === 'subscription' && Number(values['min']) > Number(values['max'])) {
    return [{ path: ['details', spec.name, 'min'], message: 'It must not be above `max`.' }];
  }
  const { runs = 1, quantity = 1 } = values;
  if (!Number.isSafeInteger(Number(runs) * Number(quantity))) {
    return [{ path: ['details', spec.name, 'runs'], message: 'The total quantity is too large.' }];
  }
  return [];
}
