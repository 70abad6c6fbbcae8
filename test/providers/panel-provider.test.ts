import { expect, it, onTestFinished, vi } from 'vitest';
import { createConfig } from '../../src/config/create-config.ts';
import { createPanelLookups } from '../../src/providers/lookups/panel-lookups.ts';
import { createRegistry } from '../../src/providers/registry.ts';
import { silentTelemetry } from '../../src/telemetry/telemetry.ts';
import { startScriptedPanel } from '../support/scripted-panel.ts';

it.each([-3_600_000, 3_600_000])('is asked on after the wall clock was set by %i ms', async (jumpMs) => {
  await using panel = await startScriptedPanel(() => '{"status":"Pending","remains":"5"}');
  const { panels } = createConfig({
    store: 'sqlite::memory:',
    panels: [{ id: 'acme', url: panel.url, key: 'k3y-of-the-test-account', dialect: 'standard' }],
  });
  const registry = createRegistry({ panels, telemetry: silentTelemetry });
  onTestFinished(() => registry.close());
  const observer = { observeOrders: () => undefined, observeRefills: () => undefined };
  const { orders } = createPanelLookups(registry.find('acme')!, { statusTtlMs: 0, observer });

  const now = Date.now();
  vi.spyOn(Date, 'now').mockReturnValue(now + jumpMs);
  onTestFinished(() => void vi.restoreAllMocks());
  const [state] = await orders.load(['7'], { priority: 'lookup', group: {} });
  expect(state).toMatchObject({ status: 'PENDING', remains: 5, checkedAt: new Date(now + jumpMs) });
});
