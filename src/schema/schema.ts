/** Builds the whole schema, once, from the types that it imports. */
import type { GraphQLSchema } from 'graphql';
import './values/scalars.ts';
import './node.ts';
import './values/money.ts';
import './panels/panel.ts';
import './catalogue/catalogue.ts';
import './catalogue/service.ts';
import './catalogue/services.ts';
import './orders/order.ts';
import './orders/refill.ts';
import './placing/placement.ts';
import './placing/placements.ts';
import './orders/order-updated.ts';
import './placing/add-order.ts';
import './orders/change-orders.ts';
import { builder } from './builder.ts';

let schema: GraphQLSchema | undefined;

/** The executable schema; its resolvers take a RequestContext. */
export function getSchema(): GraphQLSchema {
  schema ??= builder.toSchema();
  return schema;
}
