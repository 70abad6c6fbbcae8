/** Connections to a ledger in PostgreSQL, with a limit of number and time; one that is lost is replaced. */
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
 * Settings that a connection needs whatever the server's defaults are: a confirmed commit is on disk (stricter settings
 * stay), and each statement sees everything that was committed before it.
 */
const SESSION = `select
  case when current_setting('synchronous_commit') = 'off' then set_config('synchronous_commit', 'on', false) end,
  set_config('default_transaction_isolation', 'read committed', false)`;
/** How much longer the gateway waits than the server, so that the server's own error arrives first. */
const ANSWER_MARGIN_MS = 2_000;

/** @throws StoreUnavailableError for a URL that cannot be read. It does not repeat the URL, which may hold a password */
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
    // The constructor reads the URL and does not connect.
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
    // The declared type has no promise, but pg-pool waits for one and drops a connection whose promise rejects.
    onConnect: async (client) => {
      await client.query(SESSION);
      if (options.mode === 'reader') await client.query('set default_transaction_read_only = on');
    },
  });
  // The pool drops an idle connection that breaks; without a listener its error would end the process.
  pool.on('error', () => undefined);
  return pool;
}

/** Kysely over a pool, with errors in the gateway's words. A connection that was lost or timed out is not used again. */
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
  // When the server stops, a connection in use raises an event besides the error of its query, which tells the caller.
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

/** pg gives a bigint as text. The ledger's are instants and counters, all below 2^53. */
function parserOf(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  return oid === INT8_OID ? Number : pg.types.getTypeParser(oid, format as 'text');
}
