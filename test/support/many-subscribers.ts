/** Subscribes to one order for each argument, in a process of its own, so that the gateway's memory is its own too. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const [url, ...ids] = process.argv.slice(2);
const { hostname, port, pathname } = new URL(url ?? '');

async function subscribe(id: string): Promise<Socket> {
  const query = 'subscription ($id: ID!) { orderUpdated(ids: [$id]) { number status remains } }';
  const body = JSON.stringify({ query, variables: { id } });
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(
    [
      `POST ${pathname} HTTP/1.1`,
      `Host: ${hostname}`,
      'Accept: text/event-stream',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
  let text = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += chunk;
    if (text.includes('"orderUpdated":{')) break;
    if (text.includes('"errors"')) throw new Error(text);
  }
  socket.resume();
  socket.on('error', () => {});
  return socket;
}

const sockets: Socket[] = [];
for (let start = 0; start < ids.length; start += 100) {
  sockets.push(...(await Promise.all(ids.slice(start, start + 100).map(subscribe))));
}
process.send?.('all have their first state');
process.once('message', () => {
  for (const socket of sockets) socket.destroy();
  process.disconnect();
});
