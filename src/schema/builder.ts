/** The Pothos builder: what the types are made with. It registers no type itself. */
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

builder.queryType({ description: 'What can be asked. Nothing here costs money.' });
builder.mutationType({
  description:
    'What changes something. Roots and list items are nullable so that one that throws never hides the purchase of ' +
    'another; expected failures are members of the unions, and what throws throws before anything is sent.',
});
