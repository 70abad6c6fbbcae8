import { describe, expect, it } from 'vitest';
import { expectRefusal } from '../../expect-refusal.ts';
import { post, startToyServer } from '../../toy-server.ts';

describe('what an operation may cost', () => {
  const nested = (depth: number) => `{ toy ${'{ best '.repeat(depth - 2)}{ name }${'}'.repeat(depth - 2)} }`;
  const times = (count: number, textOf: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => textOf(index)).join(' ');
  const aliases = (count: number, field: string) => `{ ${times(count, (index) => `a${index}: ${field}`)} }`;

  it.each([
    ['300 aliases', aliases(300, 'toy { name }'), /300 aliases; at most 60/],
    ['300 aliases of __typename', aliases(300, '__typename'), /300 aliases/],
    ['300 aliases of a field that is not there', aliases(300, 'nothing'), /300 aliases/],
    ['300 aliases in a mutation', `mutation ${aliases(300, 'buy(id: "1")')}`, /300 aliases/],
    ['aliases by fragments', `{ ...A ...A } fragment A on Query ${aliases(40, 'hello')}`, /80 aliases/],
    ['depth 60', nested(60), /60 levels deep; at most 12/],
    ['depth by fragments', `{ ...A } fragment A on Query ${nested(13)}`, /13 levels/],
    [
      'depth beside introspection',
      `{ __schema { types { name } } ...A } fragment A on Query ${nested(13)}`,
      /13 levels/,
    ],
    ['one field 500 times', `{ ${'__typename '.repeat(500)} }`, /500 fields, .*at most 200/],
    ['a field 500 times in a type', `{ toy { ${'name '.repeat(500)} } }`, /500 fields/],
    ['500 fields of one object', `{ ${'toy { name } '.repeat(500)} }`, /500 fields/],
    ['500 inline fragments', `{ ${'... on Query { hello } '.repeat(500)} }`, /500 fields/],
    [
      'a fragment of one field, spread 500 times',
      `{ ${'...A '.repeat(500)} } fragment A on Query { hello }`,
      /500 fields/,
    ],
    [
      '300 fragments of one field',
      `{ ${times(300, (at) => `...A${at}`)} } ${times(300, (at) => `fragment A${at} on Query { hello }`)}`,
      /300 fields/,
    ],
    ['4001 words and signs', `{ ${'hello '.repeat(3999)} }`, /more than 4000 words/],
  ])('answers %s with one clear error', async (_, query, says) => {
    const { graphqlUrl, world } = await startToyServer();
    for (const accept of ['application/json', 'application/graphql-response+json', '*/*']) {
      expectRefusal(await post(graphqlUrl, { query }, { accept }), 400, { code: 'INVALID_INPUT', says });
    }
    expect(world.bought).toEqual([]);
  });

  it('serves operations that are just within the limits', async () => {
    const { graphqlUrl } = await startToyServer();
    const wide = `{ ${'hello '.repeat(140)} ...A } fragment A on Query { ${'hello '.repeat(60)} }`;
    // Each place has a limit of its own: this is 1,260 fields in all.
    const many = `{ ${times(60, (at) => `a${at}: toy { ${'name '.repeat(20)} }`)} }`;
    for (const query of [nested(12), aliases(60, 'hello'), wide, many]) {
      expect((await post(graphqlUrl, { query })).json().errors).toBeUndefined();
    }
    const wider = await startToyServer({ limits: { fields: 500, aliases: 500 } });
    expect((await post(wider.graphqlUrl, { query: `{ ${'hello '.repeat(500)} }` })).status).toBe(200);
    expect((await post(wider.graphqlUrl, { query: `{ toy ${aliases(500, 'name')} }` })).status).toBe(200);
    expect((await post(wider.graphqlUrl, { query: `{ ${'hello '.repeat(501)} }` })).status).toBe(400);
    const short = await startToyServer({ limits: { tokens: 4 } });
    expect((await post(short.graphqlUrl, { query: '{ hello, count }' })).status).toBe(200);
    expect((await post(short.graphqlUrl, { query: '{ hello, count, caller }' })).status).toBe(400);
  });

  it('serves the introspection of clients, however deep', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const { graphqlUrl } = await startToyServer({ limits: { depth: 2 } });
    const query = getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true });
    expect((await post(graphqlUrl, { query })).json().data).toHaveProperty('__schema');
    const byName = '{ __type(name: "Toy") { fields { type { ofType { ofType { name } } } } } }';
    expect((await post(graphqlUrl, { query: byName })).json().errors).toBeUndefined();
  });

  it('measures doubling fragments quickly, and leaves circles to validation', async () => {
    const { graphqlUrl } = await startToyServer();
    const doubling = Array.from(
      { length: 100 },
      (_, index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`,
    );
    const query = `{ ...F0 } ${doubling.join(' ')} fragment F100 on Query { a: hello }`;
    expectRefusal(await post(graphqlUrl, { query }), 400, { code: 'INVALID_INPUT', says: /aliases/ });
    const circle = await post(graphqlUrl, { query: '{ ...A } fragment A on Query { hello ...A }' });
    expect(circle.json().errors![0]!.message).toMatch(/Cannot spread fragment/);
  });

  it('switches introspection off, with one clear error', async () => {
    const { graphqlUrl } = await startToyServer({ server: { introspection: false } });
    for (const query of [
      '{ __schema { types { name } } }',
      '{ ...A } fragment A on Query { x: __type(name: "Toy") { name } }',
    ]) {
      expectRefusal(await post(graphqlUrl, { query }), 403, { code: 'FORBIDDEN', says: /introspection/i });
    }
    expect((await post(graphqlUrl, { query: '{ __typename hello }' })).json().data).toMatchObject({
      __typename: 'Query',
    });
  });
});
