/** The addresses of the gateway: /graphql with GraphiQL, /health, /metrics. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';
import type { LimitsConfig } from '../../config/shape/limits-config.ts';
import type { ServerConfig } from '../../config/shape/server-config.ts';
import {
  createGraphiqlPage,
  GRAPHIQL_CONTENT_SECURITY_POLICY,
  type GraphiqlExamples,
} from '../graphiql/graphiql-page.ts';
import type { GraphqlHandler } from '../graphql/graphql-handler.ts';
import { type GraphqlRequest, readGraphqlRequest } from '../graphql/graphql-request.ts';
import { type Refusal, sendJson, sendRefusal, sendText } from './json-response.ts';
import { findRefusal } from './request-guard.ts';
import { sendOptions, sendPlainAnswer, setResponseHeaders } from './response-headers.ts';

export interface RouterOptions {
  readonly config: { readonly server: ServerConfig; readonly limits: Pick<LimitsConfig, 'bodyBytes'> };
  readonly graphql: GraphqlHandler;
  readonly isReady: () => boolean | Promise<boolean>;
  readonly metrics?: Registry | undefined;
  readonly graphiqlExamples?: GraphiqlExamples | undefined;
}

/** Serves one request; gives its address, or `other` for one that is unknown, so that metrics stay few. */
export type Router = (request: IncomingMessage, response: ServerResponse) => Promise<string>;

type Route = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export function createRouter(options: RouterOptions): Router {
  const { server } = options.config;
  const graphqlRoute = createGraphqlRoute(options);
  const routes = new Map<string, Route>([
    ['/graphql', graphqlRoute],
    ['/health/live', readOnly((_, response) => sendJson(response, 200, { status: 'ok' }))],
    ['/health/ready', readOnly(async (_, response) => sendReadiness(response, await options.isReady()))],
  ]);
  const { metrics } = options;
  if (metrics) {
    routes.set(
      '/metrics',
      readOnly(async (_, response) =>
        sendText(response, 200, { type: metrics.contentType, text: await metrics.metrics() }),
      ),
    );
  }
  if (server.graphiql) {
    routes.set(
      '/',
      readOnly((_, response) => void response.writeHead(302, { Location: '/graphql' }).end()),
    );
  }
  return async (request, response) => {
    const url = request.url ?? '';
    // Most requests: looked up as they are.
    const path = routes.has(url) ? url : (/^[^?#]*/.exec(url)?.[0] ?? '');
    const route = routes.get(path);
    const refusal = findRefusal(request, server) ?? (route ? null : NOT_FOUND);
    if (refusal || route !== graphqlRoute) setResponseHeaders(request, response, server.corsOrigins);
    if (refusal) sendRefusal(request, response, refusal);
    else await route!(request, response);
    return route ? path : 'other';
  };
}

const NOT_FOUND: Refusal = {
  status: 404,
  code: 'NOT_FOUND',
  message: 'There is nothing here; GraphQL is at /graphql.',
};

function createGraphqlRoute({ config, graphql, graphiqlExamples = [] }: RouterOptions): Route {
  const renderGraphiql = config.server.graphiql ? createGraphiqlPage(graphiqlExamples) : null;
  const { corsOrigins } = config.server;
  return async (request, response) => {
    if (request.method === 'POST') {
      const read = await readGraphqlRequest(request, response, config.limits.bodyBytes);
      const answer = read.kind === 'body' ? await graphql.answer(request, response, read.body) : null;
      if (answer && corsOrigins.length === 0) return sendPlainAnswer(response, answer);
      setResponseHeaders(request, response, corsOrigins);
      return answer ? sendText(response, 200, answer) : serveRead(request, response, read);
    }
    setResponseHeaders(request, response, corsOrigins);
    if (request.method === 'OPTIONS') return sendOptions(response, 'GET, POST, OPTIONS');
    if (renderGraphiql && isPageRequest(request)) return sendPage(response, await renderGraphiql());
    return serveRead(request, response, await readGraphqlRequest(request, response, config.limits.bodyBytes));
  };

  function serveRead(request: IncomingMessage, response: ServerResponse, read: GraphqlRequest): void | Promise<void> {
    switch (read.kind) {
      case 'refused':
        return sendRefusal(request, response, read.refusal);
      case 'gone':
        return void response.destroy();
      case 'query-string':
        return graphql.handle(request, response);
      case 'body':
        return graphql.handle(request, response, read.body);
    }
  }
}

/** A browser that opens the address; a script that asks for JSON names no text/html. */
const isPageRequest = ({ method, headers }: IncomingMessage): boolean =>
  (method === 'GET' || method === 'HEAD') && headers.accept?.includes('text/html') === true;

function sendPage(response: ServerResponse, page: Buffer): void {
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': page.length,
    'Content-Security-Policy': GRAPHIQL_CONTENT_SECURITY_POLICY,
  });
  response.end(page);
}

function sendReadiness(response: ServerResponse, isReady: boolean): void {
  sendJson(response, isReady ? 200 : 503, { status: isReady ? 'ok' : 'not ready' });
}

/** A route that only answers GET and HEAD; of an answer to HEAD Node sends the headers alone. */
function readOnly(route: Route): Route {
  return (request, response) => {
    if (request.method === 'OPTIONS') return sendOptions(response, 'GET, HEAD, OPTIONS');
    if (request.method === 'GET' || request.method === 'HEAD') return route(request, response);
    const headers = { Allow: 'GET, HEAD, OPTIONS' };
    sendRefusal(request, response, { status: 405, code: 'INVALID_INPUT', message: 'Use GET.', headers });
  };
}
