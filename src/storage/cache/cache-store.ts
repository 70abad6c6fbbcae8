/** The key-value store behind the cache: in memory or in Redis, by its URL. */
import KeyvRedis, { createClient } from '@keyv/redis';
import { Keyv } from 'keyv';
import { type Clock, systemClock } from '../../domain/time/clock.ts';
import { withinMs } from '../../domain/time/within-ms.ts';

/** Is told what went wrong with the cache: a sentence, and the error behind it. */
export type CacheLog = (message: string, cause: unknown) => void;

export interface CacheStore {
  readonly store: Keyv;
  /** Closes the connection; commands under way have one second to finish. Never throws. */
  close(): Promise<void>;
}

export interface CacheStoreOptions {
  /** Is told of the store's errors, at most once a minute. */
  readonly log: CacheLog;
  readonly clock?: Clock;
}

const NAMESPACE = 'panelgraph';
const LOG_INTERVAL_MS = 60_000;
const CONNECT_TIMEOUT_MS = 2_000;
/** A command that is still unsent after this fails, so that an outage leaves no queue of old writes behind. */
const COMMAND_TIMEOUT_MS = 2_000;
const COMMANDS_QUEUE_MAX = 1_000;
const RECONNECT_MAX_MS = 2_000;
const CLOSE_TIMEOUT_MS = 1_000;

/**
 * Opens the store that a URL names: `memory:`, `redis://` or `rediss://`. A connection to Redis is made in the
 * background, and made again whenever it is lost. Errors of the connection are logged, and no error event ends the
 * process. The store's methods throw: a cache that fails must not look like one that is empty.
 *
 * @throws Error for any other URL. It does not repeat the URL, which may hold a password
 */
export function createCacheStore(url: string, { log, clock = systemClock }: CacheStoreOptions): CacheStore {
  const logSparingly = sparingly(log, clock);
  if (url === 'memory:') return createMemoryStore(logSparingly);
  if (/^rediss?:\/\//i.test(url) && URL.canParse(url)) return createRedisStore(url, logSparingly);
  throw new Error('The URL of the cache must be `memory:` or begin with `redis://` or `rediss://`.');
}

/** A log that passes on one message in an interval: a store that is away fails at each use. */
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
  // The adapter puts the namespace before each key; with keyv's own prefix it would stand there twice.
  const store = new Keyv(adapter, {
    ...PLAIN_JSON,
    namespace: NAMESPACE,
    useKeyPrefix: false,
    throwOnErrors: true,
  });
  store.on('error', (error: unknown) => log('Redis, the cache of service lists, failed.', error));
  // If the adapter connected, the first command would wait for the connection for ever. A failure comes as an event.
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
 * Used in place of keyv's own serializer, which changes texts that begin with a colon and is several times slower on
 * long lists. A value that is not JSON counts as absent, since other programs may write to the same Redis.
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
