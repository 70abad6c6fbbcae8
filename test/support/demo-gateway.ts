/** A whole gateway in front of the three demo panels, as `npm start` serves it. */
import { makeHistory } from '../../src/cli/demo/make-history.ts';
import { type DemoPanel, demoPanels, startDemoPanel } from '../../src/demo/demo-panel.ts';
import { startGateway, type TestGateway } from './gateway.ts';

export interface DemoGateway extends TestGateway {
  /** By name: plus, cloud and pica. */
  readonly panels: ReadonlyMap<string, DemoPanel>;
}

export interface DemoGatewayOptions {
  /** Whether it starts with the orders that the demo starts with. Default false. */
  readonly hasHistory?: boolean;
  /** Default a free one. */
  readonly port?: number;
  /** Default in memory. */
  readonly store?: string;
}

export async function startDemoGateway({
  hasHistory = false,
  port = 0,
  store = 'sqlite::memory:',
}: DemoGatewayOptions = {}): Promise<DemoGateway> {
  await using stack = new AsyncDisposableStack();
  const panels = new Map<string, DemoPanel>();
  const settings: Parameters<typeof startGateway>[0][string][] = [];
  for (const options of demoPanels()) {
    const panel = stack.use(await startDemoPanel(options));
    panels.set(options.name, panel);
    settings.push({ url: panel.url, key: options.key, dialect: options.flavour === 'pica' ? 'pica' : 'standard' });
  }
  const byName = Object.fromEntries([...panels.keys()].map((name, index) => [name, settings[index]!]));
  const currency = { base: 'USD', rates: { GBP: '1.27', EUR: '1.08' } };
  const gateway = stack.use(await startGateway(byName, { currency, store, server: { port } }));
  if (hasHistory) await makeHistory({ url: gateway.url, panels });
  const running = stack.move();
  return { ...gateway, panels, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
