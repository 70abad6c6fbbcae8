/** One server with a panel for each text: `/3` answers the third to every order but a plain one, and takes the money where it is told to. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serviceEntry } from '../support/scripted-panel.ts';
import { type PanelText, wrap } from './panel-text.ts';

export interface TextCase {
  readonly text: PanelText;
  /** Whether the order is bought and paid for before the text is answered. */
  readonly isTaken: boolean;
  readonly isBalanceReadable: boolean;
}

export interface TextPanels extends AsyncDisposable {
  urlOf(index: number): string;
  /** Orders that the panel of a case has answered with its text. */
  addsOf(index: number): number;
}

/** An order for it is sold as usual, without a word. */
export const PLAIN_LINK = 'https://example.com/plain';

/** 100 units of the one service, at 0.90 for 1000, cost 0.09. */
const START_HUNDRED_THOUSANDTHS = 10_084_292;
const CHARGE = 9_000;

export async function openTextPanels(cases: readonly TextCase[]): Promise<TextPanels> {
  const adds = cases.map(() => 0);
  const soldBefore = cases.map(() => 0);
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const action = form.get('action');
    const index = Number(request.url?.slice(1));
    const given = cases[index];
    if (!given) return void response.writeHead(404).end();
    const reply = (value: object, status = 200): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (action === 'services') return reply([serviceEntry(1)]);
    if (action === 'add' && form.get('link') === PLAIN_LINK) {
      soldBefore[index] = 1;
      return reply({ order: 23_501 });
    }
    if (action === 'add') {
      adds[index] = (adds[index] ?? 0) + 1;
      return reply(wrap(given.text), given.text.status);
    }
    if (action === 'balance' && given.isBalanceReadable) {
      const charged = CHARGE * ((soldBefore[index] ?? 0) + (given.isTaken ? (adds[index] ?? 0) : 0));
      return reply({ balance: ((START_HUNDRED_THOUSANDTHS - charged) / 1e5).toFixed(5), currency: 'USD' });
    }
    return void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Maintenance</h1>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    urlOf: (index) => `http://127.0.0.1:${port}/${index}`,
    addsOf: (index) => adds[index] ?? 0,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
