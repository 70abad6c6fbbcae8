/** What introspection costs. Its fields belong to graphql-js, so that no cost stands beside them. */
import type { FieldCost } from '../../../schema/values/field-cost.ts';

/** About how many items these lists hold for this schema. The query that GraphiQL sends comes to 4,000 rows. */
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

/** Null for a field that is not introspection, or gives one value. */
export function introspectionCost(typeName: string, fieldName: string): FieldCost | null {
  const about = ITEMS[`${typeName}.${fieldName}`];
  return about === undefined ? null : { items: { about }, areRows: true };
}
