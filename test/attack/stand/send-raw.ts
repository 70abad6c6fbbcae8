/** Bytes that no HTTP client would send, and connections that are not read. */
import { connect, type Socket } from 'node:net';
import { type Answer, AnswerReader } from './send.ts';

/** Sends the text as it stands, and reads until the gateway closes the connection: say `Connection: close`. */
export function sendRaw(url: string, text: string, patienceMs: number): Promise<Answer> {
  return new Promise((resolve) => {
    const reader = new AnswerReader();
    const socket = open(url);
    let head = '';
    socket.on('data', (chunk) => {
      if (head.length < 20) head += chunk.toString('latin1', 0, 20);
      reader.read(chunk);
    });
    const finish = (why?: string): void => {
      clearTimeout(timer);
      socket.destroy();
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
      resolve(status === 0 ? reader.failure(why ?? 'closed without an answer') : reader.answer(status));
    };
    const timer = setTimeout(() => finish(`no answer within ${patienceMs} ms`), patienceMs);
    socket.once('close', () => finish());
    socket.write(text);
  });
}

/** Connections that have each sent `text` and read nothing, until they are closed. */
export class UnreadConnections implements Disposable {
  readonly #sockets: readonly Socket[];

  constructor(url: string, count: number, text: string) {
    this.#sockets = Array.from({ length: count }, () => {
      const socket = open(url);
      socket.pause();
      socket.write(text);
      return socket;
    });
  }

  [Symbol.dispose](): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** A POST as text. */
export function postText(body: string, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({
    Host: 'localhost',
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /graphql HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

function open(url: string): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  // The gateway may close it at any moment.
  socket.on('error', () => undefined);
  return socket;
}
