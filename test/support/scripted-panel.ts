/** A panel of a few lines: answers what a test says, and remembers every form it was sent. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type SentForm = Readonly<Record<string, string>>;

/** A JSON value, a text as it stands, or whatever the test writes to the response itself. */
export type ScriptedAnswer = object | string | ((response: ServerResponse) => void);

export interface ScriptedPanel extends AsyncDisposable {
  readonly url: string;
  /** Every form, without its key, in the order of arrival. */
  readonly calls: SentForm[];
  /** The calls of one action. */
  callsOf(action: string): SentForm[];
  /** Answers from now on. */
  answer: (form: SentForm) => ScriptedAnswer | Promise<ScriptedAnswer>;
}

/** On a free port where none is given: one that was stopped can come back where it was. */
export async function startScriptedPanel(
  answer: ScriptedPanel['answer'],
  path = '/api/v2',
  port = 0,
): Promise<ScriptedPanel> {
  const calls: SentForm[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { key: _key, ...form } = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    calls.push(form);
    const result = await panel.answer(form);
    if (typeof result === 'function') result(response);
    else
      response
        .setHeader('content-type', 'application/json')
        .end(typeof result === 'string' ? result : JSON.stringify(result));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const panel: ScriptedPanel = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    calls,
    callsOf: (action) => calls.filter((form) => form['action'] === action),
    answer,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return panel;
}

/** One entry of a list of services, as documented. */
export function serviceEntry(number: string | number, overrides: object = {}): object {
  return {
    service: number,
    name: `Service ${number}`,
    type: 'Default',
    category: 'First Category',
    rate: '0.90',
    min: '50',
    max: '10000',
    refill: true,
    cancel: true,
    ...overrides,
  };
}

export const BALANCE = { balance: '100.84292', currency: 'USD' };

/** Answers as a healthy panel does, but for the actions that are given. */
export function healthyPanel(
  overrides: Readonly<Record<string, (form: SentForm) => ScriptedAnswer | Promise<ScriptedAnswer>>> = {},
): ScriptedPanel['answer'] {
  let nextOrder = 23501;
  const state = (number: string): object => ({
    charge: '0.27819',
    start_count: '3572',
    status: 'Partial',
    remains: number.length,
    currency: 'USD',
  });
  const normal: Record<string, (form: SentForm) => ScriptedAnswer> = {
    services: () => [serviceEntry(1)],
    balance: () => BALANCE,
    add: () => ({ order: nextOrder++ }),
    status: ({ order, orders }) =>
      order === undefined
        ? Object.fromEntries((orders ?? '').split(',').map((number) => [number, state(number)]))
        : state(order),
    refill: ({ order, orders }) =>
      order === undefined
        ? (orders ?? '').split(',').map((number) => ({ order: number, refill: `9${number}` }))
        : { refill: `9${order}` },
    refill_status: ({ refill, refills }) =>
      refill === undefined
        ? (refills ?? '').split(',').map((number) => ({ refill: number, status: 'Completed' }))
        : { status: 'Completed' },
    cancel: ({ orders }) => (orders ?? '').split(',').map((number) => ({ order: number, cancel: 1 })),
  };
  return (form) => {
    const action = form['action'] ?? '';
    return (overrides[action] ?? normal[action])?.(form) ?? { error: 'Incorrect request' };
  };
}
