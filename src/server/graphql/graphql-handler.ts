/** GraphQL over HTTP by Yoga, with every default switched off that is unsafe for a gateway which spends money. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { useBoundedAnswers } from './answers/bounded-answers.ts';
import { LargeAnswers } from './answers/large-answers.ts';
import type { SentAnswer } from './answers/sent-answer.ts';
import { createCompiledOperations } from './compiled/compiled-operations.ts';
import { createDocumentCache } from './document-cache.ts';
import { OpenStreams } from './ending-stream.ts';
import { createErrorFormat, UNEXPECTED_MESSAGE, type UnexpectedErrorListener } from './error-format.ts';
import { useGraphqlJs } from './execution/graphql-js.ts';
import type { GraphqlBody } from './graphql-request.ts';
import type { OperationLimits } from './limits/operation-limits.ts';
import { formatWithNesting } from './nesting-error.ts';
import { createSafeFetchApi } from './safe-responses.ts';
import { OperationScale, type WeightLimits } from './weight/operation-scale.ts';
import type { PanelFacts } from './weight/weigh-operation.ts';
import {
  type ServerContext,
  useClearNotAcceptable,
  useEndingStreams,
  useFormattedValidation,
  useLimits,
  useMutationNotice,
} from './yoga-plugins.ts';

/** The characters of texts whose documents are kept. A document takes up to 100 bytes a character: 20 MB in all. */
const PARSED_CHARACTERS = 200_000;

/** What a context is made from. It has no abort signal on purpose: see GraphqlHandler.handle. */
export interface ContextRequest {
  readonly headers: Pick<Headers, 'get' | 'has'>;
}

export interface GraphqlHandlerOptions {
  readonly schema: GraphQLSchema;
  readonly limits: OperationLimits & WeightLimits;
  readonly panels: PanelFacts;
  /** Makes the context of a request; called once a request. */
  readonly createContext: (request: ContextRequest) => object | Promise<object>;
  readonly onUnexpectedError: UnexpectedErrorListener;
  /** Called before a mutation runs, with its response. If it throws, the error is the answer and nothing has run. */
  readonly onMutation: (response: ServerResponse) => void;
}

export interface GraphqlHandler {
  /**
   * Gives the answer to a POST of an operation that is known: a compiled query, or a mutation. Null where `handle` has to
   * serve it. `response` will carry the answer.
   */
  answer(
    request: Pick<IncomingMessage, 'headers'>,
    response: ServerResponse,
    body: GraphqlBody,
  ): Promise<(SentAnswer & { readonly type: string }) | null>;
  /**
   * Serves a GET as it is, or a POST whose body is given. Resolves when the operation has run or its stream has begun;
   * the answer may still be on the way.
   *
   * A client that hangs up changes nothing: a running operation runs to its end. Yoga keeps an abort signal in its own
   * `context.request`; a resolver must not hand it to a call, since a purchase would then be cut with its connection.
   */
  handle(request: IncomingMessage, response: ServerResponse, body?: GraphqlBody): Promise<void>;
  /** Completes every open subscription. */
  endStreams(): void;
}

export function createGraphqlHandler(options: GraphqlHandlerOptions): GraphqlHandler {
  const streams = new OpenStreams();
  const executed = new WeakMap<ServerResponse, () => void>();
  const format = formatWithNesting(createErrorFormat(options.onUnexpectedError));
  const scale = new OperationScale(options);
  const largeAnswers = new LargeAnswers();
  const { answerBytes } = options.limits;
  const compiled = createCompiledOperations({ ...options, format, scale, largeAnswers, answerBytes });
  const yoga = createGatewayYoga(options, {
    format,
    streams,
    scale,
    largeAnswers,
    onExecuted: (response) => executed.get(response)?.(),
  });
  return {
    answer: async ({ headers }, response, body) => {
      const type = jsonTypeFor(headers.accept);
      if (type === undefined) return null;
      const createContext = () => options.createContext({ headers: createHeaderReader(headers) });
      const answer = await compiled.answer({ body, response, createContext });
      return answer && { ...answer, type };
    },
    handle: async (request, response, body) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      executed.set(response, resolve);
      // Yoga does not read the socket where `body` is set.
      const written = yoga(body === undefined ? request : Object.assign(request, { body }), response);
      // Yoga may wait for ever to write to a client that has gone.
      await Promise.race([written, promise]);
    },
    endStreams: () => streams.end(),
  };
}

interface YogaParts {
  readonly format: (error: unknown) => GraphQLError;
  readonly streams: OpenStreams;
  readonly scale: OperationScale;
  readonly largeAnswers: LargeAnswers;
  /** Called when an operation has run, or its stream has begun. */
  readonly onExecuted: (response: ServerResponse) => void;
}

function createGatewayYoga(options: GraphqlHandlerOptions, { format, streams, onExecuted, ...bounds }: YogaParts) {
  return createYoga<ServerContext>({
    schema: options.schema,
    fetchAPI: createSafeFetchApi(options.onUnexpectedError),
    graphqlEndpoint: '/graphql',
    context: ({ request }) => options.createContext({ headers: request.headers }),
    maskedErrors: { errorMessage: UNEXPECTED_MESSAGE, maskError: format },
    plugins: [
      useLimits(options.limits),
      useGraphqlJs(),
      useFormattedValidation(format),
      useBoundedAnswers({ ...bounds, answerBytes: options.limits.answerBytes }),
      useMutationNotice(options.onMutation),
      useEndingStreams(streams),
      useClearNotAcceptable(),
      { onResponse: ({ serverContext }) => onExecuted((serverContext as unknown as ServerContext).res) },
    ],
    // What validation finds is kept with the document, as long as the document is.
    parserAndValidationCache: {
      documentCache: createDocumentCache<DocumentNode>({ most: PARSED_CHARACTERS }),
      errorCache: createDocumentCache({ most: PARSED_CHARACTERS }),
    },
    // Host, origin, body and page are checked and served before Yoga; its own ways would bypass these checks.
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    maxRequestBodySize: false,
    logging: false,
    // Yoga answers every URL that ends in this, so it has to be a text in which no URL ends.
    healthCheckEndpoint: '\0',
  });
}

const JSON_TYPE = 'application/json; charset=utf-8';
const GRAPHQL_TYPE = 'application/graphql-response+json; charset=utf-8';

/** The type of an answer for a plain Accept header; undefined for one whose types have to be weighed. */
function jsonTypeFor(accept: string | undefined): string | undefined {
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return JSON_TYPE;
  return accept === 'application/graphql-response+json' ? GRAPHQL_TYPE : undefined;
}

/** Reads headers as a context does, without copying them. */
function createHeaderReader(headers: IncomingHttpHeaders): ContextRequest['headers'] {
  return {
    has: (name) => headers[name.toLowerCase()] !== undefined,
    get: (name) => headers[name.toLowerCase()]?.toString() ?? null,
  };
}
