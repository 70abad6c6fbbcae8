import { describe, expect, it, onTestFinished } from 'vitest';
import { createConfig } from '../../../src/config/create-config.ts';
import { CallAllowance, UNLIMITED_CALLS } from '../../../src/providers/pacing/call-allowance.ts';
import { createRegistry } from '../../../src/providers/registry.ts';
import { silentTelemetry } from '../../../src/telemetry/telemetry.ts';
import { type ScriptedPanel, startScriptedPanel } from '../../support/scripted-panel.ts';

const HOUR_MS = 3_600_000;

async function setUp(answer: ScriptedPanel['answer']) {
  const panel = await startScriptedPanel(answer);
  onTestFinished(() => panel[Symbol.asyncDispose]());
  const { panels } = createConfig({
    store: 'sqlite::memory:',
    panels: [{ id: 'acme', url: panel.url, key: 'k3y-of-the-test-account', concurrency: 1 }],
  });
  let ahead = 0;
  let calls = UNLIMITED_CALLS;
  const registry = createRegistry({
    panels,
    telemetry: silentTelemetry,
    clock: { now: () => performance.timeOrigin + performance.now() + ahead },
  });
  onTestFinished(() => registry.close());
  const provider = registry.find('acme')!;
  const asPlain = (results: ReadonlyMap<string, unknown>) => Object.fromEntries(results);
  return {
    panel,
    pass: (ms: number) => {
      ahead += ms;
    },
    refill: async (...numbers: string[]) => asPlain(await provider.refill(numbers, calls)),
    cancel: async (...numbers: string[]) => asPlain(await provider.cancel(numbers, calls)),
    /** How many calls may be caused from now on. */
    allow: (count: number) => {
      calls = new CallAllowance(count);
    },
    /** What was named in each call, such as `orders=7,8`. */
    asked: () =>
      panel.calls
        .splice(0)
        .map(({ action: _action, ...named }) => new URLSearchParams(named).toString().replaceAll('%2C', ',')),
  };
}

/** Knows single orders only; in `unknown` those that it does not have. */
const single =
  (words: string, unknown: Readonly<Record<string, string>> = {}): ScriptedPanel['answer'] =>
  ({ action, order }) => {
    if (order === undefined) return { error: words };
    if (unknown[order] !== undefined) return { error: unknown[order] };
    return action === 'refill' ? { refill: `9${order}` } : { cancel: 1 };
  };

const rejected = (code: string) => expect.objectContaining({ code, outcome: 'rejected' });

describe('a list of orders that a panel refuses for its form', () => {
  it.each(['Falta el parámetro order', 'Incorrect order ID', 'Missing parameter order'])(
    'is asked singly after %j, and no more in a list',
    async (words) => {
      const { refill, cancel, asked } = await setUp(single(words));
      expect(await refill('7', '8')).toEqual({ 7: '97', 8: '98' });
      expect(asked()).toEqual(['orders=7,8', 'order=7', 'order=8']);
      expect(await cancel('7', '8')).toEqual({ 7: true, 8: true });
      expect(asked()).toEqual(['orders=7,8', 'order=7', 'order=8']);
      await refill('7', '8');
      await cancel('7', '8');
      expect(asked()).toEqual(['order=7', 'order=8', 'order=7', 'order=8']);
    },
  );

  it('is asked as a list again after an hour', async () => {
    const { cancel, asked, pass } = await setUp(single('Missing parameter order'));
    await cancel('7', '8');
    pass(HOUR_MS - 1000);
    await cancel('7', '8');
    pass(2000);
    asked();
    await cancel('7', '8');
    expect(asked()[0]).toBe('orders=7,8');
  });

  it('lets each single answer stand for itself', async () => {
    const { cancel, asked } = await setUp(
      single('Falta el parámetro order', { 8: 'Incorrect order ID', 9: 'Order already completed' }),
    );
    expect(await cancel('7', '8', '9')).toEqual({
      ...{ 7: true, 8: rejected('ORDER_NOT_FOUND'), 9: rejected('CANCEL_NOT_ALLOWED') },
    });
    asked();
    await cancel('7', '9');
    expect(asked()).toEqual(['order=7', 'order=9']);
  });

  it('is found to hold a bad id, and is no lesson then', async () => {
    const { refill, asked } = await setUp(({ order, orders }) => {
      const numbers = (orders ?? order ?? '').split(',');
      if (numbers.includes('8')) return { error: 'Incorrect order ID' };
      return order ? { refill: `9${order}` } : numbers.map((number) => ({ order: number, refill: `9${number}` }));
    });
    expect(await refill('7', '8', '9')).toEqual({ 7: '97', 8: rejected('ORDER_NOT_FOUND'), 9: '99' });
    asked();
    expect(await refill('7', '9')).toEqual({ 7: '97', 9: '99' });
    expect(asked()).toEqual(['orders=7,9']);
  });

  it.each([
    ['is refused for something else', { error: 'Invalid API key' }, 'rejected'],
    ['is refused for the pace', { error: 'Too many requests' }, 'not-sent'],
    ['meets with a failure of the panel', { error: 'Internal error: missing parameter order' }, 'unknown'],
    ['is not answered', (response: { destroy(): unknown }) => void response.destroy(), 'unknown'],
    ['cannot be told', 'null', 'unknown'],
    ['names the orders', { 7: { error: 'Incorrect order ID' }, 8: { error: 'Incorrect order ID' } }, 'rejected'],
    ['was done in part', { 7: { refill: 1, cancel: 1 }, error: 'Incorrect order ID' }, null],
  ] as const)('is asked once where it %s', async (_how, answer, outcome) => {
    const { refill, cancel, asked } = await setUp(() => answer);
    for (const send of [refill, cancel]) {
      const results = Object.values(await send('7', '8'));
      if (outcome)
        expect(results).toEqual([expect.objectContaining({ outcome }), expect.objectContaining({ outcome })]);
    }
    expect(asked()).toEqual(['orders=7,8', 'orders=7,8']);
  });
});

describe('orders for which no call is left', () => {
  const notSent = expect.objectContaining({
    outcome: 'not-sent',
    code: 'RATE_LIMITED',
    message: expect.stringContaining('(limits.panelCalls)'),
  });

  it('are not sent, and the others are, where a list is refused', async () => {
    const { refill, cancel, asked, allow } = await setUp(single('Missing parameter order'));
    for (const [send, value] of [
      [refill, { 7: '97', 8: '98' }],
      [cancel, { 7: true, 8: true }],
    ] as const) {
      allow(3);
      expect(await send('7', '8', '9')).toEqual({ ...value, 9: notSent });
      expect(asked()).toEqual(['orders=7,8,9', 'order=7', 'order=8']);
    }
  });

  it('are not sent either where the panel is known to read no lists, or for a list', async () => {
    const { cancel, asked, allow } = await setUp(single('Missing parameter order'));
    allow(0);
    expect(await cancel('7', '8')).toEqual({ 7: notSent, 8: notSent });
    expect(asked()).toEqual([]);
    allow(3);
    await cancel('7', '8');
    allow(1);
    asked();
    expect(await cancel('7', '8')).toEqual({ 7: true, 8: notSent });
    expect(asked()).toEqual(['order=7']);
  });
});

describe('one order', () => {
  it('is refilled in the single form, and canceled in the list that is documented', async () => {
    const { refill, cancel, asked } = await setUp(({ action }) => ({ [action!]: '5' }));
    expect([await refill('7'), await cancel('7')]).toEqual([{ 7: '5' }, { 7: true }]);
    expect(asked()).toEqual(['order=7', 'orders=7']);
  });

  it('is canceled in the single form where the list is refused', async () => {
    const { cancel, asked } = await setUp(single('Missing parameter order'));
    expect(await cancel('7')).toEqual({ 7: true });
    expect(await cancel('8')).toEqual({ 8: true });
    expect(asked()).toEqual(['orders=7', 'order=7', 'order=8']);
  });

  it('is refused where both forms are, and that is no lesson', async () => {
    const { cancel, asked } = await setUp(() => ({ error: 'Incorrect order ID' }));
    expect(await cancel('7')).toEqual({ 7: rejected('ORDER_NOT_FOUND') });
    asked();
    await cancel('8');
    expect(asked()).toEqual(['orders=8', 'order=8']);
  });

  it('is refused by a bare text in the single form, too', async () => {
    const { cancel } = await setUp(({ order }) =>
      order ? { cancel: 'Order already completed' } : { error: 'Missing parameter order' },
    );
    expect(await cancel('7')).toEqual({ 7: rejected('CANCEL_NOT_ALLOWED') });
  });
});
