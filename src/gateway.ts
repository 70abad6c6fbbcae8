/** The composition root: makes a running gateway of a configuration, and closes its objects in reverse order. */
import { createHash } from 'node:crypto';
import { LOCAL_CALLER } from './access/caller.ts';
import { Catalogue } from './catalogue/catalogue.ts';
import { type KeyValueStore, type ListSource, ServiceLists } from './catalogue/lists/service-lists.ts';
import { ListIndexes } from './catalogue/search/list-indexes.ts';
import { ListThread } from './catalogue/thread/list-thread.ts';
import type { Config, PanelConfig } from './config/config.ts';
import { UNKNOWN_CURRENCY } from './domain/money.ts';
import type { Service } from './domain/service.ts';
import { type Clock, steadyClock, systemClock } from './domain/time/clock.ts';
import type { Rounds } from './domain/time/rounds.ts';
import { Orders } from './orders/orders.ts';
import { createPanels, type Panels } from './panels/panels.ts';
import { createRequestContext, type Facades } from './schema/context.ts';
import { getSchema } from './schema/schema.ts';
import { findExampleIds } from './server/graphiql/example-ids.ts';
import { createGraphiqlExamples } from './server/graphiql/graphiql-examples.ts';
import { createHttpServer } from './server/http/http-server.ts';
import { type CacheLog, createCacheStore } from './storage/cache/cache-store.ts';
import type { LedgerStore } from './storage/ledger/ledger-store.ts';
import { openLedgerStore } from './storage/open-ledger-store.ts';
import { createEvents } from './telemetry/events.ts';
import type { Logger } from './telemetry/log.ts';
import { createMetrics } from './telemetry/metrics.ts';
import type { Telemetry } from './telemetry/telemetry.ts';

export interface Gateway extends AsyncDisposable {
  /** The address at which the gateway listens, without a path; empty before `listen`. */
  readonly url: string;
  /** All that the gateway can do, without GraphQL: for other interfaces, and for filling a demo. */
  readonly facades: Facades;
  /** Starts to serve. @throws Error that names the port and the remedy where the port cannot be used */
  listen(): Promise<void>;
  /** Waits for the calls that were sent, stores their outcomes, and closes everything. May be called twice. */
  close(): Promise<void>;
}

export interface CreateGatewayOptions {
  readonly config: Config;
  readonly log: Logger;
  /** Replaces the system's clocks, all of them. */
  readonly clock?: Clock | undefined;
  readonly overrides?: GatewayOverrides | undefined;
}

/** Objects that replace the gateway's own. The gateway closes the store. */
export interface GatewayOverrides {
  readonly store?: LedgerStore;
  readonly rounds?: Rounds;
}

export async function createGateway({ config, log, clock, overrides = {} }: CreateGatewayOptions): Promise<Gateway> {
  await using stack = new AsyncDisposableStack();
  const metrics = createMetrics();
  const telemetry = createEvents({ log, metrics });
  const warn = (message: string, cause: unknown): void => log.warn({ err: cause }, message);
  const listThread = new ListThread({ log: warn });
  stack.defer(() => listThread.close());
  const indexes = new ListIndexes(listThread);
  const { statusTtlMs } = config;
  const panels = createPanels({ panels: config.panels, telemetry, statusTtlMs, longLists: listThread, clock });
  stack.defer(() => panels.close());

  const cache = createCacheStore(config.cache.url, { log: warn });
  stack.defer(() => cache.close());
  const onArrival = indexes.prepare.bind(indexes);
  const lists = createLists({ config, panels, store: cache.store, clock, log: warn, onArrival });
  stack.defer(() => lists.idle());

  const store = overrides.store ?? (await openLedgerStore({ url: config.store }));
  stack.defer(() => store.close());
  const facades = createFacades({ config, panels, lists, indexes, store, telemetry, clock, rounds: overrides.rounds });
  const { orders } = facades;
  stack.defer(() => orders.close());
  metrics.showWatchedOrders(() => orders.watchedCount);

  const server = createHttpServer({
    schema: getSchema(),
    config,
    panels: { count: panels.all.length, batchSize: smallestBatch(panels) },
    createContext: () => createRequestContext(facades, LOCAL_CALLER),
    log,
    isReady: () => isAnswering(store),
    metrics: metrics.registry,
    events: telemetry,
    graphiqlExamples: async () => createGraphiqlExamples(await findExampleIds(facades)),
  });
  stack.defer(() => server.close());
  // Runs before everything else when the gateway closes. The server waits for every mutation, and by then orders that
  // still wait for their turn would all have been sent.
  stack.defer(() => orders.stop());

  const running = stack.move();
  let url = '';
  return {
    get url() {
      return url;
    },
    facades,
    async listen() {
      await orders.start();
      ({ url } = await server.listen());
    },
    close: () => running.disposeAsync(),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

interface CreateListsOptions {
  readonly config: Config;
  readonly panels: Panels;
  readonly store: KeyValueStore;
  readonly clock: Clock | undefined;
  readonly log: CacheLog;
  readonly onArrival: (services: readonly Service[]) => void;
}

function createLists({ config, panels, store, clock, log, onArrival }: CreateListsOptions): ServiceLists {
  return new ServiceLists({
    sources: new Map(config.panels.map((panel) => [panel.id, listSource(panel, panels)])),
    store,
    ttlMs: config.cache.servicesTtlMs,
    staleForMs: config.cache.servicesStaleForMs,
    clock: clock ?? systemClock,
    steadyClock: clock ?? steadyClock,
    log,
    onArrival,
  });
}

interface CreateFacadesOptions {
  readonly config: Config;
  readonly panels: Panels;
  readonly lists: ServiceLists;
  readonly indexes: ListIndexes;
  readonly store: LedgerStore;
  readonly telemetry: Telemetry;
  readonly clock: Clock | undefined;
  readonly rounds: Rounds | undefined;
}

function createFacades(options: CreateFacadesOptions): Facades {
  const { config, panels, lists, indexes, store, telemetry, clock, rounds } = options;
  const exchange = config.currency;
  const currencyOf = async (panel: string): Promise<string> =>
    (await panels.find(panel)?.currency()) ?? UNKNOWN_CURRENCY;
  const catalogue = new Catalogue({ lists, indexes, exchange, currencyOf });
  const orders = new Orders({ panels, catalogue, store, telemetry, exchange, tracker: config.tracker, clock, rounds });
  const { idsPerList, rows, panelCalls, searchLength } = config.limits;
  return { orders, panels, catalogue, settings: { exchange, idsPerList, rows, panelCalls, searchLength } };
}

/** How many ids one call may hold, at the panel that takes the fewest. */
function smallestBatch({ all }: Panels): number {
  return Math.min(...all.map(({ provider }) => provider.batchSize));
}

/** The gateway is ready to serve while it can record what it buys. */
async function isAnswering(store: LedgerStore): Promise<boolean> {
  try {
    await store.ping();
    return true;
  } catch {
    return false;
  }
}

/** The source of one account's list. The API key enters the key of the cache only as a part of a digest. */
function listSource({ id, url, key }: PanelConfig, panels: Panels): ListSource {
  const cacheKey = createHash('sha256').update(`${id}\n${url}\n${key.reveal()}`).digest('base64url');
  return {
    cacheKey,
    fetchServices: (mayRepeat) => {
      const panel = panels.find(id);
      if (!panel) throw new Error(`No panel ${id}.`);
      return panel.provider.fetchServices(mayRepeat);
    },
  };
}
