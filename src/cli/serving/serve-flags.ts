import { type Command, Option } from 'commander';
import type { ConfigFlags } from '../../config/read/overrides.ts';
import type { LogLevel } from '../../telemetry/log.ts';

/** What `serve`, `start` and `demo` take. */
export interface ServeFlags extends ConfigFlags {
  readonly config?: string;
  readonly logLevel: LogLevel;
}

const LOG_LEVELS: readonly LogLevel[] = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'];

export function configOption(): Option {
  return new Option(
    '-c, --config <file>',
    'YAML or JSON file (also PANELGRAPH_CONFIG; default: panelgraph.yaml, .yml or .json here)',
  );
}

/** Adds the options that say where to listen and how much to log. */
export function addListenOptions(command: Command): Command {
  return command
    .option('-p, --port <number>', 'port to listen on, 0 for a free one (also PANELGRAPH_PORT; default: 4000)')
    .option('-H, --host <host>', 'loopback address to listen on (also PANELGRAPH_HOST; default: 127.0.0.1)')
    .addOption(new Option('-l, --log-level <level>', 'how much to log').choices(LOG_LEVELS).default('info'));
}

/** Adds the options that say where orders and lists of services are kept. */
export function addStoreOptions(command: Command): Command {
  return command
    .option(
      '-s, --store <url>',
      'sqlite:PATH or postgres://... (also PANELGRAPH_STORE; default: sqlite:./panelgraph.db)',
    )
    .option('--cache-url <url>', 'memory: or redis://... (also PANELGRAPH_CACHE_URL; default: memory:)');
}
