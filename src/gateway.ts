/** The composition root: from a configuration to a running gateway. Closes in reverse order. */
import { createHash } from 'node:crypto';
import { LOCAL_CALLER } from './access/caller.ts';
import { type ListSource, ServiceLists } from './catalogue/service-lists.ts';
import type { Config, PanelConfig } from './config/config.ts';
import { systemClock } from './domain/clock.ts';
import { createOrderParts } from './order-parts.ts';
import { createRegistry, type Registry } from './providers/registry.ts';
import { steadyClock } from './providers/steady-clock.ts';
import { createRequestContext, type GatewayParts } from './schema/context.ts';
import { getSchema } from './schema/schema.ts';
import { findExampleIds } from './server/graphiql/example-ids.ts';
import { createGraphiqlExamples } from './server/graphiql/graphiql-examples.ts';
import { createHttpServer } from './server/http/http-server.ts';
import { createCacheStore } from './storage/cache/cache-store.ts';
import type { LedgerStore } from './storage/ledger/ledger-store.ts';
import { openLedgerStore } from './storage/open-ledger-store.ts';
import { createEvents } from './telemetry/events.ts';
import type { Logger } from './telemetry/log.ts';
import { createMetrics } from './telemetry/metrics.ts';

export interface Gateway extends AsyncDisposable {
  /** Where it listens, without a path; empty before `listen`. */
  readonly url: string;
  readonly registry: Registry;
  /** Starts to serve. @throws Error that names the port and the remedy where it cannot be had */
  listen(): Promise<void>;
  /** Finishes what was sent, then closes everything. May be called twice. */
  close(): Promise<void>;
}

export async function createGateway({ config, log }: { config: Config; log: Logger }): Promise<Gateway> {
  await using stack = new AsyncDisposableStack();
  const metrics = createMetrics();
  const events = createEvents({ log, metrics });
  const warn = (message: string, cause: unknown): void => log.warn({ err: cause }, message);
  const registry = createRegistry({ panels: config.panels, telemetry: events });
  stack.defer(() => registry.close());

  const cache = createCacheStore(config.cache.url, { log: warn });
  stack.defer(() => cache.close());
  const lists = new ServiceLists({
    sources: new Map(config.panels.map((panel) => [panel.id, listSource(panel, registry)])),
    store: cache.store,
    ttlMs: config.cache.servicesTtlMs,
    staleForMs: config.cache.servicesStaleForMs,
    clock: systemClock,
    steadyClock,
    log: warn,
  });
  stack.defer(() => lists.idle());

  const store = await openLedgerStore({ url: config.store });
  stack.defer(() => store.close());
  const orders = createOrderParts({ config, registry, store, telemetry: events, lists });
  stack.defer(() => orders.close());
  metrics.showWatchedOrders(() => orders.parts.events.size);
  const parts: GatewayParts = { ...orders.parts, registry, store, idsPerList: config.limits.idsPerList };

  const server = createHttpServer({
    schema: getSchema(),
    config,
    createContext: () => createRequestContext(parts, LOCAL_CALLER),
    log,
    isReady: () => isAnswering(store),
    metrics: metrics.registry,
    events,
    graphiqlExamples: async () => createGraphiqlExamples(await findExampleIds(parts)),
  });
  stack.defer(() => server.close());
  // First of all: the server waits for every mutation, and orders that wait for their turn would all be sent by then.
  stack.defer(() => orders.stop());

  const running = stack.move();
  let url = '';
  return {
    get url() {
      return url;
    },
    registry,
    async listen() {
      await orders.start();
      ({ url } = await server.listen());
    },
    close: () => running.disposeAsync(),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Ready to serve is who can record what it buys. */
async function isAnswering(store: LedgerStore): Promise<boolean> {
  try {
    await store.ping();
    return true;
  } catch {
    return false;
  }
}

/** The list of one account; the key takes part in the cache's key only as a digest. */
function listSource({ id, url, key }: PanelConfig, registry: Registry): ListSource {
  const cacheKey = createHash('sha256').update(`${id}\n${url}\n${key.reveal()}`).digest('base64url');
  return {
    cacheKey,
    fetchServices: () => {
      const provider = registry.find(id);
      if (!provider) throw new Error(`No provider of ${id}.`);
      return provider.fetchServices();
    },
  };
}
