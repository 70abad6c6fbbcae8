/** A whole gateway in front of the three demo panels, as `npm start` serves it. */
import { type DemoPanel, demoPanels, startDemoPanel } from '../../src/demo/demo-panel.ts';
import { startGateway, type TestGateway } from './gateway.ts';

export interface DemoGateway extends TestGateway {
  /** By name: plus, cloud and pica. */
  readonly panels: ReadonlyMap<string, DemoPanel>;
}

export async function startDemoGateway(): Promise<DemoGateway> {
  await using stack = new AsyncDisposableStack();
  const panels = new Map<string, DemoPanel>();
  const settings: Parameters<typeof startGateway>[0][string][] = [];
  for (const options of demoPanels()) {
    const panel = stack.use(await startDemoPanel(options));
    panels.set(options.name, panel);
    settings.push({ url: panel.url, key: options.key, dialect: options.flavour === 'pica' ? 'pica' : 'standard' });
  }
  const byName = Object.fromEntries([...panels.keys()].map((name, index) => [name, settings[index]!]));
  const gateway = stack.use(
    await startGateway(byName, { currency: { base: 'USD', rates: { GBP: '1.27', EUR: '1.08' } } }),
  );
  const running = stack.move();
  return { ...gateway, panels, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
