/** The whole schema: imports every type and builds it once. */
import type { GraphQLSchema } from 'graphql';
import './scalars.ts';
import './node.ts';
import './money.ts';
import './panel.ts';
import './catalogue.ts';
import './service.ts';
import './services.ts';
import './order.ts';
import './refill.ts';
import './placement.ts';
import './placements.ts';
import './order-updated.ts';
import './add-order.ts';
import './change-orders.ts';
import { builder } from './builder.ts';

let schema: GraphQLSchema | undefined;

/** The executable schema; its resolvers take a RequestContext. */
export function getSchema(): GraphQLSchema {
  schema ??= builder.toSchema();
  return schema;
}
