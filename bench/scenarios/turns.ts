/** What the quiet scenarios have in common: the panel itself and a server are asked in turn, one request at a time. */
import { type LoadRequest, type TurnsFigures, takeTurns } from '../load.ts';
import { type PanelSettings, startPanel } from '../panel-control.ts';
import type { RunOptions } from '../scenario.ts';
import { type ServerName, startServer } from '../servers.ts';

export interface Turns {
  readonly servers: readonly ServerName[];
  readonly panel: PanelSettings;
  /** The nth request of a server, and of the panel itself. */
  readonly request: (server: ServerName, at: number) => LoadRequest;
  readonly direct: (at: number) => LoadRequest;
  readonly expect: (server: ServerName) => string;
  readonly expectDirect: string;
  readonly count: number;
}

export interface Added {
  readonly server: TurnsFigures;
  readonly direct: TurnsFigures;
}

/** Until V8 has compiled what is called often: a server that has just begun takes nearly twice as long. */
const WARMUP = 400;

export async function measureTurns(what: Turns, options: RunOptions): Promise<ReadonlyMap<ServerName, Added>> {
  await using panel = await startPanel(what.panel);
  const measured = new Map<ServerName, Added>();
  for (const name of options.isProfile ? (['panelgraph'] as const) : what.servers) {
    await using server = await startServer(name, {
      panelUrl: panel.url,
      nodeArgs: name === 'panelgraph' ? options.gatewayArgs : [],
    });
    const numbers = Array.from({ length: what.count + WARMUP }, (_, at) => at + 1);
    const [direct, own] = await takeTurns({
      warmup: WARMUP,
      targets: [
        { origin: panel.url, requests: numbers.map(what.direct), expect: what.expectDirect },
        { origin: server.url, requests: numbers.map((at) => what.request(name, at)), expect: what.expect(name) },
      ],
    });
    if (own!.firstError) console.error(`  ${name}: ${own!.firstError}`);
    measured.set(name, { server: own!, direct: direct! });
  }
  return measured;
}
