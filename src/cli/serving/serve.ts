import { Command } from 'commander';
import { CONFIG_FILE_NAMES, findConfigFile } from '../../config/read/find-config-file.ts';
import { CommandError } from '../command-error.ts';
import { addListenOptions, addStoreOptions, configOption, type ServeFlags } from './serve-flags.ts';

export function serveCommand(): Command {
  const command = new Command('serve')
    .description('Serve the panels of a configuration file.')
    .addOption(configOption())
    .addHelpText(
      'after',
      `
Flags win over the environment, the environment over the file.

Examples:
  panelgraph serve --config panelgraph.yaml
  SMM_PLUS_KEY=... panelgraph serve --port 4001`,
    );
  return addStoreOptions(addListenOptions(command)).action((flags: ServeFlags) =>
    serve(flags, getConfigFile(flags.config)),
  );
}

/** Serves a file until a signal comes. */
export async function serve(flags: ServeFlags, file: string): Promise<void> {
  const [{ loadConfig }, { runGateway }] = await Promise.all([
    import('../../config/load-config.ts'),
    import('./run-gateway.ts'),
  ]);
  const config = await loadConfig({ file, env: process.env, flags });
  await runGateway({ config, logLevel: flags.logLevel });
}

/**
 * The configuration file that is named, or else the one in the working directory.
 * @throws CommandError where there is none
 */
export function getConfigFile(flag: string | undefined): string {
  const file = findConfigFile({ flag, env: process.env });
  if (file !== undefined) return file;
  throw new CommandError(
    `No configuration: name a file with --config, or write ${CONFIG_FILE_NAMES[0]} here (\`panelgraph demo\` needs none).`,
  );
}
