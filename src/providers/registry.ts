/** One provider for each configured panel, by the panel's id. */
import type { PanelConfig } from '../config/config.ts';
import type { DialectName } from '../config/presets.ts';
import type { Clock } from '../domain/time/clock.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { getDialect } from './dialects/index.ts';
import type { LongListReader } from './lists/long-list.ts';
import { readingOnTheSpot } from './lists/read-long-list.ts';
import { createProvider } from './panel-provider.ts';
import type { Provider } from './provider.ts';

export interface Registry {
  /** In the order of the configuration. */
  providers(): readonly Provider[];
  /** Undefined where no such panel is configured. */
  find(panel: string): Provider | undefined;
  close(): Promise<void>;
}

export interface CreateRegistryOptions {
  readonly panels: readonly PanelConfig[];
  readonly telemetry: Telemetry;
  /** Reads long lists of services; on the spot by default, which holds up everything else meanwhile. */
  readonly longLists?: LongListReader | undefined;
  readonly clock?: Clock;
}

export function createRegistry({
  panels,
  telemetry,
  longLists = readingOnTheSpot,
  clock,
}: CreateRegistryOptions): Registry {
  const byPanel = new Map(
    panels.map((config) => {
      const dialect = getDialect(config.dialect as DialectName);
      return [config.id, createProvider({ config, dialect, telemetry, longLists, ...(clock && { clock }) })] as const;
    }),
  );
  const all = [...byPanel.values()];
  return {
    providers: () => all,
    find: (panel) => byPanel.get(panel),
    close: async () => {
      await Promise.all(all.map((provider) => provider.close()));
    },
  };
}
