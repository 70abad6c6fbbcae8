/** The Pothos builder, which creates the types of the schema. It registers only the two root types. */
import SchemaBuilder from '@pothos/core';
import type { Decimal } from '../domain/money.ts';
import type { RequestContext } from './context.ts';

/** The TypeScript side of the schema. */
export interface GatewayTypes {
  Context: RequestContext;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    Decimal: { Input: Decimal; Output: Decimal };
    CurrencyCode: { Input: string; Output: string };
    SafeInt: { Input: number; Output: number };
    DateTime: { Input: Date; Output: Date };
    Date: { Input: string; Output: string };
    JSON: { Input: unknown; Output: unknown };
  };
}

export type SchemaTypes = PothosSchemaTypes.ExtendDefaultTypes<GatewayTypes>;

export const builder = new SchemaBuilder<GatewayTypes>({ defaultFieldNullability: false });

builder.queryType({ description: 'All that can be read. Nothing here costs money.' });
builder.mutationType({
  description:
    'All that changes something. Expected failures are members of the result unions. An unexpected error is thrown, and ' +
    'only before anything is sent; its field or list item is null, so that it never hides the purchase of another.',
});
