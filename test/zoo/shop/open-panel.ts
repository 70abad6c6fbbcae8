/** A simulated panel on a free port of this machine. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TEST_KEY } from '../../support/gateway.ts';
import { type PanelKind, Shop } from './shop.ts';
import { html, type WireAnswer } from './wire-answer.ts';

export interface OpenPanel extends AsyncDisposable {
  readonly id: string;
  readonly url: string;
  readonly shop: Shop;
  /** How often each action has been asked for. */
  readonly calls: ReadonlyMap<string, number>;
}

export async function openPanel(kind: PanelKind, seed = 1): Promise<OpenPanel> {
  const shop = new Shop(kind, seed);
  const calls = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { key, ...form } = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    const action = form['action'] ?? '';
    calls.set(action, (calls.get(action) ?? 0) + 1);
    if (action === 'add') shop.payIn();
    if (key !== TEST_KEY) return send(response, html('<h1>Forbidden</h1>', 403));
    send(response, isOut(action, shop) ? OUTAGE : await kind.answer(form, shop));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    id: kind.id,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v2`,
    shop,
    calls,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const OUTAGE = html('<html><head><title>503 Service Temporarily Unavailable</title></head></html>', 503);

/** Lists are spared: without one nothing can be ordered, and nothing is tried. */
function isOut(action: string, shop: Shop): boolean {
  return action !== 'services' && shop.chanceOf(`outage ${action}`).chance(shop.weather.outages);
}

function send(response: ServerResponse, answer: WireAnswer): void {
  if (answer === 'silence') return;
  if (answer === 'hang up') return void response.destroy();
  response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
}
