import { Command } from 'commander';
import type { Config } from '../../config/config.ts';
import type { Problem } from '../../config/problems/problems.ts';
import type { DemoFlavour } from '../../demo/demo-panel.ts';
import { addListenOptions, type ServeFlags } from '../serving/serve-flags.ts';
import type { MakeHistoryOptions } from './make-history.ts';

export function demoCommand(): Command {
  const command = new Command('demo')
    .description('Serve three simulated panels: nothing to configure, no real money.')
    .option('-s, --store <url>', 'sqlite:PATH to keep what was ordered (default: in memory, forgotten at the end)')
    .option('--cors-origin <origin...>', 'web sites whose scripts may call the demo, such as http://localhost:5173')
    .addHelpText(
      'after',
      `
Examples:
  panelgraph demo
  panelgraph demo --port 4001 --store sqlite:./demo.db
  panelgraph demo --cors-origin http://localhost:5173 --cors-origin http://localhost:3000`,
    );
  return addListenOptions(command).action(demo);
}

/** What `demo` takes, and what of it `start` hands on. */
export interface DemoFlags extends ServeFlags {
  readonly corsOrigin?: readonly string[];
}

const MEMORY = 'sqlite::memory:';
const NOTE = 'This is the demo: its three panels are simulated, and so are their money and their orders.';
const IN_MEMORY = 'Its orders live in memory, and are gone when it ends (--store sqlite:./demo.db keeps them).';
const IN_STORE = 'Its orders stay in the store; the simulated panels forget theirs when the demo ends.';

/** Serves the demo panels until a signal comes. */
export async function demo(flags: DemoFlags): Promise<void> {
  const [{ demoPanels, startDemoPanel }, { runGateway }] = await Promise.all([
    import('../../demo/demo-panel.ts'),
    import('../serving/run-gateway.ts'),
  ]);
  await using running = new AsyncDisposableStack();
  const panels = await Promise.all(
    demoPanels().map(async (options) => ({ ...options, panel: running.use(await startDemoPanel(options)) })),
  );
  const config = await createDemoConfig(
    panels.map(({ name, flavour, key, panel }) => ({ id: name, url: panel.url, key, flavour })),
    flags,
  );
  await runGateway({
    config,
    logLevel: flags.logLevel,
    notes: [NOTE, config.store === MEMORY ? IN_MEMORY : IN_STORE],
    prepare: (url) => prepareHistory({ url, panels: new Map(panels.map(({ name, panel }) => [name, panel])) }),
  });
}

/** A demo without its history still works, so a failure here does not stop it. */
async function prepareHistory(options: MakeHistoryOptions): Promise<void> {
  try {
    const { makeHistory } = await import('./make-history.ts');
    await makeHistory(options);
  } catch (error) {
    console.error(`The demo starts without its history: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export interface RunningDemoPanel {
  readonly id: string;
  readonly url: string;
  readonly key: string;
  readonly flavour: DemoFlavour;
}

/**
 * The configuration of the demo. Only host and port are read from the environment: a store or a cache that is named there
 * belongs to a real gateway, which invented orders must not reach.
 */
export async function createDemoConfig(panels: readonly RunningDemoPanel[], flags: DemoFlags): Promise<Config> {
  const [{ createConfig }, { findOverrides }, { ConfigError }] = await Promise.all([
    import('../../config/create-config.ts'),
    import('../../config/read/overrides.ts'),
    import('../../config/problems/config-error.ts'),
  ]);
  const { PANELGRAPH_HOST, PANELGRAPH_PORT } = process.env;
  const overrides = findOverrides(flags, { PANELGRAPH_HOST, PANELGRAPH_PORT });
  const settings = {
    panels: panels.map(({ id, url, key, flavour }) => {
      return { id, url, key, dialect: flavour === 'pica' ? 'pica' : 'standard' };
    }),
    server: { corsOrigins: [...(flags.corsOrigin ?? [])] },
    store: MEMORY,
    currency: { base: 'USD', rates: DEMO_RATES },
    tracker: DEMO_TRACKER,
  };
  try {
    return createConfig(settings, { overrides });
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError(error.problems.map(nameCorsFlag)) : error;
  }
}

function nameCorsFlag(problem: Problem): Problem {
  return problem.path.startsWith('server.corsOrigins') ? { ...problem, path: '--cors-origin' } : problem;
}

/** Invented rates: prices of one unit in dollars. */
const DEMO_RATES = { GBP: '1.27', EUR: '1.08' };

/** Orders of the demo end within two minutes. At the usual intervals they would have ended before their first check. */
const DEMO_TRACKER = { minIntervalMs: 2000, maxIntervalMs: 30_000 };
