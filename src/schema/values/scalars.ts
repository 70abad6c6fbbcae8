/** Scalars of the contract. Their errors say what is expected, with an example. */
import { GraphQLError, Kind, type ValueNode, valueFromASTUntyped } from 'graphql';
import { parseDecimal } from '../../domain/money.ts';
import { builder } from '../builder.ts';

builder.scalarType('Decimal', {
  description:
    'An exact decimal number as text, such as "0.27819". Never a float. A panel\'s digits are kept (0.90 stays 0.90; ' +
    'separators removed, exponents written out); a computed one has no trailing zeros.',
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
    'Three letters as in ISO 4217, such as USD; a panel may use its own code. From the configuration, else from the ' +
    "panel's balance, else XXX, which is never converted.",
  serialize: (value) => value,
  parseValue: (value) =>
    typeof value === 'string' && /^[A-Za-z0-9]{1,10}$/.test(value.trim())
      ? value.trim().toUpperCase()
      : refuse('CurrencyCode', 'a code such as "USD"'),
});

builder.scalarType('SafeInt', {
  description: 'A whole number within 2^53 - 1 either way: quantities, counters (`remains` may be negative).',
  serialize: (value) => value,
  parseValue: (value) => safeInteger(value),
  parseLiteral: (node) => safeInteger(node.kind === Kind.INT ? Number(node.value) : Number.NaN),
});

builder.scalarType('DateTime', {
  description: 'An instant, ISO 8601 in UTC, such as "2026-11-20T14:09:00.000Z".',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    const at = typeof value === 'string' && INSTANT.test(value) ? new Date(value) : new Date(Number.NaN);
    return Number.isNaN(at.getTime()) ? refuse('DateTime', 'an instant such as "2026-11-20T14:09:00Z"') : at;
  },
});

builder.scalarType('Date', {
  description: 'A calendar day, YYYY-MM-DD.',
  serialize: (value) => value,
  parseValue: (value) => {
    const at = typeof value === 'string' && DAY.test(value) ? new Date(`${value}T00:00:00Z`) : new Date(Number.NaN);
    // 2026-02-30 would roll over to March.
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
