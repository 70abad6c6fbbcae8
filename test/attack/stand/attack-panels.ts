/**
 * The panels behind the attacked gateway. Three are large and healthy; others leave ids out, name child orders in a
 * circle, or hold a list that a case arms them with.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listServices } from '../../../bench/services-list.ts';
import { serviceEntry } from '../../support/scripted-panel.ts';

export const HEALTHY_PANELS = ['acme', 'bolt', 'core'] as const;
/** Each is armed by one case, since a gateway may keep a list for a while. */
export const ARMED_PANELS = ['list1', 'list2', 'list3', 'list4', 'list5', 'list6', 'list7', 'list8'] as const;
export type ArmedPanel = (typeof ARMED_PANELS)[number];
export const ALL_PANELS = [...HEALTHY_PANELS, 'leaky', 'ring', 'wordy', ...ARMED_PANELS] as const;

const SERVICES_PER_PANEL = 5_000;
const RING_SIZE = 100;
/** One ordinary service, and one of a type that nobody knows. */
const SMALL_LIST = JSON.stringify([serviceEntry(1), serviceEntry(2, { type: 'Zigzag' })]);

type Form = URLSearchParams;

export class AttackPanels implements AsyncDisposable {
  readonly #server: Server;
  readonly #armed = new Map<string, string>();
  readonly #largeList = JSON.stringify(listServices(SERVICES_PER_PANEL));
  #nextNumber = 100_000;
  /** Calls so far, of all panels. */
  calls = 0;

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('error', () => undefined);
      request.on('end', () => {
        this.calls += 1;
        const form = new URLSearchParams(Buffer.concat(chunks).toString());
        response.setHeader('content-type', 'application/json');
        response.end(this.#answer(request.url?.split('/')[1] ?? '', form));
      });
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  urlOf(panel: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${panel}/api/v2`;
  }

  /** Answers with this list of services until it is disarmed. */
  arm(panel: ArmedPanel, list: string): void {
    this.#armed.set(panel, list);
  }

  disarm(): void {
    this.#armed.clear();
  }

  #answer(panel: string, form: Form): string {
    const action = form.get('action') ?? '';
    if (action === 'services') return this.#listOf(panel);
    if (panel === 'wordy' && action !== 'balance')
      return JSON.stringify({ error: `Incorrect order ID ${'e\u0301'.repeat(100_000)}` });
    return (this.#actions[action] ?? (() => '{"error":"Incorrect request"}'))(form, panel);
  }

  #listOf(panel: string): string {
    if (HEALTHY_PANELS.some((name) => name === panel)) return this.#largeList;
    return this.#armed.get(panel) ?? SMALL_LIST;
  }

  readonly #actions: Readonly<Record<string, (form: Form, panel: string) => string>> = {
    balance: () => '{"balance":"100.84292","currency":"USD"}',
    add: () => `{"order":${this.#nextNumber++}}`,
    status: (form, panel) => answerMany(form, 'order', statusOf(panel), panel === 'leaky'),
    refill: (form) => answerMany(form, 'order', () => ({ refill: this.#nextNumber++ })),
    refill_status: (form) => answerMany(form, 'refill', () => ({ status: 'Completed' })),
    cancel: (form) =>
      JSON.stringify((form.get('orders') ?? '').split(',').map((order) => ({ order: Number(order), cancel: 1 }))),
  };

  [Symbol.asyncDispose](): Promise<void> {
    return new Promise((resolve) => {
      this.#server.closeAllConnections();
      this.#server.close(() => resolve());
    });
  }
}

const RING = Array.from({ length: RING_SIZE }, (_, at) => at + 1);

/** Final, so that the tracker is silent; but for the ring, where only the children matter. */
const statusOf = (panel: string) => (): object => ({
  charge: '0.27819',
  start_count: '3572',
  status: 'Completed',
  remains: '0',
  currency: 'USD',
  ...(panel === 'ring' && { orders: RING }),
});

/** The single form, or the form for many; a leaky panel knows a number only where it is asked singly. */
function answerMany(form: Form, name: 'order' | 'refill', answer: () => object, isLeaky = false): string {
  const numbers = form.get(`${name}s`)?.split(',');
  if (numbers === undefined) return JSON.stringify(answer());
  if (isLeaky) return '{}';
  if (name === 'order' && form.get('action') === 'status') {
    return JSON.stringify(Object.fromEntries(numbers.map((number) => [number, answer()])));
  }
  return JSON.stringify(numbers.map((number) => ({ [name]: Number(number), ...answer() })));
}
