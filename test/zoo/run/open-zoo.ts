/** All panels of the zoo, and one gateway in front of them. */
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { type OpenPanel, openPanel } from '../shop/open-panel.ts';
import type { PanelKind } from '../shop/shop.ts';

export interface Zoo extends AsyncDisposable {
  readonly gateway: TestGateway;
  readonly panels: readonly OpenPanel[];
}

type GatewayPanels = Parameters<typeof startGateway>[0];

/** `settings` are for every panel of the gateway's configuration. */
export async function openZoo(
  kinds: readonly PanelKind[],
  { seed, settings = {} }: { readonly seed: number; readonly settings?: Exclude<GatewayPanels[string], string> },
): Promise<Zoo> {
  const panels = await Promise.all(kinds.map((kind) => openPanel(kind, seed)));
  const gateway = await startGateway(
    Object.fromEntries(panels.map(({ id, url }) => [id, { url, ...settings }])),
    // Open orders are asked for all the while, too.
    { tracker: { minIntervalMs: 500 } },
  );
  return {
    gateway,
    panels,
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await Promise.all(panels.map((panel) => panel[Symbol.asyncDispose]()));
    },
  };
}
