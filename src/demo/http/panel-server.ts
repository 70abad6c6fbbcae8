import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { jsonReply, type Reply } from './faults.ts';
import { readForm } from './read-form.ts';

/** How a panel is served. */
export interface PanelServerOptions {
  path: string;
  host: string;
  port: number;
  /** How long each answer is held back, in milliseconds. */
  latencyMs: number;
  /** Acts on a form and gives the answer. */
  reply: (form: Record<string, string>) => Reply;
}

/** A panel that listens. */
export interface PanelServer {
  /** The endpoint, with its path. */
  url: string;
  /** Stops listening and cuts every connection, held answers included. */
  close(): Promise<void>;
}

// Longer than common clients keep an idle connection: the client hangs up first, and no call meets a closing socket.
const KEEP_ALIVE_MS = 30_000;

/** Starts the server; rejects if the address cannot be listened on. */
export async function startPanelServer(options: PanelServerOptions): Promise<PanelServer> {
  const closing = new AbortController();
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    // The caller has hung up, or the panel is closing: nobody is left to answer.
    serve(request, response, { ...options, signal: closing.signal }).catch(() => request.socket.destroy());
  });
  await listen(server, options);
  const { address, port, family } = server.address() as AddressInfo;
  const host = family === 'IPv6' ? `[${address}]` : address;
  return {
    url: `http://${host}:${port}${options.path}`,
    close: async () => {
      closing.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server, { host, port }: PanelServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { path, latencyMs, reply, signal }: PanelServerOptions & { signal: AbortSignal },
): Promise<void> {
  const form = await readForm(request);
  const answer = replyTo(request, { path, form, reply });
  if (latencyMs > 0) await sleep(latencyMs, undefined, { signal });
  if (answer === 'silence') return;
  if (answer === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  const { status, type, body, headers } = answer;
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers });
  response.end(body);
}

function replyTo(
  request: IncomingMessage,
  { path, form, reply }: Pick<PanelServerOptions, 'path' | 'reply'> & { form: Record<string, string> | null },
): Reply {
  if (request.url?.split('?')[0] !== path) return jsonReply({ error: 'Not found' }, 404);
  if (request.method !== 'POST') return jsonReply({ error: 'Method not allowed' }, 405);
  return form === null ? jsonReply({ error: 'Incorrect request' }, 400) : reply(form);
}
