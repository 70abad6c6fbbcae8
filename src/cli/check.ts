import { Command } from 'commander';
import type { PanelConfig } from '../config/config.ts';
import { GatewayError } from '../domain/errors.ts';
import type { Provider } from '../providers/provider.ts';
import { getConfigFile } from './serving/serve.ts';
import { configOption } from './serving/serve-flags.ts';
import { formatTable } from './table.ts';

export function checkCommand(): Command {
  return new Command('check')
    .description('Check a configuration file, and ask each of its panels for its balance and its services.')
    .addOption(configOption())
    .addHelpText(
      'after',
      `
Nothing is bought. The exit code is 0 only if every panel works.

Examples:
  panelgraph check --config panelgraph.yaml`,
    )
    .action(check);
}

async function check(flags: { readonly config?: string }): Promise<void> {
  const file = getConfigFile(flags.config);
  const [{ loadConfig }, { createRegistry }, { silentTelemetry }] = await Promise.all([
    import('../config/load-config.ts'),
    import('../providers/registry.ts'),
    import('../telemetry/telemetry.ts'),
  ]);
  const { panels } = await loadConfig({ file, env: process.env });
  const registry = createRegistry({ panels, telemetry: silentTelemetry });
  try {
    const checked = await Promise.all(registry.providers().map(checkPanel));
    const lines = formatTable([HEAD, ...checked.map(({ cells }) => cells)]);
    console.log(withoutKeys(lines, panels));
    if (checked.some(({ works }) => !works)) process.exitCode = 1;
  } finally {
    await registry.close();
  }
}

const HEAD = ['panel', 'host', 'dialect', 'balance', 'services', 'ms', 'result'];

async function checkPanel(provider: Provider): Promise<{ works: boolean; cells: readonly string[] }> {
  const startedAt = performance.now();
  const [balance, list] = await Promise.allSettled([provider.fetchBalance(), provider.fetchServices()]);
  const ms = Math.round(performance.now() - startedAt);
  const failures = [balance, list].filter((result) => result.status === 'rejected').map(({ reason }) => say(reason));
  const cells = [
    provider.panel,
    provider.host,
    provider.dialect,
    balance.status === 'fulfilled'
      ? [balance.value.amount, balance.value.currency ?? provider.currency ?? '?'].join(' ')
      : '-',
    list.status === 'fulfilled' ? countOf(list.value) : '-',
    String(ms),
    failures.length === 0 ? 'ok' : [...new Set(failures)].join('; '),
  ];
  return { works: failures.length === 0, cells };
}

function countOf({ services, skippedCount }: Awaited<ReturnType<Provider['fetchServices']>>): string {
  return skippedCount === 0 ? String(services.length) : `${services.length} (${skippedCount} unreadable)`;
}

function say(reason: unknown): string {
  if (reason instanceof GatewayError) return `${reason.code}: ${reason.message}`;
  return `UNEXPECTED: ${reason instanceof Error ? reason.message : String(reason)}`;
}

/** A panel may echo its key in an error; the transport removes it, and this is the last place to be sure. */
function withoutKeys(text: string, panels: readonly PanelConfig[]): string {
  return panels.reduce((clean, { key }) => clean.replaceAll(key.reveal(), '[key]'), text);
}
