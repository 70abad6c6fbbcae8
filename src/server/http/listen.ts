/** Starts to listen, or says in plain words why that is impossible. */
import type { AddressInfo, Server } from 'node:net';
import type { ServerConfig } from '../../config/shape/server-config.ts';

type Address = Pick<ServerConfig, 'host' | 'port'>;

/**
 * Binds a server to its address.
 *
 * @returns the port, and the URL without a path that a person on this machine opens.
 * @throws Error that names the address and the flag that changes it.
 */
export function listen(server: Server, { host, port }: Address): Promise<{ url: string; port: number }> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(explainListenError(error, { host, port }));
    server.once('error', fail);
    server.listen({ host: host.replace(/^\[(.*)\]$/, '$1'), port }, () => {
      server.off('error', fail);
      const address = server.address() as AddressInfo;
      resolve({ url: `http://${nameToOpen(address)}:${address.port}`, port: address.port });
    });
  });
}

function explainListenError(error: NodeJS.ErrnoException, { host, port }: Address): Error {
  const remedy = `choose another with --port (--port 0 takes a free one)`;
  switch (error.code) {
    case 'EADDRINUSE':
      return new Error(`Port ${port} on ${host} is in use: stop the program that has it, or ${remedy}.`, {
        cause: error,
      });
    case 'EACCES':
      return new Error(`Port ${port} on ${host} may not be used by this user: ${remedy}.`, { cause: error });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Error(`${host} is no address of this machine: choose another with --host.`, { cause: error });
    default:
      return error;
  }
}

/** An address as a browser takes it. A server on all addresses is reached as localhost. */
function nameToOpen({ address, family }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return 'localhost';
  return family === 'IPv6' ? `[${address}]` : address;
}
