/**
 * One connection that is kept open, for what lives as long as a session does: a lock, a LISTEN. When it is lost, a new
 * one is made and set up, with pauses between the attempts that grow to half a second.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { StoreUnavailableError } from '../../domain/errors.ts';
import { toConnectError } from '../database/store-errors.ts';

export interface PostgresSessionOptions {
  readonly config: pg.ClientConfig;
  /** Runs on each new connection before the session counts as up. If it throws, the connection is dropped. */
  readonly setUp: (client: pg.Client) => Promise<void>;
  readonly onUp?: () => void;
}

const FIRST_PAUSE_MS = 50;
/** Short, since other gateways take an owner for gone once its lock has been missing for two seconds. */
const LONGEST_PAUSE_MS = 500;
/** A connection can die without notice (a firewall, a cut cable), so it is tried at this interval. */
const HEARTBEAT_MS = 3_000;
const LONGEST_GOODBYE_MS = 2_000;
/** With these the server notices a dead peer within about ten seconds, and frees its locks. */
const KEEPALIVE = `select set_config('tcp_keepalives_idle', '5', false),
  set_config('tcp_keepalives_interval', '2', false), set_config('tcp_keepalives_count', '3', false)`;

export class PostgresSession {
  readonly #options: PostgresSessionOptions;
  readonly #closing = new AbortController();
  #client: pg.Client | null = null;
  #reconnecting: Promise<void> = Promise.resolve();
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(options: PostgresSessionOptions) {
    this.#options = options;
  }

  get isUp(): boolean {
    return this.#client !== null;
  }

  /** Connects for the first time. @throws StoreUnavailableError */
  async open(): Promise<void> {
    await this.#connect();
    this.#heartbeat = setInterval(() => void this.#check(), HEARTBEAT_MS).unref();
  }

  /** Closes the connection, which ends its lock or LISTEN. */
  async close(): Promise<void> {
    this.#closing.abort();
    clearInterval(this.#heartbeat);
    await this.#reconnecting;
    const client = this.#client;
    this.#drop(client);
    // A dead connection never confirms that it is closed.
    await Promise.race([client?.end().catch(() => undefined), sleep(LONGEST_GOODBYE_MS, undefined, { ref: false })]);
  }

  async #connect(): Promise<void> {
    const client = new pg.Client(this.#options.config);
    client.on('error', () => this.#lose(client));
    client.on('end', () => this.#lose(client));
    try {
      await client.connect();
      await client.query(KEEPALIVE);
      await this.#options.setUp(client);
    } catch (error) {
      void client.end().catch(() => undefined);
      throw toConnectError(error);
    }
    if (this.#closing.signal.aborted) {
      await client.end().catch(() => undefined);
      throw new StoreUnavailableError('The ledger is closed.');
    }
    this.#client = client;
    this.#options.onUp?.();
  }

  async #check(): Promise<void> {
    const client = this.#client;
    await client?.query('select 1').catch(() => this.#lose(client));
  }

  #lose(client: pg.Client): void {
    if (!this.#drop(client)) return;
    void client.end().catch(() => undefined);
    if (!this.#closing.signal.aborted) this.#reconnecting = this.#reconnect();
  }

  #drop(client: pg.Client | null): boolean {
    if (client === null || this.#client !== client) return false;
    this.#client = null;
    return true;
  }

  async #reconnect(): Promise<void> {
    const { signal } = this.#closing;
    for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      const isBack = await this.#connect().then(
        () => true,
        () => false,
      );
      if (isBack) return;
    }
  }
}
