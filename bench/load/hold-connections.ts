/**
 * Opens connections and holds them: each has asked one thing and been answered, and is kept open.
 *
 * Takes a job as JSON on the first line of stdin, says `held` on stdout, and ends when stdin closes.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import type { HoldJob } from '../load.ts';

const lines = createInterface({ input: process.stdin });
const [line] = await once(lines, 'line');
const job = JSON.parse(line) as HoldJob;
const { hostname, port } = new URL(job.origin);

/** Opened a few at a time: a thousand at once would measure the queue of the socket that listens. */
const AT_ONCE = 20;

for (let at = 0; at < job.requests.length; at += AT_ONCE) {
  await Promise.all(job.requests.slice(at, at + AT_ONCE).map(hold));
}
console.log('held');
await once(lines, 'close');
process.exit(0);

function hold({ path, body = '' }: HoldJob['requests'][number]): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect({ host: hostname, port: Number(port) }, () => {
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/json\r\nAccept: ${job.accept}\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  });
  let answer = '';
  socket.on('data', (chunk) => {
    if (answer.includes(job.expect)) return;
    answer += chunk;
    if (answer.includes(job.expect)) resolve();
  });
  socket.on('error', reject);
  socket.on('close', () => reject(new Error(`A connection was closed after: ${answer.slice(0, 600)}`)));
  return promise;
}
