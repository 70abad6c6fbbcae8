/** Writes an `add`: the form of the service's type, in the order of the panels' pages, and nothing else. Source: docs/panel-protocol.md, "Order types". */
import { z } from 'zod';
import {
  ORDER_FORMS,
  type OrderDetails,
  type OrderFieldKind,
  type OrderFieldSpec,
  type OrderFieldValue,
  type OrderFormName,
  type OrderFormSpec,
  type OrderParameter,
} from '../../../../domain/order-forms.ts';
import type { AddEncoding, AddRequest, WireForm } from '../../../dialect.ts';
import { OWN_PARAMETERS, wireNameOf } from './add-fields.ts';

type Field = readonly [name: string, value: string];

/**
 * The fields of an order, without those that were not filled in.
 * @throws Error where the details are not what the form asks for, or would stand in for the call's own fields; the
 *   callers check that before, so nothing has been recorded as sent
 */
export function encodeAdd({ service, details }: AddRequest, { withQuantity = false }: AddEncoding = {}): WireForm {
  const fields = details.form === 'other' ? otherFields(details.parameters) : formFields(details, withQuantity);
  return Object.fromEntries([['action', 'add'], ['service', service], ...fields]);
}

const FORMS: ReadonlyMap<OrderFormName, OrderFormSpec> = new Map(
  Object.values(ORDER_FORMS).map((form) => [form.name, form]),
);

/** How each kind of value travels; strict, since what is sent is bought. */
const WIRE_KINDS = {
  TEXT: z.string().min(1),
  LINK: z.string().min(1),
  INTEGER: z.int().transform(String),
  // A line break inside of a line would be one more line, and one more to pay.
  LINES: z
    .array(z.string().regex(/^[^\r\n]+$/))
    .min(1)
    .transform((lines) => lines.join('\n')),
  DATE: z.iso.date().transform((date) => date.split('-').reverse().join('/')),
  CHOICE: z.union([z.int().transform(String), z.string().min(1)]),
  BOOLEAN: z.boolean().transform((value) => (value ? '1' : '0')),
} satisfies Record<OrderFieldKind, z.ZodType<string>>;

function formFields(details: Exclude<OrderDetails, { form: 'other' }>, withQuantity: boolean): Field[] {
  const form = FORMS.get(details.form);
  if (!form) throw new Error(`There is no order form \`${details.form}\`.`);
  const filled = new Map(Object.entries(details.values).filter(([, value]) => !isAbsent(value)));
  const known = new Set(form.fields.map((field) => field.name));
  for (const name of filled.keys()) {
    if (!known.has(name)) throw new Error(`The order form \`${form.name}\` has no field \`${name}\`.`);
  }
  const fields = form.fields.flatMap((field) => encodeField(field, filled.get(field.name)));
  const quantity = withQuantity ? undocumentedQuantity(form, filled) : null;
  return quantity === null ? fields : [...fields, ['quantity', quantity]];
}

/** What stands for `quantity` in a form that does not hold it; null where it does. */
function undocumentedQuantity(
  { quantity }: OrderFormSpec,
  filled: ReadonlyMap<string, OrderFieldValue>,
): string | null {
  switch (quantity.by) {
    case 'package':
      return '1';
    case 'lines': {
      const lines = filled.get(quantity.field);
      return Array.isArray(lines) ? String(lines.length) : null;
    }
    case 'subscription':
      return String(filled.get('max'));
    default:
      return null;
  }
}

function encodeField(field: OrderFieldSpec, value: unknown): Field[] {
  if (value === undefined && !field.required) return [];
  const wire = WIRE_KINDS[field.kind].safeParse(value);
  if (!wire.success)
    throw new Error(`The order's field \`${field.name}\` cannot be sent: ${z.prettifyError(wire.error)}`);
  return [[wireNameOf(field), wire.data]];
}

function otherFields(parameters: readonly OrderParameter[]): Field[] {
  const seen = new Set<string>();
  return parameters.map(({ name, value }) => {
    // It would change what is bought, or for whom.
    if (OWN_PARAMETERS.has(name.trim().toLowerCase()))
      throw new Error(`The parameter \`${name}\` is the gateway's own.`);
    if (seen.has(name)) throw new Error(`The parameter \`${name}\` is given twice.`);
    seen.add(name);
    return [name, value];
  });
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
