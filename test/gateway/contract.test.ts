/** schema.graphql holds what the public contract promises, and every part of it says what it is. */
import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { runPanelgraph } from '../cli/run-panelgraph.ts';

const FILE = new URL('../../schema.graphql', import.meta.url);
const text = readFileSync(FILE, 'utf8');

/** Every part of a schema by its name, such as `Query.order(id:)`, with what it is and how it is described. */
function partsOf(schema: GraphQLSchema): Map<string, { is: string; description: string | null | undefined }> {
  const parts = new Map<string, { is: string; description: string | null | undefined }>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
    const members = isUnionType(type) ? type.getTypes().map(String).sort().join(' | ') : '';
    const interfaces = isObjectType(type) || isInterfaceType(type) ? type.getInterfaces().map(String).join(' & ') : '';
    const oneOf = isInputObjectType(type) && type.isOneOf ? '@oneOf' : '';
    const is = [type.constructor.name, members, interfaces, oneOf].filter(Boolean).join(' ');
    parts.set(type.name, { is, description: type.description });
    if (isEnumType(type)) {
      for (const { name, description } of type.getValues()) {
        parts.set(`${type.name}.${name}`, { is: 'value', description });
      }
    }
    if (isInputObjectType(type)) {
      for (const { name, description, ...field } of Object.values(type.getFields())) {
        const fallback = field.defaultValue === undefined ? '' : ` = ${JSON.stringify(field.defaultValue)}`;
        parts.set(`${type.name}.${name}`, { is: `${field.type}${fallback}`, description });
      }
    }
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      parts.set(`${type.name}.${field.name}`, { is: String(field.type), description: field.description });
      for (const { name, type: argument, description } of field.args) {
        parts.set(`${type.name}.${field.name}(${name}:)`, { is: String(argument), description });
      }
    }
  }
  return parts;
}

const undescribed = (schema: GraphQLSchema): string[] =>
  [...partsOf(schema)].filter(([, { description }]) => !description?.trim()).map(([name]) => name);

/** What clients are promised, whatever else there is: the entry points, and the results that tell of money. */
const PROMISED: readonly (readonly [string, string])[] = [
  ['Query.node', 'Node'],
  ['Query.node(id:)', 'ID!'],
  ['Query.nodes', '[Node]'],
  ['Query.nodes(ids:)', '[ID!]!'],
  ['Query.panels', '[Panel!]!'],
  ['Query.panel', 'Panel'],
  ['Query.balances', '[Balance]!'],
  ['Query.services', 'ServiceConnection'],
  ['Query.services(search:)', 'String'],
  ['Query.services(filter:)', 'ServiceFilter'],
  ['Query.services(orderBy:)', 'ServiceOrder'],
  ['Query.services(first:)', 'Int'],
  ['Query.services(after:)', 'String'],
  ['Query.services(last:)', 'Int'],
  ['Query.services(before:)', 'String'],
  ['Query.service', 'Service'],
  ['Query.order', 'Order'],
  ['Query.orders', '[Order]'],
  ['Query.orders(ids:)', '[ID!]!'],
  ['Query.refill', 'Refill'],
  ['Query.refills', '[Refill]'],
  ['Query.refills(ids:)', '[ID!]!'],
  ['Query.placements', 'PlacementConnection'],
  ['Query.placement', 'Placement'],
  ['Query.checkOrder', 'CheckOrderResult'],
  ['Mutation.addOrder', 'AddOrderResult'],
  ['Mutation.addOrder(input:)', 'AddOrderInput!'],
  ['Mutation.addOrders', '[AddOrderResult]'],
  ['Mutation.addOrders(inputs:)', '[AddOrderInput!]!'],
  ['Mutation.refillOrders', '[RefillOrderResult]'],
  ['Mutation.refillOrders(orderIds:)', '[ID!]!'],
  ['Mutation.cancelOrders', '[CancelOrderResult]'],
  ['Mutation.cancelOrders(orderIds:)', '[ID!]!'],
  ['Mutation.resolvePlacement', 'ResolvePlacementResult'],
  ['Mutation.refreshServices', '[Catalogue!]'],
  ['Subscription.orderUpdated', 'Order!'],
  ['Subscription.orderUpdated(ids:)', '[ID!]!'],
  ['AddOrderInput.serviceId', 'ID!'],
  ['AddOrderInput.details', 'OrderDetails!'],
  ['AddOrderInput.idempotencyKey', 'String'],
  ['AddOrderInput.reference', 'String'],
  ['AddOrderInput.maxCharge', 'MoneyInput'],
  ['OrderDetails', 'GraphQLInputObjectType @oneOf'],
  ['AddOrderSuccess.orderId', 'ID!'],
  ['AddOrderSuccess.replayed', 'Boolean!'],
  ['OutcomeUnknown.placement', 'Placement'],
  ['Error.code', 'String!'],
  ['Money.amount', 'Decimal!'],
  ['Service.rate', 'Money!'],
  ['Service.max', 'SafeInt!'],
  ['Service.orderFields', '[OrderField!]!'],
  ['Order.remains', 'SafeInt'],
  ['Order.refills', '[Refill!]!'],
  ['Order.childOrders', '[Order]!'],
  ['ServiceOrder.direction', 'OrderDirection! = "ASC"'],
];

describe('schema.graphql', () => {
  const schema = buildSchema(text);
  const parts = partsOf(schema);

  it('is what the code says', async () => {
    expect(await runPanelgraph(['schema', '--check'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it.each(PROMISED)('has %s: %s', (name, is) => {
    expect(parts.get(name)?.is).toBe(is);
  });

  it('has a result for every end that a purchase can have', () => {
    for (const union of ['AddOrderResult', 'RefillOrderResult', 'CancelOrderResult']) {
      const success = union.replace('Result', 'Success');
      const ends = [success, 'InvalidInput', 'OutcomeUnknown', 'PanelRejected', 'PanelUnavailable'].sort();
      expect(parts.get(union)?.is).toBe(`GraphQLUnionType ${ends.join(' | ')}`);
    }
  });

  it('describes every type, field, argument, value and input field', () => {
    expect(undescribed(schema)).toEqual([]);
  });

  it('has no number that may lose digits but shares and milliseconds', () => {
    const floats = [...parts].filter(([, { is }]) => /\bFloat\b/.test(is)).map(([name]) => name);
    expect(floats).toEqual(['PanelHealth.errorRate', 'PanelHealth.latencyP50Ms', 'PanelHealth.latencyP95Ms']);
  });
});

describe('the check of the descriptions', () => {
  it('finds whatever says nothing of itself', () => {
    const schema = buildSchema(/* GraphQL */ `
      type Query {
        "It is described."
        plain(argument: String): Colour
        silent: Int
      }
      "Also described."
      enum Colour {
        RED
      }
      input Form {
        "   "
        blank: Int
      }
      scalar Silent
      union Either = Query
    `);
    expect(undescribed(schema).sort()).toEqual([
      'Colour.RED',
      'Either',
      'Form',
      'Form.blank',
      'Query',
      'Query.plain(argument:)',
      'Query.silent',
      'Silent',
    ]);
  });
});
