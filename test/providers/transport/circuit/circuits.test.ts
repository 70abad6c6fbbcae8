import { describe, expect, it } from 'vitest';
import { ProviderError, type ProviderErrorDetails } from '../../../../src/domain/errors.ts';
import type { Action } from '../../../../src/providers/dialect.ts';
import { CircuitOpenError } from '../../../../src/providers/transport/circuit/breaker.ts';
import { createCircuits } from '../../../../src/providers/transport/circuit/circuits.ts';

const failure = (code: ProviderErrorDetails['code'], details: Partial<ProviderErrorDetails> = {}) =>
  new ProviderError({ panel: 'acme', action: 'status', outcome: 'unknown', code, message: code, ...details });

function setUp({ probeFails = false, failsAltogether = false } = {}) {
  const probes: (Action | 'panel')[] = [];
  let suspicions = 0;
  let now = 0;
  const circuits = createCircuits({
    consecutiveFailures: 3,
    halfOpenAfterMs: 10_000,
    clock: { now: () => now },
    failsAltogether: async () => {
      suspicions += 1;
      return failsAltogether;
    },
    probe: async (circuit) => {
      probes.push(circuit);
      if (probeFails) throw failure('PANEL_TIMEOUT');
    },
  });
  const fail = async (action: Action, error: Error, times = 3): Promise<void> => {
    for (let failed = 0; failed < times; failed += 1) {
      await circuits.run(action, () => Promise.reject(error)).catch(() => {});
    }
  };
  const pass = (ms: number): void => {
    now += ms;
  };
  return { circuits, probes, fail, pass, suspicions: () => suspicions };
}

const well = () => Promise.resolve(7);

describe('the circuits of a panel', () => {
  it.each(['PANEL_ERROR', 'UNREADABLE_REPLY'] as const)('keep %s of one action from the others', async (code) => {
    const { circuits, fail, probes } = setUp();
    await fail('refill_status', failure(code), 50);
    await expect(circuits.admit('refill_status')).rejects.toBeInstanceOf(CircuitOpenError);
    await expect(circuits.run('refill_status', well)).rejects.toBeInstanceOf(CircuitOpenError);
    expect([circuits.isClosed('refill_status'), circuits.isClosed('add'), circuits.state]).toEqual([
      ...[false, true, 'CLOSED'],
    ]);
    await circuits.admit('add');
    await expect(circuits.run('add', well)).resolves.toBe(7);
    expect(probes).toEqual([]);
  });

  it.each(['PANEL_UNREACHABLE', 'PANEL_TIMEOUT'] as const)('count %s for all actions together', async (code) => {
    const { circuits, fail } = setUp();
    for (const action of ['status', 'balance', 'refill'] as const) await fail(action, failure(code), 1);
    expect([circuits.state, circuits.isClosed('services')]).toEqual(['OPEN', false]);
    await expect(circuits.admit('add')).rejects.toMatchObject({ retryAfterMs: 10_000 });
    await expect(circuits.run('services', well)).rejects.toBeInstanceOf(CircuitOpenError);
  });

  it('forget the silence of one action when another is answered', async () => {
    const { circuits, fail } = setUp();
    for (let rounds = 0; rounds < 5; rounds += 1) {
      await fail('status', failure('PANEL_TIMEOUT'), 2);
      await circuits.run('balance', well);
    }
    expect(circuits.state).toBe('CLOSED');
  });

  it('show that orders are kept back, and nothing of a look-up alone', async () => {
    const { circuits, fail } = setUp();
    await fail('status', failure('PANEL_ERROR'));
    await fail('refill', failure('PANEL_ERROR'));
    expect(circuits.state).toBe('CLOSED');
    await fail('add', failure('PANEL_ERROR'));
    expect([circuits.state, circuits.isClosed('add')]).toEqual(['OPEN', false]);
  });

  it.each([
    ['a refusal', failure('LINK_BUSY', { outcome: 'rejected' })],
    ['too many calls', failure('RATE_LIMITED', { outcome: 'not-sent' })],
    ['words that nobody knows', failure('PANEL_ERROR', { isUnrecognisedRefusal: true })],
  ])('stay closed for %s', async (_what, error) => {
    const { circuits, fail } = setUp();
    await fail('add', error, 20);
    expect(circuits.state).toBe('CLOSED');
  });

  it('keep orders back where the panel fails altogether, once one action has', async () => {
    const { circuits, fail, pass, probes } = setUp({ failsAltogether: true });
    await fail('status', failure('PANEL_ERROR'));
    await expect.poll(() => circuits.state).toBe('OPEN');
    await expect(circuits.run('add', well)).rejects.toBeInstanceOf(CircuitOpenError);
    pass(10_000);
    await circuits.admit('add');
    expect([probes, circuits.state]).toEqual([['panel'], 'CLOSED']);
  });

  it('ask whether it does once each time that an action has begun to fail', async () => {
    const { circuits, fail, pass, suspicions } = setUp();
    await fail('status', failure('PANEL_ERROR'), 20);
    expect(suspicions()).toBe(1);
    pass(10_000);
    await circuits.admit('status');
    await fail('status', failure('PANEL_ERROR'), 20);
    expect(suspicions()).toBe(2);
    await fail('add', failure('PANEL_TIMEOUT'));
    expect(suspicions()).toBe(2);
  });

  it('are probed each on its own', async () => {
    const { circuits, fail, pass, probes } = setUp();
    await fail('status', failure('PANEL_ERROR'));
    await fail('add', failure('PANEL_ERROR'));
    pass(10_000);
    await circuits.admit('add');
    expect([probes, circuits.state, circuits.isClosed('status')]).toEqual([['add'], 'CLOSED', false]);
    await circuits.admit('status');
    expect([probes, circuits.isClosed('status')]).toEqual([['add', 'status'], true]);
  });

  it('stay open where the probe fails', async () => {
    const { circuits, fail, pass, probes } = setUp({ probeFails: true });
    await fail('status', failure('PANEL_TIMEOUT'));
    pass(10_000);
    await expect(circuits.admit('add')).rejects.toBeInstanceOf(CircuitOpenError);
    expect([probes, circuits.state]).toEqual([['panel'], 'OPEN']);
  });
});
