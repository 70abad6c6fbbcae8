/** What introspection costs: its fields are those of graphql-js, and have no costs of their own. */
import type { FieldCost } from '../../../schema/values/field-cost.ts';

/** About as many items as the lists of this schema hold. The standard query of GraphiQL comes to 4,000 rows. */
const ITEMS: Readonly<Record<string, number>> = {
  '__Schema.types': 110,
  '__Schema.directives': 5,
  '__Type.fields': 4,
  '__Type.inputFields': 2,
  '__Type.enumValues': 2,
  '__Type.interfaces': 1,
  '__Type.possibleTypes': 1,
  '__Field.args': 1,
  '__Directive.args': 1,
};

/** Null for a field that is no introspection, or gives one value. */
export function introspectionCost(typeName: string, fieldName: string): FieldCost | null {
  const about = ITEMS[`${typeName}.${fieldName}`];
  return about === undefined ? null : { items: { about }, areRows: true };
}
