import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProviderError, type ProviderErrorDetails } from '../../../src/domain/errors.ts';
import type { PanelAmount } from '../../../src/domain/order.ts';
import { createPanelCurrency } from '../../../src/providers/lookups/panel-currency.ts';
import { HeldClock, providerError } from '../../catalogue/support/samples.ts';

const dead = (details: Partial<ProviderErrorDetails> = {}) => providerError({ action: 'balance', ...details });

function setUp(answer: () => Promise<PanelAmount>, configured: string | null = null) {
  const clock = new HeldClock();
  const panel = { answer, calls: 0 };
  const balance = (): Promise<PanelAmount> => {
    panel.calls += 1;
    return panel.answer();
  };
  return { clock, panel, currency: createPanelCurrency({ panel: 'acme', configured, balance, clock }) };
}

const inUsd = async (): Promise<PanelAmount> => ({ amount: '1', currency: 'USD' });
const unnamed = async (): Promise<PanelAmount> => ({ amount: '1', currency: null });
const never = () => new Promise<never>(() => {});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the currency of a panel', () => {
  it('is asked once, and never where it is configured', async () => {
    const asked = setUp(inUsd);
    expect(asked.currency.known()).toBeNull();
    asked.currency.note('EUR');
    expect(await asked.currency.shown()).toBe('EUR');
    expect(await asked.currency.forOrder('limit')).toBe('EUR');
    const configured = setUp(inUsd, 'GBP');
    configured.currency.note('USD');
    expect(await configured.currency.forOrder('limit')).toBe('GBP');
    expect([asked.panel.calls, configured.panel.calls]).toEqual([0, 0]);
  });

  it('is asked for what is shown every fifteen seconds at most while the panel is away', async () => {
    const { currency, panel, clock } = setUp(async () => Promise.reject(dead()));
    expect(await currency.shown()).toBeNull();
    clock.advance(14_999);
    expect(await currency.shown()).toBeNull();
    expect(panel.calls).toBe(1);
    clock.advance(1);
    await currency.shown();
    expect(panel.calls).toBe(2);
  });

  it.each(['limit', 'estimate'] as const)(
    'is asked again for the %s of an order as soon as the panel may be back',
    async (need) => {
      const { currency, panel, clock } = setUp(async () => Promise.reject(dead()));
      expect(await currency.shown()).toBeNull();
      panel.answer = async () => {
        currency.note('USD');
        return inUsd();
      };
      clock.advance(1_000);
      expect(await currency.forOrder(need)).toBe('USD');
      expect(panel.calls).toBe(2);
    },
  );

  it('is asked once a second at most by orders, however many come while the panel is away', async () => {
    const { currency, panel, clock } = setUp(async () => Promise.reject(dead()));
    await expect(currency.forOrder('limit')).rejects.toBeInstanceOf(ProviderError);
    for (let order = 0; order < 100; order += 1) {
      await expect(currency.forOrder('limit')).rejects.toMatchObject({ code: 'PANEL_TIMEOUT' });
      expect(await currency.forOrder('estimate')).toBeNull();
    }
    expect(panel.calls).toBe(1);
    clock.advance(1_000);
    await expect(currency.forOrder('limit')).rejects.toBeInstanceOf(ProviderError);
    expect(panel.calls).toBe(2);
  });

  it('is waited for half a second where only an estimate needs it, and three seconds for a limit', async () => {
    const { currency } = setUp(never);
    const estimate = currency.forOrder('estimate');
    const limit = currency.forOrder('limit').catch((error: ProviderError) => error.code);
    await vi.advanceTimersByTimeAsync(500);
    expect(await estimate).toBeNull();
    await vi.advanceTimersByTimeAsync(2_500);
    expect(await limit).toBe('PANEL_TIMEOUT');
  });

  it.each([
    ['whose balance names none', unnamed],
    ['that tells no balance', async () => Promise.reject(dead({ outcome: 'rejected', code: 'PANEL_REJECTED' }))],
  ])('is null for an order at a panel %s, which is not asked by each order', async (_what, answer) => {
    const { currency, panel, clock } = setUp(answer);
    expect(await currency.forOrder('limit')).toBeNull();
    clock.advance(14_999);
    expect(await currency.forOrder('limit')).toBeNull();
    expect(panel.calls).toBe(1);
    clock.advance(1);
    expect(await currency.forOrder('limit')).toBeNull();
    expect(panel.calls).toBe(2);
  });

  it('is what the ledger remembers where the panel does not answer, but for no limit', async () => {
    const { currency, panel, clock } = setUp(async () => Promise.reject(dead()));
    currency.remember('EUR');
    for (const _again of [1, 2]) {
      expect(await currency.shown()).toBe('EUR');
      expect(await currency.forOrder('estimate')).toBe('EUR');
      await expect(currency.forOrder('limit')).rejects.toBeInstanceOf(ProviderError);
    }
    expect(currency.known()).toBeNull();
    panel.answer = unnamed;
    clock.advance(15_000);
    expect(await currency.shown()).toBeNull();
    currency.note('USD');
    expect(await currency.shown()).toBe('USD');
  });
});
