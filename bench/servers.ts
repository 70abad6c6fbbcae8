/** The servers under test: each in a process of its own, each started the same way. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, startChild } from './child.ts';

export type ServerName = 'panelgraph' | 'yoga' | 'mercurius' | 'hive' | 'rest' | 'durable' | 'echo';

/** What a reader sees in the tables. */
export const SERVER_TITLES: Readonly<Record<ServerName, string>> = {
  panelgraph: 'Panelgraph',
  yoga: 'Yoga by hand, DataLoader a request',
  mercurius: 'Mercurius, JIT and loaders',
  hive: 'Hive Gateway, JIT',
  rest: 'REST by hand, undici',
  durable: 'node:http, two durable writes (limit)',
  echo: 'echo on node:http (limit)',
};

export interface Server extends AsyncDisposable {
  readonly name: ServerName;
  readonly pid: number;
  /** Where it is asked; of a GraphQL server the endpoint. */
  readonly url: string;
}

export interface ServerOptions {
  readonly panelUrl: string;
  /** Beside the defaults of the panel in Panelgraph's configuration. */
  readonly panelSettings?: Readonly<Record<string, unknown>>;
  /** Arguments of Node, such as those of a profile. */
  readonly nodeArgs?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export const PANEL_KEY = 'k3y-of-the-measurement';
const ROOT = join(import.meta.dirname, '..');

export function startServer(name: ServerName, options: ServerOptions): Promise<Server> {
  switch (name) {
    case 'panelgraph':
      return startPanelgraph(options);
    case 'hive':
      return startHive(options);
    default:
      return startPeer(name, options);
  }
}

async function startPeer(name: ServerName, { panelUrl, nodeArgs = [], env }: ServerOptions): Promise<Server> {
  const child = await startChild({
    name,
    args: [...nodeArgs, join(import.meta.dirname, 'peers', `${name}.ts`)],
    env: { NODE_ENV: 'production', PANEL_URL: panelUrl, PANEL_KEY, ...env },
    readyPattern: /^listening (\d+)/,
  });
  return asServer(name, child, `http://127.0.0.1:${child.ready}/graphql`, () => child.stop());
}

/** As released, with its compiler switched on, one process as the others. */
async function startHive({ panelUrl, env }: ServerOptions): Promise<Server> {
  const origin = `http://127.0.0.1:${await findFreePort()}`;
  const child = await startChild({
    name: 'hive',
    args: [
      join(import.meta.dirname, 'node_modules/@graphql-hive/gateway/dist/bin.js'),
      ...['supergraph', 'supergraph.graphql', '--jit', '--fork', '1', '--disable-websockets'],
      ...['--host', '127.0.0.1', '--port', new URL(origin).port],
    ],
    env: { NODE_ENV: 'production', LOG_JSON: '1', PANEL_ORIGIN: new URL(panelUrl).origin, PANEL_KEY, ...env },
    cwd: join(import.meta.dirname, 'hive'),
    readyPattern: /Listening on (http:[^"]+)/,
  });
  return asServer('hive', child, `${origin}/graphql`, () => child.stop());
}

/** For a server that does not tell which one it took. */
async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** As a person starts it: the real command, every default, a ledger on disk. Only the port and the panel are given. */
async function startPanelgraph({ panelUrl, panelSettings, nodeArgs = [], env }: ServerOptions): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'panelgraph-bench-'));
  const config = join(folder, 'panelgraph.json');
  await writeFile(
    config,
    JSON.stringify({
      panels: [{ id: 'bench', url: panelUrl, key: PANEL_KEY, ...panelSettings }],
      server: { port: 0 },
      store: `sqlite:${join(folder, 'panelgraph.db')}`,
    }),
  );
  const child = await startChild({
    name: 'panelgraph',
    args: [...nodeArgs, join(ROOT, 'bin/panelgraph.js'), 'serve', '--config', config],
    ...(env && { env }),
    cwd: folder,
    readyPattern: /^Panelgraph is ready: (\S+)/,
  });
  return asServer('panelgraph', child, child.ready, async () => {
    await child.stop();
    await rm(folder, { recursive: true, force: true });
  });
}

function asServer(name: ServerName, child: Child, url: string, stop: () => Promise<void>): Server {
  return { name, pid: child.pid, url, [Symbol.asyncDispose]: stop };
}
