/** The configured panels. */
import type { PanelConfig } from '../config/config.ts';
import { type Money, UNKNOWN_CURRENCY } from '../domain/money.ts';
import type { Clock } from '../domain/time/clock.ts';
import type { LongListReader } from '../providers/lists/long-list.ts';
import type { LookupObserver } from '../providers/lookups/panel-lookups.ts';
import { createRegistry } from '../providers/registry.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { createPanel, type Panel, type ToldAmount } from './panel.ts';

export interface Panels {
  /** In the order of the configuration. */
  readonly all: readonly Panel[];
  /** Undefined where no such panel is configured. */
  find(name: string): Panel | undefined;
  /** As `Panel.money`. In an unknown currency where `told` names none and no such panel is configured. */
  money(panel: string, told: ToldAmount): Money | Promise<Money>;
  /** Passes every answer of a look-up to `observer` from now on. */
  observe(observer: LookupObserver): void;
  /** Ends idle connections at once, and resolves when the calls under way have ended. */
  close(): Promise<void>;
}

export interface CreatePanelsOptions {
  readonly panels: readonly PanelConfig[];
  readonly telemetry: Telemetry;
  /** How long an answer to a look-up may be reused, in ms; 0 means never. */
  readonly statusTtlMs: number;
  /** Reads long lists of services; on the spot by default. */
  readonly longLists?: LongListReader | undefined;
  readonly clock?: Clock | undefined;
}

export function createPanels({ panels, telemetry, clock, statusTtlMs, longLists }: CreatePanelsOptions): Panels {
  const clocks = clock && { clock };
  const observers: LookupObserver[] = [];
  const observer: LookupObserver = {
    observeOrders: (panel, results) => {
      for (const each of observers) each.observeOrders(panel, results);
    },
    observeRefills: (panel, results) => {
      for (const each of observers) each.observeRefills(panel, results);
    },
  };
  const registry = createRegistry({ panels, telemetry, longLists, ...clocks });
  const byName = new Map(
    registry
      .providers()
      .map((provider) => [provider.panel, createPanel(provider, { statusTtlMs, observer, ...clocks })]),
  );
  const all = [...byName.values()];
  return {
    all,
    find: (name) => byName.get(name),
    money: (name, told) => byName.get(name)?.money(told) ?? { ...told, currency: told.currency ?? UNKNOWN_CURRENCY },
    observe: (each) => void observers.push(each),
    close: () => registry.close(),
  };
}
