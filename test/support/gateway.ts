/** A whole gateway on a free port, and a client that asks it over real HTTP. */
import { type ConfigInput, createConfig } from '../../src/config/create-config.ts';
import { createGateway, type Gateway } from '../../src/gateway.ts';
import { createLog } from '../../src/telemetry/log.ts';
import type { MovedTime } from './moved-time.ts';

export const TEST_KEY = 'k3y-of-the-test-account';

export interface GraphqlAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it asked for
  readonly data: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: { readonly code?: string; readonly panel?: string; readonly retryAfterMs?: number };
  }[];
}

export interface TestGateway extends AsyncDisposable {
  readonly url: string;
  readonly gateway: Gateway;
  /** Every log line so far. */
  readonly logs: string[];
  ask(query: string, variables?: object): Promise<GraphqlAnswer>;
}

type PanelInput = ConfigInput['panels'][number];

/**
 * Starts a gateway on panels given by id; a URL alone stands for a standard panel with the test key. It lives in real
 * time unless it is given one that the test moves.
 */
export async function startGateway(
  panels: Readonly<Record<string, string | Partial<PanelInput>>>,
  settings: Partial<ConfigInput> = {},
  time?: MovedTime,
): Promise<TestGateway> {
  const logs: string[] = [];
  const config = createConfig({
    store: 'sqlite::memory:',
    ...settings,
    server: { port: 0, ...settings.server },
    panels: Object.entries(panels).map(([id, panel]) => ({
      id,
      key: TEST_KEY,
      dialect: 'standard',
      ...(typeof panel === 'string' ? { url: panel } : panel),
    })) as PanelInput[],
  });
  const log = createLog({ level: 'debug', write: (line) => logs.push(line) });
  const gateway = await createGateway({ config, log, ...(time && { clock: time, overrides: { rounds: time } }) });
  await gateway.listen();
  const url = `${gateway.url}/graphql`;
  return {
    url,
    gateway,
    logs,
    ask: (query, variables) => askGraphql(url, query, variables),
    [Symbol.asyncDispose]: () => gateway.close(),
  };
}

export async function askGraphql(url: string, query: string, variables?: object): Promise<GraphqlAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as GraphqlAnswer;
}
