/** The gateway on HTTP: its addresses, and how it starts and stops listening. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Server as NetServer } from 'node:net';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { LimitsConfig } from '../../config/limits-config.ts';
import type { ServerConfig } from '../../config/server-config.ts';
import { GatewayError } from '../../domain/errors.ts';
import { withinMs } from '../../domain/within-ms.ts';
import { createEvents, type Events } from '../../telemetry/events.ts';
import type { GraphiqlExamples } from '../graphiql/graphiql-page.ts';
import { type ContextRequest, createGraphqlHandler } from '../graphql/graphql-handler.ts';
import { Connections } from './connections.ts';
import { type Refusal, sendRefusal, UNEXPECTED_FAILURE } from './json-response.ts';
import { listen } from './listen.ts';
import { RequestsUnderWay, type RequestUnderWay } from './requests-under-way.ts';
import { createRouter } from './router.ts';

export interface HttpServerOptions {
  readonly schema: GraphQLSchema;
  readonly config: {
    readonly server: ServerConfig;
    readonly limits: Pick<LimitsConfig, 'bodyBytes' | 'depth' | 'aliases' | 'fields' | 'tokens'>;
  };
  /** The request's own context; called once a request that executes something. */
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
   * @throws Error that names the port and the remedy, where it is taken or not allowed.
   */
  listen(): Promise<{ url: string; port: number }>;
  /**
   * Stops: no new connections, SHUTTING_DOWN to new requests, subscriptions completed, requests under way finished.
   *
   * After `timeoutMs` (30 s) it cuts what is left, but never a mutation, which it waits for as long as that takes
   * (calls to panels have deadlines of their own). Resolves when every connection is closed.
   */
  close(options?: { timeoutMs?: number }): Promise<void>;
}

/** A client has this long for its headers, and for its whole request: one that trickles must not hold a connection. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than clients keep idle connections, so that it is they who close and no mutation meets a closing socket. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
/** For the answers of the mutations that a late shutdown has waited for. */
const LAST_ANSWERS_MS = 2000;

export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { config, log } = options;
  const events = options.events ?? createEvents({ log });
  const underWay = new RequestsUnderWay();
  const current = new WeakMap<ServerResponse, RequestUnderWay>();
  let closing: Promise<void> | null = null;
  let isCutting = false;

  const graphql = createGraphqlHandler({
    schema: options.schema,
    limits: { ...config.limits, introspection: config.server.introspection },
    createContext: options.createContext,
    onUnexpectedError: (where, error) => events.unexpectedError(where, error),
    onMutation: (response) => {
      if (isCutting) throw new GatewayError('SHUTTING_DOWN', SHUTTING_DOWN.message);
      const request = current.get(response);
      if (request) request.isSpending = true;
    },
  });
  const route = createRouter({ ...options, graphql });

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const started = performance.now();
    // The request forgets its socket when the client goes.
    const { socket } = request;
    const self = underWay.begin();
    current.set(response, self);
    connections.begin(socket);
    const written = new Promise<void>((resolve) => response.once('close', resolve));
    let path = 'other';
    try {
      if (closing) sendRefusal(request, response, SHUTTING_DOWN);
      else path = await route(request, response);
    } catch (error) {
      events.unexpectedError('request', error);
      if (response.headersSent) response.destroy();
      else sendRefusal(request, response, UNEXPECTED_FAILURE);
    }
    underWay.executed(self);
    // Both: a client that hangs up closes the response of a mutation that goes on, and a slow one reads on long after.
    await written;
    underWay.end(self);
    connections.end(socket);
    events.requestEnded({
      method: request.method ?? '',
      path,
      status: response.statusCode,
      ms: performance.now() - started,
    });
  };

  const server = createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    connectionsCheckingInterval: 2000,
  });
  server.on('request', serve);
  // Without this listener Node itself answers 100 to who would then send a body that is too large.
  server.on('checkContinue', serve);
  const connections = new Connections(server);

  const close = async (timeoutMs: number): Promise<void> => {
    // Only the listening; of connections see Connections.
    const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
    graphql.endStreams();
    connections.closeWhenIdle();
    const finished = Promise.all([closed, underWay.none()]);
    if (
      !(await withinMs(
        timeoutMs,
        finished.then(() => true),
      ))
    ) {
      isCutting = true;
      log.warn('Shutdown: requests are still under way; waiting for mutations only.');
      await underWay.none({ spendingOnly: true });
      await withinMs(LAST_ANSWERS_MS, finished);
      connections.destroy();
      await closed;
    }
    // Only for its timer: nothing is left to close.
    server.close();
  };

  return {
    listen: () => listen(server, config.server),
    close: ({ timeoutMs = 30_000 } = {}) => {
      closing ??= close(timeoutMs);
      return closing;
    },
  };
}

const SHUTTING_DOWN: Refusal = {
  status: 503,
  code: 'SHUTTING_DOWN',
  message: 'The gateway is shutting down; nothing was sent.',
  headers: { Connection: 'close' },
};
