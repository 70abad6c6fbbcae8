import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSchema } from 'graphql-yoga';
import { expect, it, onTestFinished } from 'vitest';
import { createGraphqlHandler } from '../../../src/server/graphql/graphql-handler.ts';
import { expectRefusal } from '../expect-refusal.ts';
import { post } from '../toy-server.ts';

const LIMITS = {
  depth: 10,
  aliases: 10,
  fields: 10,
  tokens: 100,
  rows: 100,
  panelCalls: 10,
  answerBytes: 100_000,
  introspection: true,
};

it('shows no stack where Yoga cannot build a URL, and tells of it', async () => {
  const failures: unknown[] = [];
  const graphql = createGraphqlHandler({
    schema: createSchema({ typeDefs: 'type Query { hello: String }' }),
    limits: LIMITS,
    panels: { count: 1, batchSize: 100 },
    createContext: () => ({}),
    onUnexpectedError: (_where, error) => failures.push(error),
    onMutation: () => undefined,
  });
  const server = createServer((request, response) => void graphql.handle(request, response, { query: '{ hello }' }));
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const answer = await post(url, {}, { host: 'localhost:99999' });
  expectRefusal(answer, 500, { code: 'INTERNAL_SERVER_ERROR', says: /^Unexpected error\.$/ });
  expect(failures).toHaveLength(1);
  expect(String((failures[0] as Error).stack)).toContain('Invalid URL');
});
