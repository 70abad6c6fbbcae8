/**
 * The connections of a server, and which of them are idle.
 *
 * Kept here because the ways of http.Server lose answers: its `close` and `closeIdleConnections` also destroy a
 * connection whose answer is handed over but not yet read by a slow client (Node 24).
 */
import type { Server, Socket } from 'node:net';

export class Connections {
  /** How many requests of each are being served: with pipelining more than one. */
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

  /** Closes those that are idle now, and each other one when its last answer is out. */
  closeWhenIdle(): void {
    this.#isClosing = true;
    for (const [socket, requests] of this.#requests) if (requests === 0) socket.destroy();
  }

  destroy(): void {
    for (const socket of this.#requests.keys()) socket.destroy();
  }

  #count(socket: Socket, change: number): void {
    const requests = this.#requests.get(socket);
    // A connection that has gone is counted no more.
    if (requests !== undefined) this.#requests.set(socket, requests + change);
  }
}
