import { Command } from 'commander';
import type { DemoPanelOptions } from '../../demo/demo-panel-options.ts';
import { CommandError } from '../command-error.ts';
import { stopSignal } from '../serving/stop-signals.ts';

export function demoPanelCommand(): Command {
  return new Command('demo-panel')
    .description('Run one simulated panel, to test a configuration or a client against.')
    .option('-f, --flavour <name>', 'which panel it is like: plus, cloud or pica (default: plus)')
    .option('-k, --key <text>', 'the API key it accepts (default: a random one)')
    .option('--currency <code>', 'the currency of its prices (default: USD)')
    .option('--balance <decimal>', 'the balance at the start (default: 100.84292)')
    .option('-p, --port <number>', 'port to listen on (default: a free one)')
    .option('-H, --host <host>', 'address to listen on (default: 127.0.0.1)')
    .option('--services <number>', 'how many services it sells (default: 300)')
    .option('--seed <number>', 'the seed of its services, endings and faults (default: 1)')
    .option('--speed <factor>', 'how much faster orders move; at 1 they end within two minutes (default: 1)')
    .option('--latency <ms>', 'how long each answer is held back (default: 0)')
    .option('--calls-per-second <number>', 'above it, calls are refused (default: unlimited)')
    .option('--fault <kind=share...>', 'share of calls, 0 to 1, that meet a fault, such as html=0.1')
    .option('--fault-actions <names>', 'the actions that can meet a fault, such as add,status (default: all)')
    .option('--faults-after', 'carry a call out before answering it badly')
    .addHelpText(
      'after',
      `
Kinds of fault: html, 500, empty, truncated, null, reset, silence, rate-limit, key-echo.

Examples:
  panelgraph demo-panel --port 5001 --key test
  panelgraph demo-panel --flavour pica --fault html=0.1 reset=0.05 --faults-after --fault-actions add`,
    )
    .action(demoPanel);
}

async function demoPanel(flags: Record<string, unknown>): Promise<void> {
  const stopped = stopSignal();
  const [{ parseDemoPanelFlags }, { startDemoPanel }] = await Promise.all([
    import('../../demo/demo-panel-command.ts'),
    import('../../demo/demo-panel.ts'),
  ]);
  const options = readOptions(() => parseDemoPanelFlags(flags));
  await using panel = await started(() => startDemoPanel(options), options);
  console.log(`A simulated panel is ready: ${panel.url}\n  key: ${options.key}`);
  await stopped;
}

/** Turns a problem with a flag into a message for the person who typed it. */
function readOptions(parse: () => DemoPanelOptions): DemoPanelOptions {
  try {
    return parse();
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}

async function started<T>(start: () => Promise<T>, { port }: DemoPanelOptions): Promise<T> {
  try {
    return await start();
  } catch (error) {
    const isBusy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw isBusy ? new CommandError(`Port ${port} is in use: choose another one with --port.`) : error;
  }
}
