/** GraphQL over HTTP by Yoga, with every default that is unsafe for a gateway which spends money switched off. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { createCompiledOperations } from './compiled/compiled-operations.ts';
import { createDocumentCache } from './document-cache.ts';
import { OpenStreams } from './ending-stream.ts';
import { createErrorFormat, UNEXPECTED_MESSAGE, type UnexpectedErrorListener } from './error-format.ts';
import type { GraphqlBody } from './graphql-request.ts';
import type { OperationLimits } from './limits/operation-limits.ts';
import {
  type ServerContext,
  useClearNotAcceptable,
  useEndingStreams,
  useFormattedValidation,
  useLimits,
  useMutationNotice,
} from './yoga-plugins.ts';

/** What a context is made from. The request's abort signal is left out on purpose: see createGraphqlHandler. */
export interface ContextRequest {
  readonly headers: Pick<Headers, 'get' | 'has'>;
}

export interface GraphqlHandlerOptions {
  readonly schema: GraphQLSchema;
  readonly limits: OperationLimits;
  /** The request's own context; called once a request. */
  readonly createContext: (request: ContextRequest) => object | Promise<object>;
  readonly onUnexpectedError: UnexpectedErrorListener;
  /** Called before a mutation runs, with the response that it belongs to; what it throws is the answer instead. */
  readonly onMutation: (response: ServerResponse) => void;
}

export interface GraphqlHandler {
  /**
   * The answer to a POST of an operation that is compiled, with status 200; null where `handle` has to serve it.
   * `response` only tells which one a mutation belongs to.
   */
  answer(
    request: Pick<IncomingMessage, 'headers'>,
    response: ServerResponse,
    body: GraphqlBody,
  ): Promise<{ readonly type: string; readonly text: string } | null>;
  /**
   * Serves a GET as it is, and a POST whose parsed body is given; resolves when the operation
   * has run, or its stream begins; the answer may still be on the way.
   *
   * A client that hangs up changes nothing: an operation that runs is run to its end. Yoga keeps an abort signal in
   * its own `context.request`; a resolver must not hand it to a call, for a purchase would be cut with its connection.
   */
  handle(request: IncomingMessage, response: ServerResponse, body?: GraphqlBody): Promise<void>;
  /** Completes every open subscription. */
  endStreams(): void;
}

export function createGraphqlHandler(options: GraphqlHandlerOptions): GraphqlHandler {
  const streams = new OpenStreams();
  const executed = new WeakMap<ServerResponse, () => void>();
  const format = createErrorFormat(options.onUnexpectedError);
  const compiled = createCompiledOperations({ ...options, format });
  const yoga = createYoga<ServerContext>({
    schema: options.schema,
    graphqlEndpoint: '/graphql',
    context: ({ request }) => options.createContext({ headers: request.headers }),
    maskedErrors: { errorMessage: UNEXPECTED_MESSAGE, maskError: format },
    plugins: [
      useLimits(options.limits),
      useFormattedValidation(format),
      useMutationNotice(options.onMutation),
      useEndingStreams(streams),
      useClearNotAcceptable(),
      { onResponse: ({ serverContext }) => executed.get((serverContext as unknown as ServerContext).res)?.() },
    ],
    parserAndValidationCache: { documentCache: createDocumentCache<DocumentNode>(), errorCache: createDocumentCache() },
    // Host, origin, body and page are this server's own business; what is on by default here would pass them by.
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    maxRequestBodySize: false,
    logging: false,
    // Yoga answers any URL that ends in this, so it must be one that none ends in.
    healthCheckEndpoint: '\0',
  });
  return {
    answer: async ({ headers }, response, body) => {
      const type = jsonTypeFor(headers.accept);
      if (type === undefined) return null;
      const text = await compiled.answer(body, {
        createContext: () => options.createContext({ headers: createHeaderReader(headers) }),
        onMutation: () => options.onMutation(response),
      });
      return text === null ? null : { type, text };
    },
    handle: async (request, response, body) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      executed.set(response, resolve);
      // With `body` set Yoga leaves the socket alone.
      const written = yoga(body === undefined ? request : Object.assign(request, { body }), response);
      // Yoga itself may wait for ever to write to a client that has gone.
      await Promise.race([written, promise]);
    },
    endStreams: () => streams.end(),
  };
}

const JSON_TYPE = 'application/json; charset=utf-8';
const GRAPHQL_TYPE = 'application/graphql-response+json; charset=utf-8';

/** The type of an answer for who states plainly what it takes; undefined where the header has to be weighed. */
function jsonTypeFor(accept: string | undefined): string | undefined {
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return JSON_TYPE;
  return accept === 'application/graphql-response+json' ? GRAPHQL_TYPE : undefined;
}

/** The headers as a context reads them, without a copy. */
function createHeaderReader(headers: IncomingHttpHeaders): ContextRequest['headers'] {
  return {
    has: (name) => headers[name.toLowerCase()] !== undefined,
    get: (name) => headers[name.toLowerCase()]?.toString() ?? null,
  };
}
