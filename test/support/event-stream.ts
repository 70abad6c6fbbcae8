/** A subscription over real HTTP, read as Server-Sent Events. */
import type { GraphqlAnswer } from './gateway.ts';

export interface EventStream extends AsyncDisposable {
  /** Every result so far. */
  readonly results: GraphqlAnswer[];
  /** The next result that has not been taken; null where the stream has ended. */
  next(): Promise<GraphqlAnswer | null>;
  /** All that come until the stream ends. */
  rest(): Promise<GraphqlAnswer[]>;
  /** Hangs up. */
  leave(): void;
}

export async function openEventStream(url: string, query: string, variables?: object): Promise<EventStream> {
  const client = new AbortController();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query, variables }),
    signal: client.signal,
  });
  const contentType = response.headers.get('content-type');
  if (!contentType?.startsWith('text/event-stream') || !response.body) {
    throw new Error(`No stream but ${response.status} ${contentType}: ${await response.text()}`);
  }
  const events = readEvents(response.body);
  const results: GraphqlAnswer[] = [];
  const next = async (): Promise<GraphqlAnswer | null> => {
    const { done, value } = await events.next();
    if (done) return null;
    results.push(value);
    return value;
  };
  return {
    results,
    next,
    rest: async () => {
      const rest: GraphqlAnswer[] = [];
      for (let result = await next(); result; result = await next()) rest.push(result);
      return rest;
    },
    leave: () => client.abort(),
    [Symbol.asyncDispose]: async () => client.abort(),
  };
}

/** The results, up to the event that completes the stream. @throws Error where the stream breaks off without one */
async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<GraphqlAnswer, void> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end);
      text = text.slice(end + 2);
      if (/^event: complete$/m.test(event)) return;
      const data = /^data: ?(.+)$/m.exec(event)?.[1];
      if (data) yield JSON.parse(data) as GraphqlAnswer;
    }
  }
  throw new Error('The stream broke off.');
}
