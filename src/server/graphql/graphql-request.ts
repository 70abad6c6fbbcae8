/** Reads a GraphQL request: the members of a JSON body, or the parameters of a URL. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RefusedRequest } from '../http/json-response.ts';
import { readJsonBody } from '../http/request-body.ts';

/** The members of a body that GraphQL over HTTP names. Only `query` has been checked. */
export interface GraphqlBody {
  readonly query: string;
  readonly variables?: unknown;
  readonly operationName?: unknown;
  readonly extensions?: unknown;
}

export type GraphqlRequest =
  | { readonly kind: 'query-string' }
  | { readonly kind: 'body'; readonly body: GraphqlBody }
  | { readonly kind: 'refused'; readonly refusal: RefusedRequest }
  /** The client has gone before it had sent everything. */
  | { readonly kind: 'gone' };

/** Reads a GET or a POST; only a POST has a body, of at most `maxBytes`. */
export async function readGraphqlRequest(
  request: IncomingMessage,
  response: ServerResponse,
  maxBytes: number,
): Promise<GraphqlRequest> {
  if (request.method === 'GET') return checkQueryString(request.url ?? '');
  if (request.method !== 'POST') {
    const headers = { Allow: 'GET, POST, OPTIONS' };
    return { kind: 'refused', refusal: { status: 405, code: 'INVALID_INPUT', message: 'Use GET or POST.', headers } };
  }
  const body = await readJsonBody(request, response, maxBytes);
  return body.kind === 'json' ? readMembers(body.value) : body;
}

/** Clients such as Apollo and graphql-sse send members of their own; those are left out. */
function readMembers(value: unknown): GraphqlRequest {
  if (Array.isArray(value)) return refuse('Send one operation a request: batches are not supported.');
  if (typeof value !== 'object' || value === null) return refuse('The body must be a JSON object.');
  const { query, variables, operationName, extensions } = value as Record<string, unknown>;
  if (!query && isPersistedQuery(extensions)) return PERSISTED_QUERY_NOT_SUPPORTED;
  // Yoga would take an empty object for a body that is still to be read from the socket, and would wait for ever.
  if (typeof query !== 'string') return refuse('The body must hold the operation as text in `query`.');
  if (hasTooManyLines(query)) return TOO_MANY_LINES;
  return { kind: 'body', body: { query, variables, operationName, extensions } };
}

function checkQueryString(url: string): GraphqlRequest {
  const start = url.indexOf('?');
  const parameters = new URLSearchParams(start < 0 ? '' : url.slice(start + 1));
  // Yoga parses these two without a guard, so that a typing error would become an unexpected error.
  const variables = parseJson(parameters.get('variables'));
  const extensions = parseJson(parameters.get('extensions'));
  if (!parameters.get('query')) {
    if (isPersistedQuery(extensions)) return PERSISTED_QUERY_NOT_SUPPORTED;
    return refuse('The URL must hold the operation in the parameter `query`.');
  }
  if (hasTooManyLines(parameters.get('query') ?? '')) return TOO_MANY_LINES;
  if (variables === undefined) return refuse('The parameter `variables` is not valid JSON.');
  if (extensions === undefined) return refuse('The parameter `extensions` is not valid JSON.');
  return { kind: 'query-string' };
}

/** graphql-js counts the lines before each error: a thousand errors behind half a million lines take minutes. */
function hasTooManyLines(query: string): boolean {
  if (query.length <= MOST_LINE_BREAKS) return false;
  let breaks = 0;
  for (let at = 0; at < query.length && breaks <= MOST_LINE_BREAKS; at += 1) {
    const character = query.charCodeAt(at);
    if (character === LINE_FEED || character === CARRIAGE_RETURN) breaks += 1;
  }
  return breaks > MOST_LINE_BREAKS;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Null for a parameter that is absent or empty, undefined for one that is not JSON. */
function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text || 'null');
  } catch {
    return undefined;
  }
}

/** An automatic persisted query comes with the hash of an operation in place of its text. */
function isPersistedQuery(extensions: unknown): boolean {
  return typeof extensions === 'object' && extensions !== null && 'persistedQuery' in extensions;
}

/** The longest operations that programs write have some four thousand words, and one or two on each line. */
const MOST_LINE_BREAKS = 2_000;

/** Worded and answered as Apollo Server does: a client that reads this sends the text of the operation instead. */
const PERSISTED_QUERY_NOT_SUPPORTED: GraphqlRequest = {
  kind: 'refused',
  refusal: { status: 200, code: 'PERSISTED_QUERY_NOT_SUPPORTED', message: 'PersistedQueryNotSupported' },
};

const refuse = (message: string): GraphqlRequest => ({
  kind: 'refused',
  refusal: { status: 400, code: 'INVALID_INPUT', message },
});

const TOO_MANY_LINES = refuse(
  `The operation has more than ${MOST_LINE_BREAKS} line breaks. Write several fields on a line, or leave out blank lines.`,
);
