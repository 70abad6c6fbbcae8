/** A network between a gateway and its database that can swallow everything without closing a connection. */
import { connect, createServer, type Socket } from 'node:net';

export interface Line extends AsyncDisposable {
  /** The database's URL through this line. */
  readonly url: string;
  /** Keeps every byte from now on, and answers new connections with nothing. */
  silence(): void;
  /** Ends what was silenced and carries what comes next. */
  speak(): void;
}

export async function openLine(databaseUrl: string): Promise<Line> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isSilent = false;
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes) => !isSilent && to.write(bytes));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  const endAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = new URL(databaseUrl);
  url.port = String(typeof address === 'object' && address ? address.port : 0);
  return {
    url: url.href,
    silence: () => {
      isSilent = true;
    },
    speak: () => {
      isSilent = false;
      endAll();
    },
    [Symbol.asyncDispose]: async () => {
      endAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
