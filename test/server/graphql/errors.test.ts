import { describe, expect, it } from 'vitest';
import { CallerError } from '../../../src/domain/errors.ts';
import { post, startToyServer } from '../toy-server.ts';

const fail = (kind: string) => ({ query: `{ hello fail(kind: "${kind}") }` });

describe('what a client sees of an error', () => {
  it('repeats no more than a thousand characters of what was sent', async () => {
    const { graphqlUrl } = await startToyServer();
    const query = 'query ($name: [String]) { hello(name: $name) }';
    const text = `{ hello(name: [${JSON.stringify('\u{1f600}'.repeat(1000))}]) }`;
    for (const body of [{ query: text }, { query: query.replace('[String]', 'String'), variables: { name: [text] } }]) {
      const { message } = (await post(graphqlUrl, body)).json().errors![0]!;
      expect(message).toMatch(/^.{500,}\.\.\.$/su);
      expect(message.length).toBe(1003);
      expect(message.isWellFormed()).toBe(true);
    }
  });

  it.each(['bug', 'text'])('hides a %s, keeps the rest of the data, and logs it with its cause', async (kind) => {
    const { graphqlUrl, logged } = await startToyServer();
    const answer = await post(graphqlUrl, fail(kind));
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({
      data: { hello: 'Hello world', fail: null },
      errors: [
        {
          message: 'Unexpected error.',
          path: ['fail'],
          locations: [{ line: 1, column: 9 }],
          extensions: { code: 'INTERNAL_SERVER_ERROR' },
        },
      ],
    });
    expect(logged()).toContain('hunter2');
    expect(logged()).toContain('field fail');
    if (kind === 'bug') expect(logged()).toContain('deeper hunter2');
  });

  it('shows an error of a panel with its code, panel and wait, and neither cause nor stack', async () => {
    const { graphqlUrl, logged } = await startToyServer();
    const answer = await post(graphqlUrl, fail('panel'));
    expect(answer.json().errors).toEqual([
      {
        message: 'The panel acme is not asked for now.',
        path: ['fail'],
        locations: [{ line: 1, column: 9 }],
        extensions: { code: 'CIRCUIT_OPEN', panel: 'acme', retryAfterMs: 700 },
      },
    ]);
    expect(answer.text).not.toMatch(/hunter2|stack|cause/);
    expect(logged()).toBe('');
  });

  it('cuts a message that repeats a long value', async () => {
    const { graphqlUrl } = await startToyServer();
    const name = { bad: 'x'.repeat(100_000) };
    const answer = await post(graphqlUrl, {
      query: 'query ($name: String) { hello(name: $name) }',
      variables: { name },
    });
    const [error] = answer.json().errors!;
    expect(error!.message).toMatch(/^Variable "\$name" got invalid value .*x\.\.\.$/);
    expect(answer.text.length).toBeLessThan(3_000);
  });

  it('shows the issues of an input', async () => {
    const { graphqlUrl } = await startToyServer();
    const { errors } = (await post(graphqlUrl, fail('caller'))).json();
    expect(errors![0]).toMatchObject({
      message: 'That is no toy.',
      extensions: { code: 'INVALID_INPUT', issues: [{ path: ['toy'], message: 'must be a toy' }] },
    });
  });

  it('finds a gateway error below a GraphQL error', async () => {
    const { graphqlUrl } = await startToyServer();
    const { errors } = (await post(graphqlUrl, fail('wrapped'))).json();
    expect(errors![0]).toMatchObject({ message: 'That is no toy either.', extensions: { code: 'NOT_FOUND' } });
  });

  it('shows a GraphQL error that a resolver gave a code', async () => {
    const { graphqlUrl } = await startToyServer();
    const { errors } = (await post(graphqlUrl, fail('coded'))).json();
    expect(errors![0]).toMatchObject({ message: 'Said on purpose.', extensions: { code: 'TEAPOT' } });
  });

  it('hides a value that a scalar cannot print', async () => {
    const { graphqlUrl, logged } = await startToyServer();
    const answer = await post(graphqlUrl, { query: '{ count }' });
    expect(answer.text).not.toContain('secret');
    expect(answer.json().errors![0]!.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
    expect(logged()).toContain('a secret that is no number');
  });

  it.each([
    ['syntax', { query: '{ hello' }],
    ['validation', { query: '{ helo }' }],
    ['an operation that is not there', { query: 'query A { hello }', operationName: 'B' }],
    ['variables', { query: 'query($n: String!) { hello(name: $n) }' }],
  ])('calls a problem with %s INVALID_INPUT', async (_, operation) => {
    const { graphqlUrl, logged } = await startToyServer();
    const answer = await post(graphqlUrl, operation, { accept: 'application/graphql-response+json' });
    expect(answer.status).toBe(400);
    expect(answer.json().data).toBeUndefined();
    expect(answer.json().errors).toHaveLength(1);
    expect(answer.json().errors![0]!.extensions).toEqual({ code: 'INVALID_INPUT' });
    expect(logged()).toBe('');
  });

  it('suggests the name that was perhaps meant', async () => {
    const { graphqlUrl } = await startToyServer();
    expect((await post(graphqlUrl, { query: '{ helo }' })).json().errors![0]!.message).toMatch(/Did you mean "hello"/);
  });

  it.each([
    ['a directive that may come once', 10, '@include(if: true)', /"@include" can only be used once/],
    ['the same a thousand times', 1000, '@skip(if: true)', /"@skip" can only be used once/],
    ['a directive that is not there', 10, '@aa', /Unknown directive "@aa"/],
  ])('says once what is wrong with %s', async (_, count, directive, says) => {
    const { graphqlUrl } = await startToyServer({ limits: { tokens: 10_000 } });
    const { errors } = (await post(graphqlUrl, { query: `{ hello ${directive.repeat(count)} }` })).json();
    expect(errors).toHaveLength(1);
    expect(errors![0]!.message).toMatch(says);
    expect(errors![0]!.extensions).toEqual({ code: 'INVALID_INPUT' });
  });

  it('names every place of a mistake, and every other mistake', async () => {
    const { graphqlUrl } = await startToyServer();
    const { errors } = (await post(graphqlUrl, { query: '{ helo\n toys\n helo }' })).json();
    expect(errors!.map(({ message, locations }) => [message.slice(0, 25), locations!.map(({ line }) => line)])).toEqual(
      [
        ['Cannot query field "helo"', [1, 3]],
        ['Cannot query field "toys"', [2]],
      ],
    );
  });

  it('says the same of a bad operation each time that it comes', async () => {
    const { graphqlUrl } = await startToyServer();
    for (const query of ['{ hello', '{ helo }', `{ ${'a: hello '.repeat(61)} }`]) {
      const [first, second] = [await post(graphqlUrl, { query }), await post(graphqlUrl, { query })];
      expect(second.text).toBe(first.text);
      expect(second.status).toBe(first.status);
    }
  });

  it('answers a context that fails by its code', async () => {
    const refused = await startToyServer({
      createContext: () => {
        throw new CallerError('UNAUTHENTICATED', 'Send a token.');
      },
    });
    const answer = await post(refused.graphqlUrl, { query: '{ hello }' });
    expect(answer.status).toBe(401);
    expect(answer.json()).toEqual({ errors: [{ message: 'Send a token.', extensions: { code: 'UNAUTHENTICATED' } }] });
    const broken = await startToyServer({ createContext: () => Promise.reject(new Error('hunter2')) });
    const failed = await post(broken.graphqlUrl, { query: '{ hello }' });
    expect(failed.status).toBe(500);
    expect(failed.text).not.toContain('hunter2');
    expect(broken.logged()).toContain('hunter2');
  });

  it('tells the media types to a client that accepts none of them', async () => {
    const { graphqlUrl } = await startToyServer();
    const answer = await post(graphqlUrl, { query: '{ hello }' }, { accept: 'image/png' });
    expect(answer.status).toBe(406);
    expect(answer.json().errors![0]!.message).toMatch(/application\/json/);
  });
});

describe('the context', () => {
  it('is made once a request, from its headers', async () => {
    let calls = 0;
    const { graphqlUrl } = await startToyServer({
      createContext: ({ headers }) => {
        calls += 1;
        return { caller: headers.get('Authorization') };
      },
    });
    const answer = await post(graphqlUrl, { query: '{ caller a: caller }' }, { authorization: 'Bearer me' });
    expect(answer.json().data).toEqual({ caller: 'Bearer me', a: 'Bearer me' });
    expect(calls).toBe(1);
  });
});
