/** Connections to a ledger in PostgreSQL: bounded in number and in time, made again by themselves when one is lost. */
import { type Dialect, PostgresDialect, type PostgresPoolClient, type PostgresQueryResult } from 'kysely';
import pg from 'pg';
import { StoreUnavailableError } from '../../domain/errors.ts';
import { isLostConnection, toConnectError, toStoreError } from '../database/store-errors.ts';

export interface PostgresOptions {
  readonly url: string;
  readonly mode: 'gateway' | 'reader';
  readonly connectTimeoutMs: number;
  /** 0: no limit. */
  readonly statementTimeoutMs: number;
  readonly poolSize: number;
}

const INT8_OID = 20;
/**
 * What a connection must have whatever the server's defaults are: a commit that is answered is on disk (stricter
 * settings stay), and each statement sees what was committed before it.
 */
const SESSION = `select
  case when current_setting('synchronous_commit') = 'off' then set_config('synchronous_commit', 'on', false) end,
  set_config('default_transaction_isolation', 'read committed', false)`;
/** How much longer than the server this side waits, so that the server's own answer comes first. */
const ANSWER_MARGIN_MS = 2_000;

/** @throws StoreUnavailableError for a URL that cannot be read; without the URL, which may hold a password */
export function createClientConfig(options: PostgresOptions): pg.ClientConfig {
  const timeout = options.statementTimeoutMs;
  const config: pg.ClientConfig = {
    connectionString: options.url,
    application_name: 'panelgraph',
    connectionTimeoutMillis: options.connectTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser: parserOf },
    ...(timeout > 0 && {
      statement_timeout: timeout,
      idle_in_transaction_session_timeout: timeout,
      query_timeout: timeout + ANSWER_MARGIN_MS,
    }),
  };
  try {
    // Reads the URL and connects to nothing.
    new pg.Client(config);
    return config;
  } catch {
    throw new StoreUnavailableError("The URL of the ledger's database cannot be read.");
  }
}

export function createPostgresPool(options: PostgresOptions): pg.Pool {
  const pool = new pg.Pool({
    ...createClientConfig(options),
    max: options.poolSize,
    idleTimeoutMillis: 30_000,
    // The declared type knows no promise; pg-pool waits for one and gives up a connection that fails here.
    onConnect: async (client) => {
      await client.query(SESSION);
      if (options.mode === 'reader') await client.query('set default_transaction_read_only = on');
    },
  });
  // An idle connection that breaks is dropped by the pool; without a listener its error would end the process.
  pool.on('error', () => undefined);
  return pool;
}

/** Kysely over a pool, with errors in the gateway's words; a connection that was lost or timed out is not used again. */
export function createPostgresDialect(pool: pg.Pool): Dialect {
  return new PostgresDialect({
    pool: { options: pool.options, connect: () => connect(pool), end: () => pool.end() },
  });
}

async function connect(pool: pg.Pool): Promise<PostgresPoolClient> {
  const client = await pool.connect().catch((error: unknown) => {
    throw toConnectError(error);
  });
  let isLost = false;
  // An error while it is lent out (the server stops) also comes as an event; the query's own error says it.
  const onError = (): void => {
    isLost = true;
  };
  client.on('error', onError);
  const query = async <R>(sql: unknown, parameters?: readonly unknown[]): Promise<PostgresQueryResult<R>> => {
    try {
      return (await client.query(sql as string, parameters as unknown[])) as unknown as PostgresQueryResult<R>;
    } catch (error) {
      if (isLostConnection(error)) isLost = true;
      throw toStoreError(error);
    }
  };
  return {
    query: query as PostgresPoolClient['query'],
    release: (destroy) => {
      client.removeListener('error', onError);
      client.release(destroy === true || isLost);
    },
  };
}

/** bigint comes as text; the ledger's are instants and counters below 2^53. */
function parserOf(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  return oid === INT8_OID ? Number : pg.types.getTypeParser(oid, format as 'text');
}
