/** Closes a server without losing an answer, and without cutting a mutation. */
import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import type { Logger } from 'pino';
import { withinMs } from '../../../domain/time/within-ms.ts';
import type { Connections } from './connections.ts';
import type { RequestsUnderWay } from './requests-under-way.ts';

export interface ShutDownOptions {
  readonly server: Server;
  readonly connections: Connections;
  readonly underWay: RequestsUnderWay;
  readonly log: Logger;
  /** How long requests may take to finish. Mutations may take longer. */
  readonly timeoutMs: number;
  /** Called when the time is over: from then on no mutation may begin. */
  readonly onCutting: () => void;
}

/** How long the answers of mutations that took longer than `timeoutMs` may take to reach their clients. */
const LAST_ANSWERS_MS = 2000;

/** Stops listening and closes every connection; resolves when the last one is closed. */
export async function shutDown(options: ShutDownOptions): Promise<void> {
  const { server, connections, underWay, log, timeoutMs, onCutting } = options;
  // NetServer's `close` only stops listening; http.Server's would close connections as well (see Connections).
  const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
  connections.closeWhenIdle();
  const finished = Promise.all([closed, underWay.none()]);
  const isFinished = await withinMs(
    timeoutMs,
    finished.then(() => true),
  );
  if (!isFinished) {
    onCutting();
    log.warn('Shutdown: requests are still under way; waiting for mutations only.');
    await underWay.none({ spendingOnly: true });
    await withinMs(LAST_ANSWERS_MS, finished);
    connections.destroy();
    await closed;
  }
  // Clears the timer by which http.Server checks connections; nothing is left to close.
  server.close();
}
