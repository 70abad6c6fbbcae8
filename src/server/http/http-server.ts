/** The gateway on HTTP: its addresses, and how it starts and stops listening. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { LimitsConfig } from '../../config/shape/limits-config.ts';
import type { ServerConfig } from '../../config/shape/server-config.ts';
import { GatewayError } from '../../domain/errors.ts';
import { createEvents, type Events } from '../../telemetry/events.ts';
import type { GraphiqlExamples } from '../graphiql/graphiql-page.ts';
import { type ContextRequest, createGraphqlHandler } from '../graphql/graphql-handler.ts';
import type { PanelFacts } from '../graphql/weight/weigh-operation.ts';
import { type RefusedRequest, sendRefusal, UNEXPECTED_FAILURE } from './json-response.ts';
import { listen } from './listen.ts';
import { createRouter } from './router.ts';
import { Connections } from './shutdown/connections.ts';
import { RequestsUnderWay } from './shutdown/requests-under-way.ts';
import { shutDown } from './shutdown/shut-down.ts';
import { UnreadAnswers } from './unread-answers.ts';

export interface HttpServerOptions {
  readonly schema: GraphQLSchema;
  readonly config: {
    readonly server: ServerConfig;
    readonly limits: Omit<LimitsConfig, 'idsPerList' | 'searchLength' | 'requestsPerMinute'>;
  };
  /** The panels that an operation may ask. */
  readonly panels: PanelFacts;
  /** Makes the context of a request; called once for each request that executes something. */
  readonly createContext: (request: ContextRequest) => object | Promise<object>;
  readonly log: Logger;
  /** What /health/ready says. */
  readonly isReady: () => boolean | Promise<boolean>;
  /** What /metrics shows; without it the address is unknown. */
  readonly metrics?: Registry | undefined;
  /** Where requests are counted; by default they are only logged. */
  readonly events?: Events | undefined;
  /** The tabs that GraphiQL opens with. */
  readonly graphiqlExamples?: GraphiqlExamples | undefined;
}

export interface HttpServer {
  /**
   * Starts to listen.
   *
   * @returns the port, and the URL without a path that a person on this machine opens.
   * @throws Error that names the port and the remedy, where the port is taken or not allowed.
   */
  listen(): Promise<{ url: string; port: number }>;
  /**
   * Stops: takes no new connections, answers new requests with SHUTTING_DOWN, completes subscriptions, and lets the
   * requests under way finish.
   *
   * After `timeoutMs` (30 s) it cuts the requests that are left, except mutations: it waits for those as long as they
   * take (calls to panels have deadlines of their own). Resolves when every connection is closed.
   */
  close(options?: { timeoutMs?: number }): Promise<void>;
}

/** The time for a client's headers, and for its whole request: a client that trickles must not hold a connection. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than clients keep idle connections, so that they close first and send no mutation to a closing connection. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { config, log } = options;
  const events = options.events ?? createEvents({ log });
  const underWay = new RequestsUnderWay();
  const server = createNodeServer();
  const connections = new Connections(server);
  let closing: Promise<void> | null = null;
  let isCutting = false;

  const graphql = createGraphqlHandler({
    schema: options.schema,
    limits: { ...config.limits, introspection: config.server.introspection },
    panels: options.panels,
    createContext: options.createContext,
    onUnexpectedError: (where, error) => events.unexpectedError(where, error),
    onMutation: (response) => {
      if (isCutting) throw new GatewayError('SHUTTING_DOWN', SHUTTING_DOWN.message);
      underWay.spend(response);
    },
  });
  const route = createRouter({ ...options, graphql });
  const answer: Answer = async (request, response) => {
    if (!closing) return route(request, response);
    sendRefusal(request, response, SHUTTING_DOWN);
    return 'other';
  };
  const unread = new UnreadAnswers({
    responses: () => underWay.responses,
    onGivenUp: () => log.warn('An answer was given up: its client has not read it.'),
  });
  const serve = createServe(answer, { underWay, connections, events });
  server.on('request', serve);
  // Without this listener Node itself would answer 100, also to a client whose body is too large.
  server.on('checkContinue', serve);

  const close = (timeoutMs: number): Promise<void> => {
    graphql.endStreams();
    const onCutting = () => {
      isCutting = true;
    };
    return shutDown({ server, connections, underWay, log, timeoutMs, onCutting }).finally(() => unread.close());
  };
  return {
    listen: () => listen(server, config.server),
    close: ({ timeoutMs = 30_000 } = {}) => {
      closing ??= close(timeoutMs);
      return closing;
    },
  };
}

const SHUTTING_DOWN: RefusedRequest = {
  status: 503,
  code: 'SHUTTING_DOWN',
  message: 'The gateway is shutting down; nothing was sent.',
  headers: { Connection: 'close' },
};

const createNodeServer = (): Server =>
  createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    connectionsCheckingInterval: 2000,
  });

/** Answers a request, and gives the address under which it is counted. */
type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<string>;

interface Observers {
  readonly underWay: RequestsUnderWay;
  readonly connections: Connections;
  readonly events: Events;
}

/** Makes the listener of requests: it counts each one in and out, and tells of it when its answer is out. */
function createServe(answer: Answer, { underWay, connections, events }: Observers) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const startedAt = performance.now();
    // Kept, since the request loses its socket when the client goes.
    const { socket } = request;
    underWay.begin(response);
    connections.begin(socket);
    const written = new Promise<void>((resolve) => response.once('close', resolve));
    let path = 'other';
    try {
      path = await answer(request, response);
    } catch (error) {
      events.unexpectedError('request', error);
      if (response.headersSent) response.destroy();
      else sendRefusal(request, response, UNEXPECTED_FAILURE);
    }
    underWay.executed(response);
    // A client that hangs up closes the response before its mutation has run; a slow client closes it long after.
    await written;
    underWay.end(response);
    connections.end(socket);
    const { statusCode: status } = response;
    events.requestEnded({ method: request.method ?? '', path, status, ms: performance.now() - startedAt });
  };
}
