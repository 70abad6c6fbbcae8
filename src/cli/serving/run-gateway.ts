import type { Config } from '../../config/config.ts';
import type { LogLevel } from '../../telemetry/log.ts';
import { CommandError } from '../command-error.ts';
import { stopSignal } from './stop-signals.ts';

export interface RunGatewayOptions {
  readonly config: Config;
  readonly logLevel: LogLevel;
  /** Printed below the address. */
  readonly notes?: readonly string[];
  /** What is to be done once the gateway answers, before it is called ready; it is handed the GraphQL endpoint. */
  readonly prepare?: (url: string) => Promise<void>;
}

/** Serves until a signal comes, then closes the gateway. */
export async function runGateway({ config, logLevel, notes = [], prepare }: RunGatewayOptions): Promise<void> {
  const stopped = stopSignal();
  const [{ createGateway }, { createLog }] = await Promise.all([
    import('../../gateway.ts'),
    import('../../telemetry/log.ts'),
  ]);
  const log = createLog({ level: logLevel, pretty: process.stderr.isTTY });
  const gateway = await createGateway({ config, log });
  // Such a promise costs only what waited for it. Ending the process would cost every order under way.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a promise was rejected that nobody watched'));
  try {
    await gateway.listen().catch(refuseAddress);
    const url = new URL('/graphql', gateway.url).href;
    // Routine lines about the preparation would hide the address that is printed next.
    if (logLevel === 'info') log.level = 'warn';
    await prepare?.(url);
    log.level = logLevel;
    console.log(describeReady({ url, config, notes }));
    await stopped;
  } finally {
    await gateway.close();
  }
}

/** Says what to open, and gives a line for the shell that works as it stands. */
function describeReady({ url, config, notes }: { url: string; config: Config; notes: readonly string[] }): string {
  const query = JSON.stringify({ query: '{ panels { name balance { amount { amount currency } } } }' });
  const invitation = config.server.graphiql ? 'Open it in a browser, or ask it from a shell:' : 'Ask it from a shell:';
  return [
    `Panelgraph is ready: ${url}`,
    ...notes,
    '',
    invitation,
    `  curl ${url} -H 'content-type: application/json' -d '${query}'`,
    '',
  ].join('\n');
}

/** The gateway's own error names the address and the remedy; a stack would add nothing. */
function refuseAddress(error: unknown): never {
  throw new CommandError(error instanceof Error ? error.message : String(error));
}
