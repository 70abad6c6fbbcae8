import { describe, expect, it, onTestFinished } from 'vitest';
import { createConfig } from '../../../src/config/create-config.ts';
import { ProviderError } from '../../../src/domain/errors.ts';
import { getDialect } from '../../../src/providers/dialects/index.ts';
import { readingOnTheSpot } from '../../../src/providers/lists/read-long-list.ts';
import { Exchange } from '../../../src/providers/transport/exchange.ts';
import { readUnlessRefused } from '../../../src/providers/transport/panel-call.ts';
import { silentTelemetry } from '../../../src/telemetry/telemetry.ts';
import { BALANCE, type ScriptedPanel, startScriptedPanel } from '../../support/scripted-panel.ts';

const KEY = 'k3y-of-the-test-account';

async function setUp(answer: ScriptedPanel['answer'], settings: object = {}) {
  const panel = await startScriptedPanel(answer);
  onTestFinished(() => panel[Symbol.asyncDispose]());
  const { panels } = createConfig({
    store: 'sqlite::memory:',
    panels: [{ id: 'acme', url: panel.url, key: KEY, dialect: 'standard', ...settings }],
  });
  const [config] = panels;
  if (!config) throw new Error('No panel.');
  const unexpected: unknown[] = [];
  const phrases: string[] = [];
  const dialect = getDialect('standard');
  const exchange = new Exchange({
    config,
    dialect,
    longLists: readingOnTheSpot,
    telemetry: {
      ...silentTelemetry,
      unexpectedError: (_where, error) => void unexpected.push(error),
      unknownRefusalPhrase: ({ panel: id, phrase }) => void phrases.push(`${id}: ${phrase}`),
    },
  });
  onTestFinished(() => exchange.close());
  const deadlineAt = (ms: number): number => performance.timeOrigin + performance.now() + ms;
  return {
    panel,
    exchange,
    unexpected,
    phrases,
    deadlineAt,
    ask: (ms = 5000, action: 'status' | 'balance' = 'status') =>
      exchange.ask({
        action,
        priority: 'lookup',
        form: { action, order: '1' },
        deadlineAt: deadlineAt(ms),
        read: readUnlessRefused(dialect, action, (value) => value),
      }),
    spend: (beforeSend?: () => Promise<void>) =>
      exchange.spend({
        action: 'add',
        form: { action: 'add' },
        beforeSend,
        read: readUnlessRefused(dialect, 'add', (value) => value),
      }),
  };
}

const errorOf = async (promise: Promise<unknown>): Promise<ProviderError> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ProviderError);
  return error as ProviderError;
};

/** Answers with each in turn, the last for ever. */
const inTurn = (answers: readonly Awaited<ReturnType<ScriptedPanel['answer']>>[]): ScriptedPanel['answer'] => {
  let asked = 0;
  return () => answers[Math.min(asked++, answers.length - 1)] ?? '';
};
const SILENCE: Awaited<ReturnType<ScriptedPanel['answer']>> = () => {};
const http = (
  status: number,
  headers: Record<string, string> = {},
  body = '',
): Awaited<ReturnType<ScriptedPanel['answer']>> => {
  return (response) => void response.writeHead(status, headers).end(body);
};

describe('asking', () => {
  it.each([
    ['a reset', ((response) => response.destroy()) as Awaited<ReturnType<ScriptedPanel['answer']>>],
    ['HTTP 500', http(500)],
    ['no JSON', '<html>'],
    ['HTTP 429', http(429)],
    ['a refusal for the pace', { error: 'Rate limit exceeded' }],
  ])('asks again after %s', async (_what, first) => {
    const { ask, panel } = await setUp(inTurn([first, { fine: 'yes' }]));
    await expect(ask()).resolves.toEqual({ fine: 'yes' });
    expect(panel.calls).toHaveLength(2);
  });

  it('asks three times where the panel fails, and no more', async () => {
    const { ask, panel } = await setUp(() => http(500));
    expect(await errorOf(ask())).toMatchObject({ code: 'PANEL_ERROR', outcome: 'unknown' });
    expect(panel.calls).toHaveLength(3);
  });

  it('goes on asking where it is only a matter of pace', async () => {
    const tooMany = http(429, { 'retry-after': '0' });
    const { ask, panel } = await setUp(inTurn([tooMany, tooMany, tooMany, { fine: 'yes' }]));
    await expect(ask(15_000)).resolves.toEqual({ fine: 'yes' });
    expect(panel.calls).toHaveLength(4);
  });

  it('does not ask again what was refused, and shows no key', async () => {
    const { ask, panel } = await setUp(() => ({ error: `Something odd with ${KEY}` }));
    const error = await errorOf(ask());
    expect(error).toMatchObject({
      code: 'PANEL_REJECTED',
      outcome: 'rejected',
      panelMessage: 'Something odd with [key]',
    });
    expect(panel.calls).toHaveLength(1);
  });

  it('does not wait for a Retry-After that lies behind the deadline', async () => {
    const { ask, panel } = await setUp(() => http(429, { 'retry-after': '7200' }));
    expect(await errorOf(ask())).toMatchObject({ code: 'RATE_LIMITED', outcome: 'not-sent', retryAfterMs: 7_200_000 });
    const next = await errorOf(ask());
    expect(next).toMatchObject({ code: 'RATE_LIMITED', outcome: 'not-sent' });
    expect(next.retryAfterMs).toBeLessThanOrEqual(120_000);
    expect(panel.calls).toHaveLength(1);
  });

  it('is over at its deadline, where the panel is silent', async () => {
    const { ask } = await setUp(() => () => {});
    const started = performance.now();
    expect(await errorOf(ask(300))).toMatchObject({ code: 'PANEL_TIMEOUT', outcome: 'unknown' });
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('counts a codec that throws as a failed call, and tells of it', async () => {
    const { exchange, unexpected } = await setUp(() => ({}), { concurrency: 1 });
    const call = () =>
      exchange.ask({
        action: 'status',
        priority: 'lookup',
        form: {},
        deadlineAt: performance.timeOrigin + performance.now() + 200,
        read: () => {
          throw new TypeError('bug');
        },
      });
    expect(await errorOf(call())).toMatchObject({ code: 'PANEL_ERROR' });
    expect(await errorOf(call())).toMatchObject({ code: 'PANEL_ERROR' });
    expect(unexpected[0]).toBeInstanceOf(TypeError);
  });
});

describe('spending', () => {
  it('sends once, whatever becomes of it', async () => {
    const { spend, panel } = await setUp((form) => (form['action'] === 'add' ? http(500) : BALANCE));
    expect(await errorOf(spend())).toMatchObject({ outcome: 'unknown' });
    panel.answer = () => (response) => response.destroy();
    expect(await errorOf(spend())).toMatchObject({ outcome: 'unknown', code: 'PANEL_ERROR' });
    panel.answer = () => http(429);
    expect(await errorOf(spend())).toMatchObject({ outcome: 'not-sent', code: 'RATE_LIMITED' });
    expect(panel.calls).toHaveLength(3);
  });

  it('tells of a refusal in words that are not known, without the key; of a look-up it does not', async () => {
    const { spend, ask, phrases } = await setUp(() => ({ error: `Zut alors  ${KEY}` }));
    await errorOf(ask());
    await errorOf(spend());
    expect(phrases).toEqual(['acme: Zut alors [key]']);
  });

  it.each([
    [401, '{"detail":"Invalid token."}', { code: 'INVALID_KEY', outcome: 'rejected', isUnrecognisedRefusal: false }],
    [400, '{"message":"Saldo insuficiente"}', { code: 'INSUFFICIENT_FUNDS', outcome: 'rejected' }],
    [400, '{"detail":"Nope"}', { code: 'PANEL_ERROR', outcome: 'unknown', isUnrecognisedRefusal: true }],
    [400, '{"message":"read ECONNRESET"}', { code: 'PANEL_ERROR', outcome: 'unknown', isUnrecognisedRefusal: false }],
    [404, '{}', { code: 'PANEL_ERROR', outcome: 'unknown', panelMessage: null }],
  ])('reads the words under HTTP %i: %s', async (status, body, expected) => {
    const { spend } = await setUp(() => http(status, {}, body));
    expect(await errorOf(spend())).toMatchObject(expected);
  });

  it('sends nothing, and keeps no leave, where what comes before it fails', async () => {
    const { spend, panel } = await setUp(() => ({ order: 1 }), {
      concurrency: 1,
      requestsPerSecond: 1,
      deadlineMs: 500,
    });
    const away = new Error('the store is away');
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await expect(spend(() => Promise.reject(away))).rejects.toBe(away);
    }
    expect(panel.calls).toHaveLength(0);
    await expect(spend()).resolves.toEqual({ order: '1' });
  });

  it('is not the probe of a panel that has failed: its balance is, once', async () => {
    const settings = { breaker: { consecutiveFailures: 2, halfOpenAfterMs: 200 }, concurrency: 10 };
    const { spend, ask, panel, exchange } = await setUp(() => SILENCE, settings);
    await errorOf(ask(50));
    await errorOf(ask(50));
    expect(exchange.circuit).toBe('OPEN');
    expect(await errorOf(spend())).toMatchObject({ code: 'CIRCUIT_OPEN', outcome: 'not-sent' });
    expect(panel.calls.map(({ action }) => action)).toEqual(['status', 'status']);
    panel.answer = ({ action }) => (action === 'balance' ? BALANCE : { order: 7 });
    await expect
      .poll(() => Promise.all(Array.from({ length: 5 }, () => spend().catch(() => null))))
      .toEqual(Array.from({ length: 5 }, () => ({ order: '7' })));
    expect(panel.callsOf('balance')).toHaveLength(1);
  });

  it('does not find out that a panel fails at everything: look-ups do', async () => {
    const { spend, ask, panel, exchange } = await setUp(() => http(502), { breaker: { consecutiveFailures: 2 } });
    await errorOf(ask(100));
    await errorOf(ask(100));
    await expect.poll(() => exchange.circuit).toBe('OPEN');
    expect(await errorOf(spend())).toMatchObject({ code: 'CIRCUIT_OPEN', outcome: 'not-sent' });
    expect(panel.calls.map(({ action }) => action)).toEqual(['status', 'status', 'balance', 'services']);
  });

  it('goes on at a panel whose balance is broken, and whose look-ups break', async () => {
    const { spend, ask, panel, exchange } = await setUp(
      ({ action }) => (action === 'services' ? [{ service: 1 }] : action === 'add' ? { order: 7 } : http(500)),
      { breaker: { consecutiveFailures: 2 } },
    );
    await errorOf(ask(100));
    await errorOf(ask(100));
    await expect.poll(() => panel.callsOf('services').length).toBe(1);
    expect(await errorOf(ask(100))).toMatchObject({ code: 'CIRCUIT_OPEN' });
    await expect(spend()).resolves.toEqual({ order: '7' });
    expect(exchange.circuit).toBe('CLOSED');
  });

  it('stays refused while the probe cannot be sent', async () => {
    const settings = { breaker: { consecutiveFailures: 1, halfOpenAfterMs: 1 }, timeoutMs: 1000 };
    const { spend, ask, panel, exchange, deadlineAt } = await setUp(
      inTurn([http(429, { 'retry-after': '60' }), SILENCE]),
      settings,
    );
    const slow = exchange.reserve({ action: 'status', priority: 'lookup', deadlineAt: 1e15 });
    const slot = await slow;
    await errorOf(ask(900));
    const held = exchange.ask({
      action: 'status',
      priority: 'lookup',
      form: {},
      deadlineAt: deadlineAt(100),
      slot,
      read: () => ({ kind: 'found', value: 1 }),
    });
    held.catch(() => {});
    await expect.poll(() => exchange.circuit).toBe('OPEN');
    expect(await errorOf(spend())).toMatchObject({ outcome: 'not-sent' });
    expect(exchange.circuit).toBe('OPEN');
    expect(panel.callsOf('add')).toHaveLength(0);
  });
});

describe('closing', () => {
  it('ends every wait at once and finishes what was sent', async () => {
    const sent = Promise.withResolvers<void>();
    let answer = (): void => {};
    const { ask, spend, exchange } = await setUp(
      () => (response) => {
        answer = () => response.end('{"order":5}');
        sent.resolve();
      },
      { requestsPerSecond: 0.1 },
    );
    const spending = spend();
    await sent.promise;
    const waiting = errorOf(ask(25_000));
    const closing = exchange.close();
    expect(await waiting).toMatchObject({ code: 'SHUTTING_DOWN', outcome: 'not-sent' });
    expect(await errorOf(spend())).toMatchObject({ code: 'SHUTTING_DOWN', outcome: 'not-sent' });
    answer();
    await expect(spending).resolves.toEqual({ order: '5' });
    await closing;
  });

  it('ends the pause before a repeat', async () => {
    const asked = Promise.withResolvers<void>();
    const { ask, exchange } = await setUp(() => {
      asked.resolve();
      return http(503, { 'retry-after': '10' });
    });
    const started = performance.now();
    const waiting = errorOf(ask(25_000));
    await asked.promise;
    await expect.poll(() => exchange.stats().lastError).toContain('503');
    await exchange.close();
    expect((await waiting).outcome).toMatch(/not-sent|unknown/);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
