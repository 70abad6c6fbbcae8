import { getVariableValues, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { getSchema } from '../../../../src/schema/schema.ts';
import { createVariablesCheck } from '../../../../src/server/graphql/compiled/plain-variables.ts';

const operationOf = (type: string) =>
  parse(`query ($v: ${type}) { __typename }`).definitions[0] as OperationDefinitionNode;

const isAccepted = (type: string, variables: object, required: readonly string[] = []): boolean =>
  createVariablesCheck(operationOf(type), getSchema(), new Set(required))(variables as Record<string, unknown>);

const ORDER = { serviceId: 'Service:acme:1', details: { default: { link: 'x', quantity: 1 } } };

describe('variables', () => {
  it.each([
    ['ID!', 'Order:acme:1'],
    ['ID', null],
    ['[ID!]!', ['a', 'b']],
    ['[ID!]!', []],
    ['Int', 2_147_483_647],
    ['Boolean', false],
    ['SafeInt', 2 ** 53 - 1],
    ['ServiceOrderField', 'RATE'],
    ['MoneyInput', { amount: '0.50', currency: 'usd' }],
    ['ServiceOrder', { field: 'RATE', direction: 'ASC' }],
    ['ServiceFilter', { panels: ['Panel:acme'], types: null }],
    ['AddOrderInput!', ORDER],
  ])('of type %s are accepted as they are: %j', (type, v) => {
    expect(isAccepted(type, { v })).toBe(true);
    expect(getVariableValues(getSchema(), operationOf(type).variableDefinitions!, { v })).not.toHaveProperty('errors');
  });

  it.each([
    ['ID!', null],
    ['ID', 7],
    ['[ID!]!', 'a'],
    ['[ID!]!', [null]],
    ['[ID!]!', [['a']]],
    ['Int', 2 ** 31],
    ['Int', 1.5],
    ['Int', '1'],
    ['Boolean', 'true'],
    ['ServiceOrderField', 'rate'],
    ['ServiceOrderField', 'toString'],
    ['Decimal', {}],
    ['ServiceOrder', { field: 'RATE' }],
    ['ServiceFilter', []],
    ['ServiceFilter', 'x'],
    ['ServiceFilter', { nothing: 1 }],
    ['ServiceFilter', JSON.parse('{ "__proto__": {} }')],
    ['AddOrderInput!', { ...ORDER, details: {} }],
    ['AddOrderInput!', { ...ORDER, details: { default: null } }],
    ['AddOrderInput!', { ...ORDER, details: { ...ORDER.details, package: { link: 'x' } } }],
    ['AddOrderInput!', { details: ORDER.details }],
  ])('of type %s are left to graphql-js: %j', (type, v) => {
    expect(isAccepted(type, { v })).toBe(false);
  });

  it('may be absent where they may be null, but not where they stand in a literal', () => {
    expect(isAccepted('ID', {})).toBe(true);
    expect(isAccepted('ID!', {})).toBe(false);
    expect(isAccepted('ID', {}, ['v'])).toBe(false);
    expect(isAccepted('ID', { v: null }, ['v'])).toBe(true);
  });
});
