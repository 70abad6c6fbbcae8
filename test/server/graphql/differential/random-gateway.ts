/** The route /graphql over HTTP on a schema of chance, and a client that keeps its connections. */
import { Agent, createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GraphQLSchema } from 'graphql';
import { createGraphqlHandler } from '../../../../src/server/graphql/graphql-handler.ts';
import { createGraphqlRoute } from '../../../../src/server/graphql/graphql-route.ts';
import type { OperationLimits } from '../../../../src/server/graphql/limits/operation-limits.ts';
import type { RandomOperation } from './random-operation.ts';

export interface RandomGateway extends AsyncDisposable {
  /** The text of the answer, and whether a compiled operation gave it. */
  ask(operation: RandomOperation, seed: string): Promise<{ readonly text: string; readonly isCompiled: boolean }>;
}

/** `seed` reaches the resolvers as their context. */
export async function startRandomGateway(schema: GraphQLSchema, limits: OperationLimits): Promise<RandomGateway> {
  const graphql = createGraphqlHandler({
    schema,
    // No operation is refused for its weight, which plain graphql-js does not know.
    limits: { ...limits, rows: 1e9, panelCalls: 1e9, answerBytes: 1e9 },
    panels: { count: 3, batchSize: 100 },
    createContext: ({ headers }) => ({ seed: headers.get('x-seed') }),
    onUnexpectedError: () => {},
    onMutation: () => {},
  });
  const compiled = new Set<string>();
  const route = createGraphqlRoute({
    graphql: {
      ...graphql,
      answer: async (request, response, body) => {
        const answer = await graphql.answer(request, response, body);
        if (answer) compiled.add(String(request.headers['x-turn']));
        return answer;
      },
    },
    bodyBytes: 1_000_000,
    corsOrigins: [],
    sendPage: null,
  });
  const server = createServer((request, response) => void route(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  let turns = 0;
  return {
    async ask(operation, seed) {
      turns += 1;
      const turn = String(turns);
      const text = await post({
        port,
        agent,
        body: JSON.stringify(operation),
        headers: { 'x-seed': seed, 'x-turn': turn },
      });
      return { text, isCompiled: compiled.delete(turn) };
    },
    [Symbol.asyncDispose]: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Post {
  readonly port: number;
  readonly agent: Agent;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

function post({ port, agent, body, headers }: Post): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { port, agent, host: '127.0.0.1', method: 'POST', path: '/graphql' };
    const sent = httpRequest(
      { ...options, headers: { ...headers, 'content-type': 'application/json' } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(Buffer.concat(chunks).toString()));
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
