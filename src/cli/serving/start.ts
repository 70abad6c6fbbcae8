import { Command } from 'commander';
import { findConfigFile } from '../../config/read/find-config-file.ts';
import { demo } from '../demo/demo.ts';
import { serve } from './serve.ts';
import { addListenOptions, addStoreOptions, configOption, type ServeFlags } from './serve-flags.ts';

export function startCommand(): Command {
  const command = new Command('start')
    .description('Serve the configuration if there is one, else the demo. This is what `npm start` runs.')
    .addOption(configOption())
    .addHelpText(
      'after',
      `
A file that is named but missing is an error: the demo does not start in its place.

Examples:
  npm start
  npm start -- --config panelgraph.yaml --port 4001`,
    );
  return addStoreOptions(addListenOptions(command)).action(async (flags: ServeFlags) => {
    const file = findConfigFile({ flag: flags.config, env: process.env });
    await (file === undefined ? demo(flags) : serve(flags, file));
  });
}
