/** The names of an `add`'s fields on the wire. Source: docs/panel-protocol.md, "Order types". */
import { ORDER_FORMS, type OrderFieldSpec } from '../../../../domain/order-forms.ts';

/** Fields of an `add` that the gateway sends itself: no parameter of a caller may take their place. */
export const OWN_PARAMETERS: ReadonlySet<string> = new Set(['key', 'action', 'service']);

/** Every field of an `add` that a form or the gateway itself fills in. */
export const ADD_FIELDS: ReadonlySet<string> = new Set([
  ...OWN_PARAMETERS,
  ...Object.values(ORDER_FORMS).flatMap(({ name, fields }) => (name === 'other' ? [] : fields.map(wireNameOf))),
]);

/** The wire name of a form's field: `oldPosts` travels as `old_posts`. */
export function wireNameOf({ name }: OrderFieldSpec): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
