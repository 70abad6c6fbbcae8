/** A server on a free port with a schema of toys. */
import { request as httpRequest } from 'node:http';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { createSchema } from 'graphql-yoga';
import { onTestFinished } from 'vitest';
import type { ServerConfig } from '../../src/config/shape/server-config.ts';
import { CallerError, ProviderError } from '../../src/domain/errors.ts';
import { createHttpServer, type HttpServer, type HttpServerOptions } from '../../src/server/http/http-server.ts';
import { createLog } from '../../src/telemetry/log.ts';

/** What the schema does to the world, as a test sees and steers it. */
interface ToyWorld {
  readonly bought: string[];
  /** A `buy` waits for this. */
  shop: Promise<void>;
  /** A mutation has begun. */
  onBuy: () => void;
  /** The source of `ticks` has been let go. */
  onStreamReleased: () => void;
}

function createToySchema(world: ToyWorld): GraphQLSchema {
  return createSchema<object>({
    typeDefs: /* GraphQL */ `
      "A panel that sells toys."
      type Toy {
        "The name on the box."
        name: String!
        best: Toy
      }
      type Query {
        hello(name: String = "world"): String!
        toy: Toy
        fail(kind: String!): String
        caller: String
        count: Int
      }
      type Mutation {
        buy(id: ID!): String
      }
      type Subscription {
        "Never ticks by itself."
        ticks: Int!
      }
    `,
    resolvers: {
      Query: {
        hello: (_: unknown, { name }: { name: string }) => `Hello ${name}`,
        toy: () => ({ name: 'Bear' }),
        fail: (_: unknown, { kind }: { kind: string }) => {
          throw FAILURES[kind];
        },
        caller: (_: unknown, __: unknown, context: { caller?: string }) => context.caller ?? null,
        count: () => 'a secret that is no number',
      },
      Toy: { best: () => ({ name: 'Bear' }) },
      Mutation: {
        buy: async (_: unknown, { id }: { id: string }) => {
          world.onBuy();
          await world.shop;
          world.bought.push(id);
          return `bought ${id}`;
        },
      },
      Subscription: {
        ticks: {
          subscribe: (): AsyncIterable<unknown> => {
            const never = Promise.withResolvers<IteratorResult<unknown>>();
            const released = async () => {
              world.onStreamReleased();
              never.resolve({ done: true, value: undefined });
              return { done: true as const, value: undefined };
            };
            let isFirst = true;
            const next = () => {
              const result = isFirst ? Promise.resolve({ done: false, value: { ticks: 1 } }) : never.promise;
              isFirst = false;
              return result;
            };
            return { [Symbol.asyncIterator]: () => ({ next, return: released }) };
          },
        },
      },
    },
  });
}

const FAILURES: Record<string, unknown> = {
  bug: new Error('the password is hunter2', { cause: new Error('deeper hunter2') }),
  text: 'hunter2',
  caller: new CallerError('INVALID_INPUT', 'That is no toy.', [{ path: ['toy'], message: 'must be a toy' }]),
  panel: new ProviderError({
    panel: 'acme',
    action: 'balance',
    outcome: 'not-sent',
    code: 'CIRCUIT_OPEN',
    message: 'The panel acme is not asked for now.',
    retryAfterMs: 700,
    cause: new Error('hunter2'),
  }),
  coded: new GraphQLError('Said on purpose.', { extensions: { code: 'TEAPOT' } }),
  wrapped: new GraphQLError('That is no toy either.', {
    originalError: new CallerError('NOT_FOUND', 'That is no toy either.'),
  }),
};

export interface ToyServer {
  readonly server: HttpServer;
  readonly url: string;
  readonly graphqlUrl: string;
  readonly port: number;
  readonly world: ToyWorld;
  /** The log so far. */
  readonly logged: () => string;
}

/** Starts a server for one test and stops it after. */
export async function startToyServer(
  options: Omit<Partial<HttpServerOptions>, 'config'> & {
    server?: Partial<ServerConfig>;
    limits?: Partial<HttpServerOptions['config']['limits']>;
  } = {},
): Promise<ToyServer> {
  const started = await openToyServer(options);
  onTestFinished(() => started.server.close({ timeoutMs: 100 }));
  return started;
}

/** Starts a server that its caller stops. */
export async function openToyServer({
  server: serverConfig,
  limits,
  ...options
}: Parameters<typeof startToyServer>[0] = {}): Promise<ToyServer> {
  const world: ToyWorld = { bought: [], shop: Promise.resolve(), onBuy: () => {}, onStreamReleased: () => {} };
  const lines: string[] = [];
  const server = createHttpServer({
    schema: createToySchema(world),
    config: {
      server: {
        host: '127.0.0.1',
        port: 0,
        graphiql: true,
        introspection: true,
        allowedHosts: [],
        corsOrigins: [],
        ...serverConfig,
      },
      limits: {
        bodyBytes: 1_000_000,
        depth: 12,
        aliases: 60,
        fields: 200,
        tokens: 4000,
        rows: 20_000,
        panelCalls: 200,
        answerBytes: 32_000_000,
        ...limits,
      },
    },
    panels: { count: 2, batchSize: 100 },
    createContext: () => ({}),
    log: createLog({ level: 'info', write: (line) => lines.push(line) }),
    isReady: () => true,
    ...options,
  });
  const { url, port } = await server.listen();
  return { server, url, port, graphqlUrl: `${url}/graphql`, world, logged: () => lines.join('') };
}

/** What came back: fetch refuses to send some headers, so that this is plain node:http. */
export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | undefined>;
  readonly text: string;
  /** The body as a GraphQL result. */
  readonly json: () => GraphqlResult;
}

interface GraphqlResult {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly unknown[];
    readonly locations?: readonly { readonly line: number }[];
    readonly extensions?: Record<string, unknown>;
  }[];
}

interface SendOptions {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

export async function send(url: string, options: SendOptions = {}): Promise<Answer> {
  const { status, headers, bytes } = await exchange(url, options);
  const text = bytes.toString();
  return { status, headers, text, json: () => JSON.parse(text) as GraphqlResult };
}

/** Gets the bytes at an address as they are sent, compressed or not. */
export const download = (url: string, headers: Record<string, string> = {}) => exchange(url, { headers });

function exchange(url: string, { method = 'GET', headers = {}, body }: SendOptions) {
  return new Promise<Pick<Answer, 'status' | 'headers'> & { bytes: Buffer }>((resolve, reject) => {
    const request = httpRequest(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers as Answer['headers'],
          bytes: Buffer.concat(chunks),
        });
      });
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Posts an operation as JSON. */
export const post = (url: string, operation: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(operation),
  });
