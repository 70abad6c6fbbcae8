/**
 * The connections of a server, and which of them are idle.
 *
 * `close` and `closeIdleConnections` of http.Server (Node 24) also destroy a connection whose answer has been written
 * but not yet read by a slow client, so that the client loses the answer.
 */
import type { Server, Socket } from 'node:net';

export class Connections {
  /** How many requests are being served on each connection: with pipelining more than one. */
  readonly #requests = new Map<Socket, number>();
  #isClosing = false;

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      this.#requests.set(socket, 0);
      socket.once('close', () => this.#requests.delete(socket));
    });
  }

  begin(socket: Socket): void {
    this.#count(socket, 1);
  }

  end(socket: Socket): void {
    this.#count(socket, -1);
    if (this.#isClosing && this.#requests.get(socket) === 0) socket.destroySoon();
  }

  /** Closes the idle connections now, and every other one when its last answer is out. */
  closeWhenIdle(): void {
    this.#isClosing = true;
    for (const [socket, requests] of this.#requests) if (requests === 0) socket.destroy();
  }

  destroy(): void {
    for (const socket of this.#requests.keys()) socket.destroy();
  }

  #count(socket: Socket, change: number): void {
    const requests = this.#requests.get(socket);
    // A request may end after its connection has closed.
    if (requests !== undefined) this.#requests.set(socket, requests + change);
  }
}
