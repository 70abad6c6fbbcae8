/** The `panelgraph` command. Each command imports what it runs only when it runs, so that help comes at once. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { checkCommand } from './check.ts';
import { demoCommand } from './demo/demo.ts';
import { demoPanelCommand } from './demo/demo-panel.ts';
import { placementsCommand } from './placements/placements.ts';
import { reportFailure } from './report-failure.ts';
import { schemaCommand } from './schema.ts';
import { serveCommand } from './serving/serve.ts';
import { startCommand } from './serving/start.ts';

/** Runs the command line; ends the process with 1 where the command fails. */
export async function runCli(argv: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync(argv);
  } catch (error) {
    reportFailure(error);
    process.exit(1);
  }
}

function createProgram(): Command {
  const program = new Command('panelgraph')
    .description('One GraphQL gateway in front of many SMM panels.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help, or that of a command')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText(
      'after',
      `
Examples:
  panelgraph demo                          try it: three simulated panels, no configuration
  panelgraph check --config panelgraph.yaml
  panelgraph serve --config panelgraph.yaml --port 4000

The configuration is described in docs/configuration.md.`,
    );
  const commands = [
    startCommand(),
    serveCommand(),
    checkCommand(),
    placementsCommand(),
    demoCommand(),
    schemaCommand(),
    demoPanelCommand(),
  ];
  for (const command of commands) {
    program.addCommand(
      command.helpOption('-h, --help', 'print this help').showHelpAfterError('(--help lists what there is)'),
    );
  }
  return program.showHelpAfterError('(--help lists what there is)');
}

function packageVersion(): string {
  const { version }: { version: string } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  return version;
}
