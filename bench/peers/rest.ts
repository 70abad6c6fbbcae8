/** No GraphQL at all: an address that calls the panel for each order. */
import { createServer } from 'node:http';
import { announce } from './announce.ts';
import { toOrder } from './answers.ts';
import { fetchStatus } from './panel-client.ts';

announce(
  createServer({ keepAliveTimeout: 65_000 }, async (request, response) => {
    const id = request.url?.slice(request.url.lastIndexOf('/') + 1) ?? '';
    let status = 200;
    let text: string;
    try {
      text = JSON.stringify(toOrder(id, await fetchStatus(id)));
    } catch (error) {
      status = 502;
      text = JSON.stringify({ errors: [String(error)] });
    }
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    response.end(text);
  }),
);
