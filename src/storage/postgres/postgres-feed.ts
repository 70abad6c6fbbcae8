/** Hints of changes between gateways, by LISTEN and NOTIFY. */
import { sql } from 'kysely';
import type pg from 'pg';
import type { LedgerDatabase } from '../database/tables.ts';
import { type ChangeTopic, createListeners, type OpenChangeFeed } from '../ledger/change-feed.ts';
import { PostgresSession } from './postgres-session.ts';

export interface PostgresFeedOptions {
  readonly config: pg.ClientConfig;
  /** Stands for this gateway in what it sends: its own notifications come back to it and are passed over. */
  readonly origin: string;
}

const CHANNEL = 'panelgraph_changes';
const TOPICS: readonly ChangeTopic[] = ['orders', 'placements'];

export async function openPostgresFeed(db: LedgerDatabase, options: PostgresFeedOptions): Promise<OpenChangeFeed> {
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
    // Notifications that came while there was no connection are lost.
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

/** Sends one notification of a topic at a time; any number of hints that come meanwhile become one more. */
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

function isTopic(text: string | undefined): text is ChangeTopic {
  return TOPICS.some((topic) => topic === text);
}
