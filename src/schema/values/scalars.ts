/** The scalars of the schema. Their errors say what is expected, with an example. */
import { GraphQLError, Kind, type ValueNode, valueFromASTUntyped } from 'graphql';
import { parseDecimal } from '../../domain/money.ts';
import { builder } from '../builder.ts';

builder.scalarType('Decimal', {
  description:
    'An exact decimal number as text, such as "0.27819". Never a float. The digits of a panel are kept (0.90 stays ' +
    '0.90), but separators are removed and exponents written out. A computed number has no trailing zeros.',
  serialize: (value) => value,
  parseValue: (value) =>
    typeof value === 'string' ? decimal(value) : refuse('Decimal', 'a decimal number as text, such as "0.90"'),
  parseLiteral: (node) =>
    node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT
      ? decimal(node.value)
      : refuse('Decimal', 'a decimal number as text, such as "0.90"'),
});

builder.scalarType('CurrencyCode', {
  description:
    "Three letters as in ISO 4217, such as USD, or a code of the panel's own. It comes from the configuration, " +
    "otherwise from the panel's balance. XXX means that the currency is not known; it is never converted.",
  serialize: (value) => value,
  parseValue: (value) =>
    typeof value === 'string' && /^[A-Za-z0-9]{1,10}$/.test(value.trim())
      ? value.trim().toUpperCase()
      : refuse('CurrencyCode', 'a code such as "USD"'),
});

builder.scalarType('SafeInt', {
  description: 'A whole number from -(2^53 - 1) to 2^53 - 1, for quantities and counts.',
  serialize: (value) => value,
  parseValue: (value) => safeInteger(value),
  parseLiteral: (node) => safeInteger(node.kind === Kind.INT ? Number(node.value) : Number.NaN),
});

builder.scalarType('DateTime', {
  description: 'An instant in UTC by ISO 8601, such as "2026-11-20T14:09:00.000Z".',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    const at = typeof value === 'string' && INSTANT.test(value) ? new Date(value) : new Date(Number.NaN);
    return Number.isNaN(at.getTime()) ? refuse('DateTime', 'an instant such as "2026-11-20T14:09:00Z"') : at;
  },
});

builder.scalarType('Date', {
  description: 'A calendar day, such as "2026-12-31".',
  serialize: (value) => value,
  parseValue: (value) => {
    const at = typeof value === 'string' && DAY.test(value) ? new Date(`${value}T00:00:00Z`) : new Date(Number.NaN);
    // Date would turn 2026-02-30 into a day of March.
    const isDay = !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === value;
    return isDay ? (value as string) : refuse('Date', 'a day such as "2026-12-31"');
  },
});

builder.scalarType('JSON', {
  description: 'Any JSON value.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node: ValueNode, variables) => valueFromASTUntyped(node, variables),
});

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function decimal(text: string): string {
  return parseDecimal(text) ?? refuse('Decimal', 'a decimal number as text, such as "0.90"');
}

function safeInteger(value: unknown): number {
  return Number.isSafeInteger(value) ? (value as number) : refuse('SafeInt', 'a whole number within 2^53 - 1');
}

function refuse(scalar: string, expected: string): never {
  throw new GraphQLError(`Not a ${scalar}: ${expected} is expected.`, { extensions: { code: 'INVALID_INPUT' } });
}
