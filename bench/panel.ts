/**
 * A panel for measuring: speaks just enough of the form-POST protocol, and costs as little as it can.
 *
 * Settings come by environment: `LATENCY_MS`, `CALLS_PER_SECOND` (0: any), `REFUSE_WITH` (`429` or `text`), `SERVICES`.
 * `GET /stats` tells what was called since the last `POST /reset`.
 */
import { createServer, type ServerResponse } from 'node:http';
import { listServices } from './services-list.ts';

const latencyMs = Number(process.env['LATENCY_MS'] ?? 5);
const callsPerSecond = Number(process.env['CALLS_PER_SECOND'] ?? 0);
const refuseWith = process.env['REFUSE_WITH'] ?? '429';
const services = JSON.stringify(listServices(Number(process.env['SERVICES'] ?? 50)));

/** The most ids in one call: what panels allow. */
const MAX_IDS = 100;

let counts: Record<string, number> = {};
let lookedUp = 0;
let nextOrder = 1_000_000;
/** When the calls of the last second were let pass, oldest first. */
const passedAt: number[] = [];

const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
  if (request.method === 'GET') {
    send(response, 200, JSON.stringify({ counts, lookedUp }));
    return;
  }
  if (request.url === '/reset') {
    counts = {};
    lookedUp = 0;
    send(response, 200, '{}');
    return;
  }
  let body = '';
  request.setEncoding('latin1');
  request.on('data', (chunk: string) => {
    body += chunk;
  });
  request.on('end', () => answer(body, response));
});

function answer(body: string, response: ServerResponse): void {
  const form = new URLSearchParams(body);
  const action = form.get('action') ?? '';
  if (!mayPass()) {
    count('refused');
    if (refuseWith === 'text') send(response, 200, '{"error":"Rate limit exceeded"}');
    else send(response, 429, '{"error":"Too many requests"}', { 'retry-after': '1' });
    return;
  }
  count(action);
  const text = answerTo(action, form);
  setTimeout(() => send(response, 200, text), latencyMs);
}

/** A window that slides: never more than the limit in any one second, the strictest way to count. */
function mayPass(): boolean {
  if (callsPerSecond === 0) return true;
  const now = performance.now();
  while (passedAt.length > 0 && passedAt[0]! <= now - 1000) passedAt.shift();
  if (passedAt.length >= callsPerSecond) return false;
  passedAt.push(now);
  return true;
}

function answerTo(action: string, form: URLSearchParams): string {
  switch (action) {
    case 'status': {
      const ids = form.get('orders')?.split(',');
      if (!ids) {
        lookedUp += 1;
        return statusOf(form.get('order') ?? '');
      }
      if (ids.length > MAX_IDS) return '{"error":"Too many orders"}';
      lookedUp += ids.length;
      return `{${ids.map((id) => `"${id}":${statusOf(id)}`).join(',')}}`;
    }
    case 'add':
      nextOrder += 1;
      return `{"order":${nextOrder}}`;
    case 'balance':
      return '{"balance":"100.84292","currency":"USD"}';
    case 'services':
      return services;
    default:
      return '{"error":"Incorrect request"}';
  }
}

/** Never a final state, which may be remembered for longer. */
function statusOf(id: string): string {
  const remains = Number(id) % 1000;
  return `{"charge":"0.27819","start_count":"3572","status":"In progress","remains":"${remains}","currency":"USD"}`;
}

function send(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

function count(what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address) console.log(`listening ${address.port}`);
});
process.on('SIGTERM', () => process.exit(0));
