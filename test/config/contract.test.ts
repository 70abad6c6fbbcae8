import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { load, withSettings } from './config-file.ts';

const CONTRACT = fileURLToPath(new URL('./contract.config.yaml', import.meta.url));

describe('the configuration of the contract', () => {
  it('is accepted, but for the file of its secret, which is not there', async () => {
    const loaded = loadConfig({ file: CONTRACT, env: { SMM_PLUS_KEY: 'k' } });
    await expect(loaded).rejects.toThrow(
      /^panels\[1\]\.key: the file \/run\/secrets\/acme cannot be read \(there is no such file\)$/,
    );
  });

  it('holds every setting under its own name', async () => {
    const { panels, ...rest } = await loadContract();
    expect(panels.map(({ id, url, dialect }) => ({ id, url, dialect }))).toEqual([
      { id: 'plus', url: 'https://smm.plus/api/v2', dialect: 'standard' },
      { id: 'acme', url: 'https://panel.example/api/v2', dialect: 'standard' },
    ]);
    expect(panels[1]).toMatchObject({
      currency: 'USD',
      timeoutMs: 15_000,
      deadlineMs: 30_000,
      addTimeoutMs: 60_000,
      requestsPerSecond: 10,
      addsPerSecond: 1,
      concurrency: 4,
      userAgent: 'panelgraph',
      batchSize: 100,
      breaker: { consecutiveFailures: 5, halfOpenAfterMs: 10_000 },
      idempotencyParameter: 'request_id',
      allowInsecure: false,
    });
    expect(rest).toMatchObject({
      server: {
        host: '127.0.0.1',
        port: 4000,
        graphiql: true,
        introspection: true,
        allowedHosts: [],
        corsOrigins: [],
      },
      cache: { url: 'memory:', servicesTtlMs: 600_000, servicesStaleForMs: 86_400_000 },
      statusTtlMs: 1000,
      tracker: { enabled: true, minIntervalMs: 30_000, maxIntervalMs: 3_600_000 },
      currency: { base: 'USD', rates: { EUR: '1.10' } },
      limits: {
        bodyBytes: 1_000_000,
        depth: 12,
        aliases: 60,
        fields: 200,
        tokens: 4000,
        idsPerList: 1000,
        rows: 20_000,
        panelCalls: 200,
        answerBytes: 32_000_000,
        searchLength: 200,
        requestsPerMinute: 6000,
      },
    });
  });

  it('shows the defaults of all that needs not be said', async () => {
    const { panels, store: _, currency, ...rest } = await loadContract();
    const minimal = await load(withSettings());
    const { panels: minimalPanels, store: __, currency: minimalCurrency, ...minimalRest } = minimal;
    expect(minimalRest).toEqual(rest);
    expect(minimalCurrency).toEqual({ base: currency.base, rates: {} });
    const { currency: ___, requestsPerSecond, addsPerSecond, idempotencyParameter, ...shown } = panels[1]!;
    expect(minimalPanels[0]).toEqual({ ...shown, key: expect.anything() });
  });
});

/** The contract's file, with a secret's file that exists. */
async function loadContract() {
  const { readFile } = await import('node:fs/promises');
  const text = (await readFile(CONTRACT, 'utf8')).replace('/run/secrets/acme', 'acme.key');
  return load(text, { env: { SMM_PLUS_KEY: 'k' }, beside: { 'acme.key': 'k2\n' } });
}
