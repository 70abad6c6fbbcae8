import { readFileSync } from 'node:fs';
import { type GraphQLObjectType, isEnumType, isInputObjectType, isObjectType, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { askAliases, askList, askOrder, askServices, numbersFrom } from '../../../../bench/operations.ts';
import { getSchema } from '../../../../src/schema/schema.ts';
import { createGraphiqlExamples } from '../../../../src/server/graphiql/graphiql-examples.ts';
import { compileOperation } from '../../../../src/server/graphql/compiled/compile-operation.ts';
import { readOperation } from '../../../../src/server/graphql/compiled/valid-operation.ts';
import { OperationScale } from '../../../../src/server/graphql/weight/operation-scale.ts';

const LIMITS = { depth: 12, aliases: 60, fields: 200, tokens: 4000, introspection: true };

const OPTIONS = {
  schema: getSchema(),
  limits: LIMITS,
  scale: new OperationScale({
    schema: getSchema(),
    limits: { rows: 20_000, panelCalls: 200, answerBytes: 32_000_000 },
    panels: { count: 3, batchSize: 100 },
  }),
};
const compile = (query: string) => {
  const valid = readOperation({ query, operationName: undefined }, OPTIONS);
  return valid && compileOperation(valid, OPTIONS);
};

interface Sent {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

const isQuery = ({ query }: Sent): boolean =>
  parse(query).definitions.some((node) => 'operation' in node && node.operation === 'query');

const EXAMPLES: Sent[] = createGraphiqlExamples().map(({ query, variables }) => ({
  query,
  variables: JSON.parse(variables ?? '{}'),
}));

const README: Sent[] = [
  ...readFileSync('README.md', 'utf8').matchAll(
    /^ *curl \S+\/graphql -H 'content-type: application\/json' -d '(.+)'$/gm,
  ),
].map(([, body]) => JSON.parse(body!) as Sent);

const BENCH: Sent[] = [
  askOrder('panelgraph', 1),
  askAliases('panelgraph', numbersFrom(1, 40)),
  askList(numbersFrom(1, 100)),
  askServices('panelgraph', 5000),
].map(({ body }) => JSON.parse(body!) as Sent);

const CLIENTS: Sent[] = [
  {
    query:
      'query Panels { panels { id name __typename ...Health __typename } } fragment Health on Panel { id health { circuit __typename } __typename }',
  },
  {
    query:
      'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Order { status panel { ...P } } ... on Service { name panel { ...P } } } } fragment P on Panel { id name }',
    variables: { ids: ['Order:acme:1', 'Service:acme:2'] },
  },
  {
    query:
      'query Page($search: String, $filter: ServiceFilter, $after: String) { services(first: 20, after: $after, search: $search, filter: $filter) { totalCount nodes { id name rate { amount in(currency: "EUR") { amount } } } pageInfo { endCursor hasNextPage } } }',
    variables: { search: 'likes', filter: { panels: ['Panel:acme'], quantity: 100, types: ['DEFAULT'] } },
  },
];

describe('ordinary operations', () => {
  it.each(
    [...EXAMPLES, ...README, ...BENCH, ...CLIENTS]
      .filter(isQuery)
      .map((sent) => [sent.query.trim().slice(0, 60), sent] as const),
  )('are compiled: %s', (_name, { query, variables = {} }) => {
    const operation = compile(query);
    expect(operation).not.toBeNull();
    expect(operation!.accepts(variables)).toBe(true);
  });

  it('are there in the documents that this test reads', () => {
    for (const sent of [EXAMPLES, README, BENCH]) expect(sent.filter(isQuery)).not.toEqual([]);
  });
});

describe('an operation that would take long to compile', () => {
  /** Fragments that spread the next one twice: written out, 2 to the power of `levels` fields. */
  const doubled = (levels: number): string =>
    Array.from({ length: levels }, (_, at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`).join(' ') +
    ` fragment F${levels} on Query { panels { name } } { ...F0 }`;

  it.each([
    ['fragments that double', doubled(12)],
    [
      'many fields',
      `{ ${Array.from({ length: 60 }, (_, at) => `a${at}: panel(id: "x") { id name host dialect currency __typename }`).join(' ')} }`,
    ],
    [
      'many large inputs',
      `query (${Array.from({ length: 20 }, (_, at) => `$v${at}: AddOrderInput!`).join(' ')}) {
        ${Array.from({ length: 20 }, (_, at) => `a${at}: checkOrder(input: $v${at}) { __typename }`).join(' ')} }`,
    ],
  ])('is left to graphql-js: %s', (_name, query) => {
    expect(compile(query)).toBeNull();
  });

  it('is one that doubles a few times compiled', () => {
    expect(compile(doubled(4))).not.toBeNull();
  });
});

/** graphql-jit differs from graphql-js where a schema has these; the grammar knows only the operation. */
describe('the schema that is compiled', () => {
  const types = Object.values(getSchema().getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const objects: GraphQLObjectType[] = types.filter(isObjectType);

  it('has no type that is asked whether an object is of it', () => {
    expect(objects.filter(({ isTypeOf }) => isTypeOf)).toEqual([]);
  });

  it('has resolvers that take no info, which graphql-jit mixes up where names are joined alike', () => {
    const resolvers = objects.flatMap((type) => Object.values(type.getFields()).map(({ resolve }) => resolve));
    expect(resolvers.filter((resolve) => resolve && resolve.length > 3)).toEqual([]);
  });

  it('has enum values that are their own names', () => {
    const values = types.filter(isEnumType).flatMap((type) => type.getValues());
    expect(values.filter(({ name, value }) => name !== value)).toEqual([]);
  });

  it('has names that cannot be joined to the same text', () => {
    expect(types.filter(({ name }) => !/^[A-Z]/.test(name))).toEqual([]);
    const fields = objects.flatMap((type) => Object.keys(type.getFields()));
    expect(fields.filter((name) => !/^[a-z][A-Za-z0-9]*$/.test(name))).toEqual([]);
  });

  it('takes no scalar that reads lists and objects', () => {
    const inputs = types.filter(isInputObjectType).flatMap((type) => Object.values(type.getFields()));
    const args = objects.flatMap((type) => Object.values(type.getFields()).flatMap((field) => field.args));
    expect([...inputs, ...args].filter(({ type }) => String(type).includes('JSON'))).toEqual([]);
  });
});
