/** Puts together what places, follows and tells of orders; the part of the composition root that spends. */
import { Catalogue } from './catalogue/catalogue.ts';
import type { ServiceLists } from './catalogue/service-lists.ts';
import type { Config } from './config/config.ts';
import { UNKNOWN_CURRENCY } from './domain/money.ts';
import { isFinalOrder, type OrderStatus } from './domain/order.ts';
import { AskedNumbers } from './orders/asked-numbers.ts';
import { OrderChanges } from './orders/changing/change-orders.ts';
import { OrderEvents } from './orders/following/order-changes.ts';
import { OrderStates } from './orders/following/order-states.ts';
import { Tracker } from './orders/following/tracker.ts';
import { OrderPlacing } from './orders/placing/order-placing.ts';
import { PlacementSender } from './orders/placing/placement-sender.ts';
import { Recovery } from './orders/placing/recovery.ts';
import { rememberCurrencies } from './orders/remember-currencies.ts';
import { createPanelLookups } from './providers/panel-lookups.ts';
import type { Registry } from './providers/registry.ts';
import type { GatewayParts } from './schema/context.ts';
import type { LedgerStore } from './storage/ledger/ledger-store.ts';
import type { Telemetry } from './telemetry/telemetry.ts';

export interface OrderParts {
  readonly parts: Omit<GatewayParts, 'registry' | 'store' | 'idsPerList'>;
  /** Settles what an earlier process left, then follows what is open. */
  start(): Promise<void>;
  /** Buys and changes nothing any more; what was sent goes on. */
  stop(): void;
  /** Finishes what was sent and stores its outcome. */
  close(): Promise<void>;
}

export interface CreateOrderPartsOptions {
  readonly config: Config;
  readonly registry: Registry;
  readonly store: LedgerStore;
  readonly telemetry: Telemetry;
  readonly lists: ServiceLists;
}

/** Panels pay back what they have not delivered. */
function isPaidBack(status: OrderStatus): boolean {
  return isFinalOrder(status) && status !== 'COMPLETED';
}

export function createOrderParts({ config, registry, store, telemetry, lists }: CreateOrderPartsOptions): OrderParts {
  const { minIntervalMs, enabled } = config.tracker;
  const events = new OrderEvents({ store, telemetry, watchedIntervalMs: minIntervalMs });
  const states = new OrderStates({
    store,
    telemetry,
    exchange: config.currency,
    onChange: (records) => {
      events.publish(records);
      for (const { panel, state } of records) if (isPaidBack(state.status)) noteMoved(panel);
    },
  });
  const byPanel = new Map(
    registry
      .providers()
      .map((provider) => [
        provider.panel,
        createPanelLookups(provider, { statusTtlMs: config.statusTtlMs, observer: states }),
      ]),
  );
  const lookups: GatewayParts['lookups'] = (panel) => byPanel.get(panel);
  const onPlaced = (panel: string, number: string): void => {
    lookups(panel)?.orders.forget([number]);
    states.expect(panel, number);
  };
  const currencyOf = async (panel: string): Promise<string> => (await lookups(panel)?.currency()) ?? UNKNOWN_CURRENCY;
  const catalogue = new Catalogue({ lists, exchange: config.currency, currencyOf });

  const shared = { store, telemetry, lookups, firstCheckMs: minIntervalMs };
  const sender = new PlacementSender({ ...shared, onPlaced });
  const placing = new OrderPlacing({ catalogue, exchange: config.currency, lookups, registry, store, sender });
  const askedNumbers = new AskedNumbers({ store });
  /** The balance of a panel may have been moved by something else than an order. */
  const noteMoved = (panel: string): void => {
    const provider = registry.find(panel);
    if (provider) sender.accounts.of(provider).noteMoved();
  };
  const changes = new OrderChanges({
    ...shared,
    registry,
    askedNumbers,
    onCancel: noteMoved,
    onRefill: (panel, number) => states.expect(panel, number, 'refill'),
  });
  const recovery = new Recovery({ store, telemetry, running: sender.running });
  const tracker = new Tracker({ ...shared, providers: registry.providers(), states, intervals: config.tracker });

  return {
    parts: {
      catalogue,
      exchange: config.currency,
      lookups,
      placing,
      changes,
      askedNumbers,
      events,
      states,
      firstCheckMs: minIntervalMs,
      onPlaced,
    },
    async start() {
      await recovery.start();
      await rememberCurrencies({ store, providers: registry.providers(), lookups });
      if (enabled) tracker.start();
    },
    stop() {
      sender.stop();
      changes.stop();
    },
    async close() {
      await tracker.close();
      await Promise.all([sender.close(), changes.close()]);
      await recovery.close();
      await events.close();
      await states.settled();
    },
  };
}
