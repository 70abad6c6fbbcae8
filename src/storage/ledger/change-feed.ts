/** Hints of changes: within the process on SQLite, by LISTEN and NOTIFY between gateways on PostgreSQL. */
import { sql } from 'kysely';
import type pg from 'pg';
import type { LedgerDatabase } from '../database/tables.ts';
import { PostgresSession } from '../postgres/postgres-session.ts';
import type { ChangeFeed, ChangeTopic } from './ledger-store.ts';

export interface OpenChangeFeed extends ChangeFeed {
  close(): Promise<void>;
}

const CHANNEL = 'panelgraph_changes';
const TOPICS: readonly ChangeTopic[] = ['orders', 'placements'];

export function createLocalFeed(): OpenChangeFeed {
  const listeners = createListeners();
  return {
    notify: listeners.tell,
    subscribe: listeners.add,
    close: async () => listeners.clear(),
  };
}

export async function openPostgresFeed(
  db: LedgerDatabase,
  options: { readonly config: pg.ClientConfig; readonly origin: string },
): Promise<OpenChangeFeed> {
  const { config, origin } = options;
  const listeners = createListeners();
  let wasUp = false;
  const session = new PostgresSession({
    config,
    setUp: async (client) => {
      client.on('notification', ({ payload = '' }) => {
        const [topic, from] = payload.split(' ');
        if (from !== origin && isTopic(topic)) listeners.tell(topic);
      });
      await client.query(`listen ${CHANNEL}`);
    },
    // What was notified while the connection was away is lost.
    onUp: () => {
      if (wasUp) TOPICS.forEach(listeners.tell);
      wasUp = true;
    },
  });
  await session.open();
  const send = createSender(async (topic) => {
    await sql`select pg_notify(${CHANNEL}, ${`${topic} ${origin}`})`.execute(db);
  });
  return {
    notify: (topic) => {
      listeners.tell(topic);
      send(topic);
    },
    subscribe: listeners.add,
    close: async () => {
      listeners.clear();
      await session.close();
    },
  };
}

/** One notification of a topic under way at a time; what comes meanwhile is one more. */
function createSender(send: (topic: ChangeTopic) => Promise<void>): (topic: ChangeTopic) => void {
  const underWay = new Map<ChangeTopic, { again: boolean }>();
  const start = (topic: ChangeTopic): void => {
    const running = underWay.get(topic);
    if (running) {
      running.again = true;
      return;
    }
    const state = { again: false };
    underWay.set(topic, state);
    void send(topic)
      .catch(() => undefined)
      .then(() => {
        underWay.delete(topic);
        if (state.again) start(topic);
      });
  };
  return start;
}

interface Listeners {
  add(callback: (topic: ChangeTopic) => void): () => void;
  tell(topic: ChangeTopic): void;
  clear(): void;
}

/** Calls back in a turn of its own, so that a listener never runs in the middle of who notifies. */
function createListeners(): Listeners {
  const callbacks = new Set<(topic: ChangeTopic) => void>();
  return {
    add: (callback) => {
      // A wrapper of its own, so that one function may subscribe twice.
      const entry = (topic: ChangeTopic): void => callback(topic);
      callbacks.add(entry);
      return () => void callbacks.delete(entry);
    },
    tell: (topic) => {
      setImmediate(() => {
        for (const callback of callbacks) callback(topic);
      });
    },
    clear: () => callbacks.clear(),
  };
}

function isTopic(text: string | undefined): text is ChangeTopic {
  return TOPICS.some((topic) => topic === text);
}
