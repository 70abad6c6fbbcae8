/** Serves /graphql: an operation that is compiled at once, any other through Yoga, and GraphiQL to a browser. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendPieces, sendRefusal, sendText } from '../http/json-response.ts';
import { sendOptions, sendPlainAnswer, setResponseHeaders } from '../http/response-headers.ts';
import type { GraphqlHandler } from './graphql-handler.ts';
import { type GraphqlRequest, readGraphqlRequest } from './graphql-request.ts';

export interface GraphqlRouteOptions {
  readonly graphql: GraphqlHandler;
  /** The longest body of a request. */
  readonly bodyBytes: number;
  readonly corsOrigins: readonly string[];
  /** Sends GraphiQL to a browser that opens the address; null where GraphiQL is switched off. */
  readonly sendPage: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | null;
}

/** Makes the function that serves one request, and sets the headers of its response. */
export function createGraphqlRoute(options: GraphqlRouteOptions) {
  const { graphql, bodyBytes, corsOrigins, sendPage } = options;

  async function servePost(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const read = await readGraphqlRequest(request, response, bodyBytes);
    const answer = read.kind === 'body' ? await graphql.answer(request, response, read.body) : null;
    // No headers for other origins: the security headers and the answer are written in one go.
    if (answer && typeof answer.body === 'string' && corsOrigins.length === 0 && answer.status === 200) {
      return sendPlainAnswer(response, { type: answer.type, text: answer.body });
    }
    setResponseHeaders(request, response, corsOrigins);
    if (!answer) return serveRead(request, response, read);
    const { status, type, body } = answer;
    return typeof body === 'string'
      ? sendText(response, status, { type, text: body })
      : sendPieces(response, status, { type, pieces: body });
  }

  async function serveRead(request: IncomingMessage, response: ServerResponse, read: GraphqlRequest): Promise<void> {
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

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'POST') return servePost(request, response);
    setResponseHeaders(request, response, corsOrigins);
    if (request.method === 'OPTIONS') return sendOptions(response, 'GET, POST, OPTIONS');
    if (sendPage && isPageRequest(request)) return sendPage(request, response);
    return serveRead(request, response, await readGraphqlRequest(request, response, bodyBytes));
  };
}

/** A browser that opens the address accepts text/html; a script that asks for JSON does not name it. */
const isPageRequest = ({ method, headers }: IncomingMessage): boolean =>
  (method === 'GET' || method === 'HEAD') && headers.accept?.includes('text/html') === true;
