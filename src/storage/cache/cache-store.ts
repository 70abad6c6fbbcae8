/** The key-value store behind the cache, chosen by URL: in memory or Redis. */
import KeyvRedis, { createClient } from '@keyv/redis';
import { Keyv } from 'keyv';
import { type Clock, systemClock } from '../../domain/clock.ts';
import { withinMs } from '../../domain/within-ms.ts';

/** Takes what went wrong with the cache: a sentence, and the error behind it. */
export type CacheLog = (message: string, cause: unknown) => void;

export interface CacheStore {
  readonly store: Keyv;
  /** Ends the connection; what is under way is given a second. Never throws. */
  close(): Promise<void>;
}

export interface CacheStoreOptions {
  /** Told of the store's errors, at most once a minute. */
  readonly log: CacheLog;
  readonly clock?: Clock;
}

const NAMESPACE = 'panelgraph';
const LOG_INTERVAL_MS = 60_000;
const CONNECT_TIMEOUT_MS = 2_000;
/** A command still unsent after this is taken back, so that an outage leaves no queue of old writes behind. */
const COMMAND_TIMEOUT_MS = 2_000;
const COMMANDS_QUEUE_MAX = 1_000;
const RECONNECT_MAX_MS = 2_000;
const CLOSE_TIMEOUT_MS = 1_000;

/**
 * Opens the store that a URL names: `memory:`, or `redis://` and `rediss://`, whose connection is made in the
 * background and made again whenever it is lost. Errors are logged, never raised as events nobody hears.
 * The store's methods do throw: a cache that fails must not look like one that is empty.
 *
 * @throws Error for any other URL; it does not repeat the URL, which may hold a password
 */
export function createCacheStore(url: string, { log, clock = systemClock }: CacheStoreOptions): CacheStore {
  const logSparingly = sparingly(log, clock);
  if (url === 'memory:') return createMemoryStore(logSparingly);
  if (/^rediss?:\/\//i.test(url) && URL.canParse(url)) return createRedisStore(url, logSparingly);
  throw new Error('The cache is neither `memory:` nor a `redis://` address.');
}

/** The same log, heard once in an interval: a store that is away fails at each use. */
export function sparingly(log: CacheLog, clock: Clock, intervalMs = LOG_INTERVAL_MS): CacheLog {
  let quietUntil = Number.NEGATIVE_INFINITY;
  return (message, cause) => {
    if (clock.now() < quietUntil) return;
    quietUntil = clock.now() + intervalMs;
    log(message, cause);
  };
}

function createMemoryStore(log: CacheLog): CacheStore {
  const store = new Keyv({ ...PLAIN_JSON, namespace: NAMESPACE, throwOnErrors: true });
  store.on('error', (error: unknown) => log('The cache failed.', error));
  return { store, close: async () => {} };
}

function createRedisStore(url: string, log: CacheLog): CacheStore {
  const client = createClient({
    url,
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      reconnectStrategy: (attempts) => Math.min(50 * 2 ** attempts, RECONNECT_MAX_MS),
    },
    commandsQueueMaxLength: COMMANDS_QUEUE_MAX,
    commandOptions: { timeout: COMMAND_TIMEOUT_MS },
  });
  const adapter = new KeyvRedis(client, { namespace: NAMESPACE, throwOnErrors: true });
  // The adapter puts the namespace before each key; keyv's own prefix would put it there twice.
  const store = new Keyv(adapter, {
    ...PLAIN_JSON,
    namespace: NAMESPACE,
    useKeyPrefix: false,
    throwOnErrors: true,
  });
  store.on('error', (error: unknown) => log('Redis, the cache of service lists, failed.', error));
  // Left to the adapter, the first command would wait for the connection without an end. Its failures are events.
  client.connect().catch(() => {});
  return {
    store,
    close: async () => {
      if (client.isReady) await withinMs(CLOSE_TIMEOUT_MS, client.close()).catch(() => undefined);
      if (client.isOpen) client.destroy();
    },
  };
}

/**
 * keyv's own serializer gives a text that begins with a colon a second meaning, and is several times slower on long
 * lists. What is no JSON is as if absent: others may write there.
 */
const PLAIN_JSON = {
  serialize: (data: unknown): string => JSON.stringify(data),
  deserialize: (text: string) => {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  },
};
