/** Prints the schema as text, for schema.graphql. */
import { lexicographicSortSchema, printSchema } from 'graphql';
import { getSchema } from './schema.ts';

const HEADER =
  '# The public GraphQL schema of Panelgraph, printed from its code (`npm run schema:print`). Do not edit.\n\n';

/** Sorted, with all descriptions; ends with a line break. */
export function printSchemaText(): string {
  return `${HEADER}${printSchema(lexicographicSortSchema(getSchema()))}\n`;
}
