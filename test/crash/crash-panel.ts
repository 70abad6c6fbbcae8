/**
 * A panel that acts in its own time, as real ones do: slow to take an order, slow to answer, and what it has taken it
 * sells whether or not somebody still listens. It remembers every `add` by its link, which is the marker of the order.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pause } from '../../src/domain/time/pause.ts';
import { serviceEntry } from '../support/scripted-panel.ts';
import type { Random } from './random.ts';

export interface CrashPanel extends AsyncDisposable {
  readonly url: string;
  /** How often an `add` with this link has arrived whole. */
  addsOf(link: string): number;
  /** The numbers of the orders that it has sold for this link. */
  soldFor(link: string): readonly string[];
  /** Every `add` so far. */
  readonly addCount: number;
  /** How many `add`s it has taken and not yet answered. */
  readonly underWay: number;
}

/** Longest time from the arrival of an `add` to the sale, and from the sale to its answer. */
const SLOWEST_MS = 110;

export async function startCrashPanel(random: Random): Promise<CrashPanel> {
  const adds = new Map<string, number>();
  const sold = new Map<string, string[]>();
  const counts = { adds: 0, underWay: 0 };
  let nextNumber = 100_000;

  const sell = async (link: string, response: ServerResponse): Promise<void> => {
    const [before, after] = [random.between(1, SLOWEST_MS), random.between(1, SLOWEST_MS)];
    const mood = random.between(0, 1);
    await pause(before);
    if (mood < 0.05) return void response.end('{"error":"Not enough funds on balance"}');
    if (mood < 0.06) return void response.destroy();
    const number = String(nextNumber++);
    sold.set(link, [...(sold.get(link) ?? []), number]);
    await pause(after);
    if (mood < 0.07) return void response.destroy();
    if (mood < 0.08) return void response.writeHead(502).end('<html>Bad Gateway</html>');
    response.end(JSON.stringify({ order: Number(number) }));
  };

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      // The gateway died within its request: the panel never had the whole of it.
      return;
    }
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    response.setHeader('content-type', 'application/json');
    if (form.get('action') !== 'add') return void response.end(JSON.stringify(answerTo(form)));
    const link = form.get('link') ?? '';
    adds.set(link, (adds.get(link) ?? 0) + 1);
    counts.adds += 1;
    counts.underWay += 1;
    await sell(link, response).finally(() => {
      counts.underWay -= 1;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v2`,
    addsOf: (link) => adds.get(link) ?? 0,
    soldFor: (link) => sold.get(link) ?? [],
    get addCount() {
      return counts.adds;
    },
    get underWay() {
      return counts.underWay;
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function answerTo(form: URLSearchParams): object {
  const state = { charge: '0.09', start_count: '1', status: 'In progress', remains: '1', currency: 'USD' };
  switch (form.get('action')) {
    case 'services':
      return [serviceEntry(1)];
    case 'balance':
      return { balance: '100.84292', currency: 'USD' };
    case 'status': {
      const orders = form.get('orders');
      return orders === null ? state : Object.fromEntries(orders.split(',').map((number) => [number, state]));
    }
    default:
      return { error: 'Incorrect request' };
  }
}
