/** The addresses of the gateway: /graphql with GraphiQL, /schema.graphql, /health, /metrics. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import type { Registry } from 'prom-client';
import type { LimitsConfig } from '../../config/shape/limits-config.ts';
import type { ServerConfig } from '../../config/shape/server-config.ts';
import { ASSETS_PATH } from '../graphiql/graphiql-assets.ts';
import type { GraphiqlExamples } from '../graphiql/graphiql-page.ts';
import { createGraphiqlRoutes, type GraphiqlRoutes } from '../graphiql/graphiql-routes.ts';
import type { GraphqlHandler } from '../graphql/graphql-handler.ts';
import { createGraphqlRoute } from '../graphql/graphql-route.ts';
import { type RefusedRequest, sendJson, sendRefusal, sendText } from './json-response.ts';
import { findRefusal } from './request-guard.ts';
import { sendOptions, setResponseHeaders } from './response-headers.ts';

export interface RouterOptions {
  readonly config: { readonly server: ServerConfig; readonly limits: Pick<LimitsConfig, 'bodyBytes'> };
  readonly graphql: GraphqlHandler;
  readonly schema: GraphQLSchema;
  readonly isReady: () => boolean | Promise<boolean>;
  readonly metrics?: Registry | undefined;
  readonly graphiqlExamples?: GraphiqlExamples | undefined;
}

/** Serves one request. Gives its address, or `other` for an unknown one, so that metrics have few labels. */
export type Router = (request: IncomingMessage, response: ServerResponse) => Promise<string>;

type Serve = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

interface Route {
  /** The address under which metrics count it. */
  readonly label: string;
  readonly serve: Serve;
}

export function createRouter(options: RouterOptions): Router {
  const { server } = options.config;
  const graphiql = server.graphiql ? createGraphiqlRoutes(options.graphiqlExamples ?? []) : null;
  const serveGraphql = createGraphqlRoute({
    graphql: options.graphql,
    bodyBytes: options.config.limits.bodyBytes,
    corsOrigins: server.corsOrigins,
    sendPage: graphiql?.sendPage ?? null,
  });
  const graphql: Route = { label: '/graphql', serve: serveGraphql };
  const routes = new Map<string, Route>([
    ['/graphql', graphql],
    ['/graphql/', graphql],
    ...createReadOnlyRoutes(options),
    ...(graphiql ? createGraphiqlEntries(graphiql) : []),
  ]);
  return async (request, response) => {
    const route = findRoute(routes, request.url ?? '');
    const refusal = findRefusal(request, server) ?? (route ? null : NOT_FOUND);
    // The route of GraphQL sets them itself, since it can write those of most answers in one go.
    if (refusal || route !== graphql) setResponseHeaders(request, response, server.corsOrigins);
    if (refusal) sendRefusal(request, response, refusal);
    else await route!.serve(request, response);
    return route?.label ?? 'other';
  };
}

function findRoute(routes: ReadonlyMap<string, Route>, url: string): Route | undefined {
  // Most URLs are an address as it is.
  const known = routes.get(url);
  if (known) return known;
  const path = pathOf(url);
  return routes.get(path.startsWith(ASSETS_PATH) ? ASSETS_PATH : path);
}

const pathOf = (url: string): string => /^[^?#]*/.exec(url)?.[0] ?? '';

const NOT_FOUND: RefusedRequest = {
  status: 404,
  code: 'NOT_FOUND',
  message: 'There is nothing here; GraphQL is at /graphql.',
};

function* createGraphiqlEntries({ sendAsset }: GraphiqlRoutes): Iterable<[string, Route]> {
  yield readOnlyRoute('/', (_, response) => void response.writeHead(302, { Location: '/graphql' }).end());
  yield readOnlyRoute(ASSETS_PATH, async (request, response) => {
    const isSent = await sendAsset(request, response, pathOf(request.url ?? ''));
    if (!isSent) sendRefusal(request, response, NOT_FOUND);
  });
}

function* createReadOnlyRoutes({ config, schema, isReady, metrics }: RouterOptions): Iterable<[string, Route]> {
  yield readOnlyRoute('/health/live', (_, response) => sendJson(response, 200, { status: 'ok' }));
  yield readOnlyRoute('/health/ready', async (_, response) => sendReadiness(response, await isReady()));
  if (metrics) {
    yield readOnlyRoute('/metrics', async (_, response) =>
      sendText(response, 200, { type: metrics.contentType, text: await metrics.metrics() }),
    );
  }
  // Whoever may not ask for the schema in a query does not get it as a file either.
  if (config.server.introspection) yield readOnlyRoute('/schema.graphql', createSchemaRoute(schema));
}

function sendReadiness(response: ServerResponse, isReady: boolean): void {
  sendJson(response, isReady ? 200 : 503, { status: isReady ? 'ok' : 'not ready' });
}

/** Plain text, which a browser shows; it would download application/graphql. */
function createSchemaRoute(schema: GraphQLSchema): Serve {
  let text: string | null = null;
  return (_, response) => {
    text ??= `${printSchema(lexicographicSortSchema(schema))}\n`;
    sendText(response, 200, { type: 'text/plain; charset=utf-8', text });
  };
}

const readOnlyRoute = (label: string, serve: Serve): [string, Route] => [label, { label, serve: readOnly(serve) }];

/** Answers only GET and HEAD; Node leaves the body out of an answer to HEAD. */
function readOnly(serve: Serve): Serve {
  return (request, response) => {
    if (request.method === 'OPTIONS') return sendOptions(response, 'GET, HEAD, OPTIONS');
    if (request.method === 'GET' || request.method === 'HEAD') return serve(request, response);
    const headers = { Allow: 'GET, HEAD, OPTIONS' };
    sendRefusal(request, response, { status: 405, code: 'INVALID_INPUT', message: 'Use GET.', headers });
  };
}
